package io.laurel.engine.intake;

import io.laurel.engine.intake.EventView.Text;
import io.laurel.engine.memory.StateHash;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Computes the hashes of events under one seed. It needs no state, so whoever has an event before
 * the engine may do this for it; one thread each.
 */
public final class EventHasher {
    private static final int USER_LENGTH_SHIFT = 16;

    private final long seed;
    private final StateHash hash;
    private final UnsafeBuffer key = new UnsafeBuffer(new byte[256]);

    /** For a state whose Genesis named this seed. */
    public EventHasher(long seed) {
        this.seed = seed;
        hash = new StateHash(seed);
    }

    /**
     * Computes the hashes of an event.
     *
     * @param source its sender, 0 to 65535
     */
    public void hash(EventView event, int source, EventHashes into) {
        final DirectBuffer buffer = event.buffer();
        hash.hash128(buffer, event.contentOffset(), event.contentEnd() - event.contentOffset());
        into.contentLow = hash.low();
        into.contentHigh = hash.high();

        final int idLength = event.lengthOf(Text.EVENT_ID);
        makeRoom(4 + idLength);
        key.putInt(0, source);
        key.putBytes(4, buffer, event.offsetOf(Text.EVENT_ID), idLength);
        hash.hash128(key, 0, 4 + idLength);
        into.idLow = hash.low();
        into.idHigh = hash.high();

        final int userLength = event.lengthOf(Text.USER_ID);
        final int roundLength = event.lengthOf(Text.ROUND_ID);
        makeRoom(4 + userLength + roundLength);
        key.putInt(0, source | userLength << USER_LENGTH_SHIFT);
        key.putBytes(4, buffer, event.offsetOf(Text.USER_ID), userLength);
        key.putBytes(4 + userLength, buffer, event.offsetOf(Text.ROUND_ID), roundLength);
        hash.hash128(key, 0, 4 + userLength + roundLength);
        into.roundLow = hash.low();
        into.roundHigh = hash.high();
        into.playerHash = StateHash.fold(
            hash.hash64(buffer, event.offsetOf(Text.USER_ID), userLength));
        into.setSeed(seed);
    }

    /** No gateway takes such long ids; a log made by hand may have them. */
    private void makeRoom(int bytes) {
        if (bytes > key.capacity()) {
            key.wrap(new byte[2 * bytes]);
        }
    }
}
