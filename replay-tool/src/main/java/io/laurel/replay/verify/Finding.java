package io.laurel.replay.verify;

import io.laurel.engine.port.JournalCorruptException;
import io.laurel.gateway.json.JsonWriter;
import io.laurel.journal.JournalFault;
import java.nio.file.Path;

/**
 * One thing that a verification found wrong.
 *
 * @param kind journal, replay, snapshot or checkpoint
 * @param file name of the file; empty = none in particular
 * @param offset in the file, bytes; -1 = the whole
 * @param sequence last good sequence before it, or the one that it is about
 * @param message what is wrong
 */
record Finding(String kind, String file, long offset, long sequence, String message) {
    static Finding of(JournalCorruptException e) {
        return new Finding("journal", e.file(), e.position(), e.sequence(), e.reason());
    }

    static Finding of(JournalFault fault) {
        return new Finding("journal", fault.file(), fault.offset(), fault.sequence(),
            fault.message());
    }

    static Finding ofSnapshot(Path file, long sequence, String message) {
        return new Finding("snapshot", file.toString(), -1, sequence, message);
    }

    /** Returns whether two speak of one place of one file. */
    boolean isAtPlaceOf(Finding other) {
        return offset >= 0 && offset == other.offset && !file.isEmpty()
            && Path.of(file).getFileName().equals(Path.of(other.file).getFileName());
    }

    String text() {
        final String place = file.isEmpty() ? ""
            : " " + file + (offset < 0 ? "" : " offset " + offset);
        final String at = kind.equals("journal") ? " after sequence " : " sequence ";
        return "FINDING " + kind + place + at + sequence + ": " + message;
    }

    void json(JsonWriter to) {
        to.object().field("kind", kind).fieldIfAny("file", file);
        if (offset >= 0) {
            to.field("offset", offset);
        }
        to.field("sequence", sequence).field("message", message).endObject();
    }
}
