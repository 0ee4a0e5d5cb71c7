package io.laurel.journal;

import io.laurel.engine.port.LogRecord;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;

/** How far the log is verified, and the check whether a block continues it. */
final class Chain {
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    private final byte[] hash = new byte[Envelope.HASH_BYTES];
    private final MessageDigest sha256 = sha256();
    private final CRC32C crc = new CRC32C();
    private boolean anchored = true;
    private int epoch = 1;
    private long firstSequence;
    private long lastSequence;
    private long lastTimeNs = Long.MIN_VALUE;
    private long durableMark;
    private long blocks;
    private long records;
    private long recordBytes;
    private boolean broken;

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Begins in the middle: the first block is believed to be the right one if it is whole. */
    void begin(long sequence, int firstEpoch) {
        anchored = false;
        lastSequence = sequence - 1;
        epoch = firstEpoch;
    }

    /** Names the hash of the block before the first one. */
    void anchor(String lastHash) {
        System.arraycopy(HexFormat.of().parseHex(lastHash), 0, hash, 0, hash.length);
        anchored = true;
    }

    /** Goes on with the next epoch; sequence and hash carry on. */
    void nextEpoch(int next) {
        epoch = next;
    }

    /**
     * Checks a block and, where it is right, takes it as the last one.
     *
     * @param bytes the same memory as {@code buffer}
     * @return the fault, or null
     */
    String extend(DirectBuffer buffer, ByteBuffer bytes, int offset, int lengthBytes) {
        broken = false;
        String fault = Envelope.fault(buffer, bytes, offset, lengthBytes);
        if (fault == null && Envelope.recordBytes(buffer, offset)
            != lengthBytes - Envelope.HEADER_BYTES) {
            fault = "a block is longer than its records";
        }
        if (fault == null) {
            fault = linkFault(buffer, offset);
            broken = fault != null;
        }
        if (fault == null) {
            fault = recordFault(buffer, bytes, offset);
        }
        if (fault == null) {
            take(buffer, bytes, offset, lengthBytes);
        }
        return fault;
    }

    private String linkFault(DirectBuffer buffer, int offset) {
        long first = Envelope.firstSequence(buffer, offset);
        if (first != lastSequence + 1) {
            return "sequence " + first + " follows " + lastSequence + (first <= lastSequence
                ? ": a block stands here again or too late"
                : ": " + (lastSequence + 1) + " to " + (first - 1) + " are missing");
        }
        if (Envelope.epoch(buffer, offset) != epoch) {
            return "a block of epoch " + Envelope.epoch(buffer, offset) + " in epoch " + epoch;
        }
        for (int i = 0; anchored && i < Envelope.HASH_BYTES; i++) {
            if (buffer.getByte(offset + Envelope.PREVIOUS_HASH_OFFSET + i) != hash[i]) {
                return "the hash of the block before does not match: it was changed, or this one"
                    + " belongs behind another";
            }
        }
        return null;
    }

    private String recordFault(DirectBuffer buffer, ByteBuffer bytes, int offset) {
        int end = offset + Envelope.HEADER_BYTES + Envelope.recordBytes(buffer, offset);
        long sequence = Envelope.firstSequence(buffer, offset);
        long timeNs = lastTimeNs;
        int at = offset + Envelope.HEADER_BYTES;
        while (at < end) {
            int length = end - at < LogRecord.HEADER_BYTES ? -1 : buffer.getInt(at, ORDER);
            if (length < LogRecord.HEADER_BYTES || LogRecord.aligned(length) > end - at
                || length > LogRecord.HEADER_BYTES + LogRecord.MAX_BODY_BYTES) {
                return "a record has an impossible length";
            }
            crc.reset();
            crc.update(bytes.limit(at + length).position(at + LogRecord.SEQUENCE_OFFSET));
            bytes.clear();
            if ((int) crc.getValue() != buffer.getInt(at + LogRecord.CRC_OFFSET, ORDER)) {
                return "the CRC of a record does not match";
            }
            long time = buffer.getLong(at + LogRecord.TIME_OFFSET, ORDER);
            if (buffer.getLong(at + LogRecord.SEQUENCE_OFFSET, ORDER) != sequence
                || time < timeNs) {
                return "sequence or time of a record does not follow";
            }
            timeNs = time;
            sequence++;
            at += LogRecord.aligned(length);
        }
        return sequence == Envelope.lastSequence(buffer, offset) + 1 ? null
            : "a block does not hold the records it names";
    }

    private void take(DirectBuffer buffer, ByteBuffer bytes, int offset, int lengthBytes) {
        long first = Envelope.firstSequence(buffer, offset);
        if (blocks == 0) {
            firstSequence = first;
        }
        lastSequence = Envelope.lastSequence(buffer, offset);
        int end = offset + lengthBytes;
        lastTimeNs = lastTimeNs(buffer, offset + Envelope.HEADER_BYTES, end);
        durableMark = Math.max(durableMark, Envelope.durableMark(buffer, offset));
        sha256.update(bytes.limit(end).position(offset));
        bytes.clear();
        System.arraycopy(sha256.digest(), 0, hash, 0, hash.length);
        anchored = true;
        blocks++;
        records += lastSequence - first + 1;
        recordBytes += lengthBytes - Envelope.HEADER_BYTES;
    }

    /** Returns the time of the last of the records in a range. */
    static long lastTimeNs(DirectBuffer buffer, int from, int end) {
        int last = from;
        int at = from;
        while (at < end) {
            last = at;
            at += LogRecord.aligned(Math.max(1, buffer.getInt(at, ORDER)));
        }
        return buffer.getLong(last + LogRecord.TIME_OFFSET, ORDER);
    }

    /** Returns whether the last fault was a whole block that does not belong here. */
    boolean brokenLink() {
        return broken;
    }

    int epoch() {
        return epoch;
    }

    /** Returns the first sequence verified, 0 where there is none. */
    long firstSequence() {
        return firstSequence;
    }

    long lastSequence() {
        return lastSequence;
    }

    /** Returns the time of the last record, {@link Long#MIN_VALUE} where there is none. */
    long lastTimeNs() {
        return lastTimeNs;
    }

    long durableMark() {
        return durableMark;
    }

    long blocks() {
        return blocks;
    }

    long records() {
        return records;
    }

    long recordBytes() {
        return recordBytes;
    }

    /** Returns the SHA-256 of the last block. */
    byte[] hash() {
        return hash.clone();
    }

    String hashHex() {
        return HexFormat.of().formatHex(hash);
    }
}
