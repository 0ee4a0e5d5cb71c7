package io.laurel.engine.contest;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * All that the scored rounds of one entry on one board come to (semantics 6.1, 6.2), apart from any
 * layout: what a {@code RebuildEntry} carries.
 *
 * <p>Bytes, little-endian: partition length u8 and bytes · rounds u32 · rule version u32 · score
 * i64 · highest multiplier i64 · finish ts i64 · kept u16 · of each kept round points i64, ts i64,
 * length of the round id u8 and bytes.
 *
 * @param partition value of the partition; empty = the main board
 * @param rounds number of scored rounds
 * @param ruleVersion of the round that scored last
 * @param score units; the sum over the kept rounds
 * @param multiplierE4 highest single multiplier x 10^4
 * @param finishTs ns since the Unix epoch of the latest kept round; 0 = none
 * @param kept the rounds themselves where the board keeps a list
 */
public record EntryContents(byte[] partition, long rounds, int ruleVersion, long score,
    long multiplierE4, long finishTs, List<Kept> kept) {
    private static final int HEAD_BYTES = 1 + 2 * Integer.BYTES + 3 * Long.BYTES + Short.BYTES;
    private static final int KEPT_BYTES = 2 * Long.BYTES + 1;

    /** A round that counts; the id is empty where the board does not order by it. */
    public record Kept(long points, long ts, byte[] roundId) {
    }

    /** Returns how many bytes {@link #encode} writes. */
    public int encodedBytes() {
        return HEAD_BYTES + partition.length
            + kept.stream().mapToInt(one -> KEPT_BYTES + one.roundId.length).sum();
    }

    /** Returns some contents one after the other. */
    public static byte[] encode(List<EntryContents> all) {
        final byte[] bytes =
            new byte[all.stream().mapToInt(EntryContents::encodedBytes).sum()];
        final ByteBuffer to = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (final EntryContents one : all) {
            to.put((byte) one.partition.length).put(one.partition).putInt((int) one.rounds)
                .putInt(one.ruleVersion).putLong(one.score).putLong(one.multiplierE4)
                .putLong(one.finishTs).putShort((short) one.kept.size());
            for (final Kept round : one.kept) {
                to.putLong(round.points).putLong(round.ts).put((byte) round.roundId.length)
                    .put(round.roundId);
            }
        }
        return bytes;
    }

    /**
     * Returns what {@link #encode} was given.
     *
     * @throws RuntimeException where the bytes are not what it writes
     */
    public static List<EntryContents> decode(byte[] bytes) {
        final ByteBuffer from = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        final List<EntryContents> all = new ArrayList<>();
        while (from.hasRemaining()) {
            final byte[] partition = text(from);
            final long rounds = from.getInt() & 0xFFFF_FFFFL;
            final int version = from.getInt();
            final long score = from.getLong();
            final long multiplierE4 = from.getLong();
            final long finishTs = from.getLong();
            final int count = from.getShort() & 0xFFFF;
            final List<Kept> kept = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                kept.add(new Kept(from.getLong(), from.getLong(), text(from)));
            }
            all.add(new EntryContents(partition, rounds, version, score, multiplierE4, finishTs,
                kept));
        }
        return all;
    }

    private static byte[] text(ByteBuffer from) {
        final byte[] text = new byte[from.get() & 0xFF];
        from.get(text);
        return text;
    }
}
