package io.laurel.replay;

import io.laurel.engine.port.LogRecord;
import io.laurel.journal.Envelope;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/** A segment as bytes, to be tampered with: knows where each block begins and ends. */
public final class BlockFile {
    private static final int EXCERPT_BYTES = 4;

    /**
     * One block with the header of its excerpt.
     *
     * @param start first byte of the excerpt
     * @param end behind its last byte
     */
    public record Block(int start, int end, long firstSequence, long lastSequence) {
        int envelope() {
            return start + EXCERPT_BYTES;
        }
    }

    private final Path file;
    private final ByteBuffer bytes;
    private final List<Block> blocks = new ArrayList<>();

    private BlockFile(Path file) throws IOException {
        this.file = file;
        bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        while (at + Envelope.HEADER_BYTES <= bytes.capacity()) {
            if (bytes.getLong(at) == Envelope.MAGIC) {
                final int end = at + Envelope.HEADER_BYTES
                    + bytes.getInt(at + Envelope.RECORD_BYTES_OFFSET);
                blocks.add(new Block(at - EXCERPT_BYTES, end,
                    bytes.getLong(at + Envelope.FIRST_SEQUENCE_OFFSET),
                    bytes.getLong(at + Envelope.LAST_SEQUENCE_OFFSET)));
                at = end;
            } else {
                at += EXCERPT_BYTES;
            }
        }
    }

    /** Reads a segment of a data directory; 1 is the first. */
    public static BlockFile of(Path data, int segment) throws IOException {
        return new BlockFile(file(data, segment));
    }

    /** Returns where a segment lies. */
    public static Path file(Path data, int segment) {
        return data.resolve("journal").resolve(String.format("19700101-%02dF.cq4", segment));
    }

    /** Returns where this one lies. */
    public Path file() {
        return file;
    }

    /** Returns the blocks as they were read. */
    public List<Block> blocks() {
        return blocks;
    }

    /** Flips one bit of a block, counted from its envelope. */
    public void flip(int index, int offset) throws IOException {
        final int at = blocks.get(index).envelope() + offset;
        bytes.put(at, (byte) (bytes.get(at) ^ 1));
        Files.write(file, bytes.array());
    }

    /** Overwrites a block, its excerpt header included. */
    public void zero(int index) throws IOException {
        erase(blocks.get(index).start(), blocks.get(index).end());
    }

    /** Overwrites a range of bytes. */
    public void erase(int from, int to) throws IOException {
        for (int at = from; at < to; at++) {
            bytes.put(at, (byte) 0);
        }
        Files.write(file, bytes.array());
    }

    /** Changes the last byte of the last record of a block, and makes all checksums right. */
    public void forge(int index) throws IOException {
        final Block block = blocks.get(index);
        int record = block.envelope() + Envelope.HEADER_BYTES;
        int next = record;
        while (next < block.end()) {
            record = next;
            next += LogRecord.aligned(bytes.getInt(record));
        }
        final int end = record + bytes.getInt(record);
        bytes.put(end - 1, (byte) (bytes.get(end - 1) ^ 1));
        final CRC32C crc = new CRC32C();
        crc.update(bytes.array(), record + LogRecord.SEQUENCE_OFFSET,
            end - record - LogRecord.SEQUENCE_OFFSET);
        bytes.putInt(record + LogRecord.CRC_OFFSET, (int) crc.getValue());
        crc.reset();
        crc.update(bytes.array(), block.envelope(), Envelope.CRC_OFFSET);
        crc.update(bytes.array(), block.envelope() + Envelope.EPOCH_OFFSET,
            block.end() - block.envelope() - Envelope.EPOCH_OFFSET);
        bytes.putInt(block.envelope() + Envelope.CRC_OFFSET, (int) crc.getValue());
        Files.write(file, bytes.array());
    }

    /** Puts the blocks in another order, or some of them twice or not at all. */
    public void arrange(List<Integer> order) throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final int tail = blocks.get(blocks.size() - 1).end();
        out.write(bytes.array(), 0, blocks.get(0).start());
        for (final int index : order) {
            final Block block = blocks.get(index);
            out.write(bytes.array(), block.start(), block.end() - block.start());
        }
        out.write(bytes.array(), tail, bytes.capacity() - tail);
        Files.write(file, out.toByteArray());
    }

    /** Cuts the file. */
    public void cut(int length) throws IOException {
        final byte[] kept = new byte[length];
        bytes.get(0, kept);
        Files.write(file, kept);
    }
}
