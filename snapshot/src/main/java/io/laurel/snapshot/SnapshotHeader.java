package io.laurel.snapshot;

import io.laurel.engine.memory.PageRoot;
import io.laurel.engine.port.SnapshotFacts;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * The first bytes of a snapshot; layout as the package says.
 *
 * @param facts what goes with the bytes
 * @param previous manifest hash of the snapshot before, zeros where there was none
 * @param previousSequence its sequence, 0 where there was none
 */
record SnapshotHeader(SnapshotFacts facts, byte[] previous, long previousSequence) {
    static final int BYTES = 128;
    static final int FORMAT_VERSION = 1;
    static final int HASH_BYTES = PageRoot.DIGEST_BYTES;

    private static final long MAGIC = 0x50414E534C52414CL;
    private static final int PAGE_BYTES = 4_096;
    private static final int PREVIOUS_AT = 80;
    private static final int PREVIOUS_SEQUENCE_AT = 112;
    private static final int CRC_AT = 124;
    /** References of the state reach no farther. */
    private static final long MAX_REGION_BYTES = 64L << 30;

    /** Returns the number of chunks of a state. */
    static int chunks(long usedBytes) {
        return (int) ((usedBytes + PageRoot.CHUNK_BYTES - 1) / PageRoot.CHUNK_BYTES);
    }

    byte[] encode() {
        final ByteBuffer to = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        to.putLong(MAGIC).putInt(FORMAT_VERSION).putInt(facts.layoutVersion())
            .putInt(facts.behaviourVersion()).putInt(facts.eventClock() ? 1 : 0)
            .putLong(facts.sequence()).putLong(facts.timeNs()).putLong(facts.usedBytes())
            .putLong(facts.regionBytes()).putLong(pages()).putInt(PageRoot.CHUNK_BYTES)
            .putInt(chunks(facts.usedBytes())).putLong(facts.hashSeed()).put(previous)
            .putLong(previousSequence);
        to.putInt(CRC_AT, crc(to.array()));
        return to.array();
    }

    /**
     * Reads a header.
     *
     * @param name of the file, for messages
     * @param layoutKnown newest layout of the state that this program knows
     */
    static SnapshotHeader decode(byte[] bytes, String name, int layoutKnown)
        throws SnapshotInvalidException, NewerSnapshotException {
        final ByteBuffer from = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (from.getLong() != MAGIC || from.getInt(CRC_AT) != crc(bytes)) {
            throw new SnapshotInvalidException("the header is damaged");
        }
        final int format = from.getInt();
        final int layout = from.getInt();
        if (format > FORMAT_VERSION || layout > layoutKnown) {
            throw new NewerSnapshotException("snapshot " + name + " has format version " + format
                + " and layout version " + layout + ", this program knows " + FORMAT_VERSION
                + " and " + layoutKnown);
        }
        final int behaviour = from.getInt();
        final int clock = from.getInt();
        final long sequence = from.getLong();
        final long timeNs = from.getLong();
        final long used = from.getLong();
        final long region = from.getLong();
        final long pages = from.getLong();
        final int chunkBytes = from.getInt();
        final int chunks = from.getInt();
        final byte[] previous = new byte[HASH_BYTES];
        final SnapshotHeader header = new SnapshotHeader(new SnapshotFacts(layout, behaviour,
            clock == 1, from.getLong(), sequence, timeNs, used, region), previous,
            from.getLong(PREVIOUS_SEQUENCE_AT));
        from.get(PREVIOUS_AT, previous);
        if (format < 1 || clock >>> 1 != 0 || used <= 0 || used > region
            || region > MAX_REGION_BYTES || pages != header.pages()
            || chunkBytes != PageRoot.CHUNK_BYTES || chunks != chunks(used)) {
            throw new SnapshotInvalidException("the header says what cannot be");
        }
        return header;
    }

    private long pages() {
        return (facts.usedBytes() + PAGE_BYTES - 1) / PAGE_BYTES;
    }

    private static int crc(byte[] bytes) {
        final CRC32C crc = new CRC32C();
        crc.update(bytes, 0, CRC_AT);
        return (int) crc.getValue();
    }
}
