package io.laurel.journal;

import io.laurel.engine.port.JournalCorruptException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * The file {@code epochs}: what is known of the log beside its segments. Lines of text between a
 * heading and a CRC32C of all lines before it: {@code epoch} for each finished epoch
 * ({@link EpochEnd}), {@code segment NUMBER LENGTH} for each segment that has begun, and
 * {@code start} where older segments were pruned ({@link LogStart}). The length
 * is what the file must have at least: of a segment in use all the zeros written ahead, later up
 * to where its last block ends. It is replaced whole, never changed in place.
 *
 * @param start where older segments were pruned, else null
 * @param epochs the finished ones in order
 * @param lengths of segments by number, in bytes
 */
record EpochsFile(LogStart start, List<EpochEnd> epochs, SortedMap<Long, Long> lengths) {
    /** Its name. */
    static final String NAME = "epochs";
    private static final String HEADING = "laurel epochs ";
    private static final int VERSION = 1;
    private static final String CRC_KEY = "crc32c ";
    private static final String START = "start ";
    private static final String EPOCH = "epoch ";
    private static final String SEGMENT = "segment ";

    /** Copies; of what was pruned nothing must be there. */
    EpochsFile {
        epochs = List.copyOf(epochs);
        lengths = new TreeMap<>(start == null ? lengths : lengths.tailMap(start.segment()));
    }

    /**
     * Reads the file; empty where there is none.
     *
     * @throws JournalCorruptException where it is damaged
     * @throws NewerDataException where a newer program wrote it
     */
    static EpochsFile read(Path directory) throws IOException {
        Path file = directory.resolve(NAME);
        if (!Files.exists(file)) {
            return new EpochsFile(null, List.of(), new TreeMap<>());
        }
        String text = new String(DurableFiles.read(file), StandardCharsets.ISO_8859_1);
        int crcAt = text.lastIndexOf(CRC_KEY);
        if (crcAt < 0 || !text.substring(crcAt).equals(crcLine(text.substring(0, crcAt)))) {
            throw damaged(file, null);
        }
        try {
            List<String> lines = text.substring(0, crcAt).lines().toList();
            checkVersion(file, lines.get(0));
            return parse(lines);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw damaged(file, e);
        }
    }

    private static void checkVersion(Path file, String heading) throws NewerDataException {
        if (!heading.startsWith(HEADING)) {
            throw new IllegalArgumentException("no heading");
        }
        int version = Integer.parseInt(heading.substring(HEADING.length()));
        if (version > VERSION) {
            throw new NewerDataException(file + " has version " + version
                + ", this program knows " + VERSION);
        }
    }

    private static EpochsFile parse(List<String> lines) {
        LogStart start = null;
        List<EpochEnd> epochs = new ArrayList<>();
        TreeMap<Long, Long> lengths = new TreeMap<>();
        for (String line : lines.subList(1, lines.size())) {
            if (line.startsWith(START)) {
                start = LogStart.parse(line.substring(START.length()));
            } else if (line.startsWith(EPOCH)) {
                EpochEnd end = EpochEnd.parse(line.substring(EPOCH.length()));
                if (!follows(epochs, end)) {
                    throw new IllegalArgumentException("epochs are not in order");
                }
                epochs.add(end);
            } else if (line.startsWith(SEGMENT)) {
                String[] field = line.substring(SEGMENT.length()).split(" ");
                lengths.put(Long.parseLong(field[0]), Long.parseLong(field[1]));
            } else {
                throw new IllegalArgumentException("unknown line");
            }
        }
        return new EpochsFile(start, epochs, lengths);
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
    void write(Path directory) throws IOException {
        StringBuilder text = new StringBuilder(HEADING).append(VERSION).append('\n');
        if (start != null) {
            text.append(START).append(start.toLine()).append('\n');
        }
        for (EpochEnd end : epochs) {
            text.append(EPOCH).append(end.toLine()).append('\n');
        }
        lengths.forEach((segment, length) -> text.append(SEGMENT).append(segment).append(' ')
            .append(length).append('\n'));
        text.append(crcLine(text.toString()));
        DurableFiles.replace(directory.resolve(NAME),
            text.toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Returns this and the end of one more epoch, whose segments must be there up to it. */
    EpochsFile with(EpochEnd end) {
        List<EpochEnd> more = new ArrayList<>(epochs);
        more.add(end);
        SortedMap<Long, Long> known = new TreeMap<>(lengths);
        known.put(end.endSegment(), end.endOffset());
        for (long segment = end.endSegment() + 1; segment <= end.lastSegment(); segment++) {
            known.put(segment, 0L);
        }
        return new EpochsFile(start, more, known);
    }

    /** Returns this with other lengths. */
    EpochsFile with(SortedMap<Long, Long> others) {
        return new EpochsFile(start, epochs, others);
    }

    /** Returns this without what lies before a segment. */
    EpochsFile from(LogStart kept) {
        return new EpochsFile(kept, epochs, lengths);
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
