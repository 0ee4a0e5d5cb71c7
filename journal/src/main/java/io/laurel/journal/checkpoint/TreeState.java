package io.laurel.journal.checkpoint;

import io.laurel.journal.DurableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Where the trees stood at a block, so that a start need not read the whole log. The file is
 * worth nothing to anybody else and may be deleted where the log is whole; where older segments
 * were pruned nothing else can go on with the trees. One that cannot be read counts as none.
 *
 * <pre>
 * laurel trees 1
 * at SEQUENCE TIME BLOCK JOURNAL       as in a checkpoint
 * blocks SIZE PEAK...
 * facts SIZE PEAK...
 * settled SEQUENCE CONTEST             the last contest among the facts; 0 where there is none
 * crc32c HEX
 * </pre>
 *
 * @param sequence of the last record
 * @param timeNs its log time
 * @param block hash of the last block
 * @param journal hash of the first block
 * @param blocks tree over blocks
 * @param facts tree over facts
 * @param settledSequence command that settled the last contest among the facts
 * @param settled that contest, empty = none
 */
record TreeState(long sequence, long timeNs, String block, String journal, MerkleTree blocks,
    MerkleTree facts, long settledSequence, String settled) {
    /** Before the first block. */
    static final TreeState EMPTY =
        new TreeState(0, 0, "", "", new MerkleTree(), new MerkleTree(), 0, "");

    private static final String HEADING = "laurel trees 1";
    private static final int LINES = 6;

    /** Reads the file; the empty state where there is none, or none that can be read. */
    static TreeState read(Path file) throws IOException {
        try {
            String text = new String(DurableFiles.read(file), StandardCharsets.ISO_8859_1);
            return parse(text);
        } catch (NoSuchFileException | IllegalArgumentException e) {
            return EMPTY;
        }
    }

    private static TreeState parse(String text) {
        List<String> lines = text.lines().toList();
        int end = text.lastIndexOf("crc32c ");
        if (lines.size() != LINES || !lines.get(0).equals(HEADING) || end < 0
            || !text.substring(end).equals(crcLine(text.substring(0, end)))) {
            throw new IllegalArgumentException("no state of trees");
        }
        String[] at = lines.get(1).split(" ");
        String[] settled = lines.get(4).split(" ", -1);
        return new TreeState(Long.parseLong(at[1]), Long.parseLong(at[2]), at[3], at[4],
            tree(lines.get(2)), tree(lines.get(3)), Long.parseLong(settled[1]), settled[2]);
    }

    private static MerkleTree tree(String line) {
        String[] parts = line.split(" ");
        return new MerkleTree(Long.parseLong(parts[1]),
            Arrays.stream(parts).skip(2).map(Checkpoint::bytes).toList());
    }

    private static String line(String name, MerkleTree tree) {
        StringBuilder line = new StringBuilder(name).append(' ').append(tree.size());
        tree.peaks().forEach(peak -> line.append(' ').append(Checkpoint.text(peak)));
        return line.append('\n').toString();
    }

    /** Replaces the file. */
    void write(Path file) throws IOException {
        String text = HEADING + "\nat " + sequence + " " + timeNs + " " + block + " " + journal
            + "\n" + line("blocks", blocks) + line("facts", facts) + "settled " + settledSequence
            + " " + settled + "\n";
        DurableFiles.replace(file,
            (text + crcLine(text)).getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String crcLine(String text) {
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.ISO_8859_1));
        return String.format("crc32c %08x\n", crc.getValue());
    }
}
