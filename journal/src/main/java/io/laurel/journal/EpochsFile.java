package io.laurel.journal;

import io.laurel.engine.port.JournalCorruptException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The file {@code epochs}: one line of text for each finished epoch, in order, between a heading
 * and a CRC32C of all lines before it. It is replaced whole, never changed in place.
 */
final class EpochsFile {
    private static final String NAME = "epochs";
    private static final String HEADING = "laurel epochs 1";
    private static final String CRC_KEY = "crc32c ";

    private EpochsFile() {
    }

    /**
     * Reads the finished epochs; none where there is no such file.
     *
     * @throws JournalCorruptException where it is damaged
     */
    static List<EpochEnd> read(Path directory) throws IOException {
        Path file = directory.resolve(NAME);
        if (!Files.exists(file)) {
            return List.of();
        }
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        int crcAt = text.lastIndexOf(CRC_KEY);
        if (crcAt < 0 || !text.startsWith(HEADING + "\n")
            || !text.substring(crcAt).equals(crcLine(text.substring(0, crcAt)))) {
            throw damaged(file, null);
        }
        List<EpochEnd> epochs = new ArrayList<>();
        try {
            text.substring(0, crcAt).lines().skip(1).forEach(line -> {
                EpochEnd end = EpochEnd.parse(line);
                if (!follows(epochs, end)) {
                    throw new IllegalArgumentException("epochs are not in order");
                }
                epochs.add(end);
            });
        } catch (IllegalArgumentException e) {
            throw damaged(file, e);
        }
        return List.copyOf(epochs);
    }

    private static boolean follows(List<EpochEnd> epochs, EpochEnd end) {
        if (epochs.isEmpty()) {
            return end.epoch() == 1 && end.firstSegment() == Segments.FIRST;
        }
        EpochEnd last = epochs.get(epochs.size() - 1);
        return end.epoch() == last.epoch() + 1 && end.firstSegment() == last.lastSegment() + 1
            && end.lastSequence() >= last.lastSequence();
    }

    /** Replaces the file; durable when this returns. */
    static void write(Path directory, List<EpochEnd> epochs) throws IOException {
        StringBuilder text = new StringBuilder(HEADING).append('\n');
        for (EpochEnd end : epochs) {
            text.append(end.toLine()).append('\n');
        }
        text.append(crcLine(text.toString()));
        DurableFiles.replace(directory.resolve(NAME),
            text.toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String crcLine(String text) {
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.ISO_8859_1));
        return CRC_KEY + String.format("%08x", crc.getValue()) + "\n";
    }

    private static JournalCorruptException damaged(Path file, Exception cause) {
        JournalCorruptException damaged = new JournalCorruptException(
            "the list of epochs is damaged", file.toString(), 0, 0);
        damaged.initCause(cause);
        return damaged;
    }
}
