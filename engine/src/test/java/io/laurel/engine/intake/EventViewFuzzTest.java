package io.laurel.engine.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.protocol.wire.GameEventDecoder;
import io.laurel.protocol.wire.GameEventEncoder;
import java.nio.ByteOrder;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Whatever bytes it is laid over, a view is refused or lies inside of them. */
class EventViewFuzzTest {
    private static final long SEED = 20_251_025L;
    private static final int CASES = 200_000;
    private static final int MARGIN = 16;
    private static final int BLOCK = GameEventDecoder.BLOCK_LENGTH;

    private final Random random = new Random(SEED);
    private final EventView view = new EventView();
    private long read;

    @Test
    void shouldRefuseOrLieInsideWhateverTheBytes() {
        int taken = 0;
        for (int number = 0; number < CASES; number++) {
            final byte[] event = random.nextInt(4) == 0 ? noise() : spoilt();
            // the buffer ends with the event, so that a look behind it fails
            final int start = random.nextInt(MARGIN);
            final UnsafeBuffer buffer = new UnsafeBuffer(new byte[start + event.length]);
            buffer.putBytes(start, event);
            final int blockLength = random.nextInt(8) == 0 ? random.nextInt(0x10000) : BLOCK;
            if (view.wrap(buffer, start, blockLength, event.length)) {
                check(number, start, start + event.length);
                taken++;
            }
        }
        assertNotEquals(0, read);
        assertTrue(taken > CASES / 20 && taken < CASES * 19 / 20, "both happen: " + taken);
    }

    @Test
    void shouldThrowWhereTheBufferEndsBeforeTheEvent() {
        final byte[] event = spoilt();
        final UnsafeBuffer buffer = new UnsafeBuffer(event);
        assertThrows(IndexOutOfBoundsException.class,
            () -> view.wrap(buffer, 0, BLOCK, event.length + 1));
        assertThrows(IndexOutOfBoundsException.class,
            () -> view.wrap(buffer, 1, BLOCK, event.length));
    }

    /** That reading is seen to, so that the other test can fail. */
    @Test
    void shouldAssertThatFieldsLieInWhatWasChecked() {
        assertFalse(view.wrap(new UnsafeBuffer(new byte[BLOCK]), 0, BLOCK, Long.BYTES));
        assertThrows(AssertionError.class, view::ts);
        assertThrows(AssertionError.class, view::headless);
    }

    private void check(int number, int start, int end) {
        int from = start + BLOCK;
        for (final EventView.Text text : EventView.Text.values()) {
            assertTrue(view.offsetOf(text) >= from && view.lengthOf(text) >= 0
                && view.offsetOf(text) + view.lengthOf(text) <= end,
                () -> "seed " + SEED + ", case " + number + ": " + text);
            from = view.offsetOf(text) + view.lengthOf(text);
        }
        assertEquals(start + Long.BYTES, view.contentOffset());
        assertTrue(view.contentEnd() >= view.contentOffset() && view.contentEnd() <= end);
        // reading any field stays inside too, or an assertion would say so
        read += view.seqNo() + view.ts() + view.betAmountMinor() + view.winAmountMinor()
            + view.winMultiplierE4() + view.roundStartedTs() + view.type() + view.gameType()
            + view.asn() + view.market() + view.currency() + (view.headless() ? 1 : 0);
    }

    private byte[] noise() {
        final byte[] bytes = new byte[random.nextInt(300)];
        random.nextBytes(bytes);
        for (int i = BLOCK; i < bytes.length; i++) {
            bytes[i] = (byte) (random.nextInt(3) == 0 ? random.nextInt(20) : 0);
        }
        return bytes;
    }

    /** A right event with a few lengths, bytes or its end changed. */
    private byte[] spoilt() {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1_024]);
        final GameEventEncoder to = new GameEventEncoder().wrap(buffer, 0);
        to.eventId(text()).userId(text()).brand(text()).gameId(text()).gameProvider(text())
            .roundId(text()).traceId(text());
        final byte[] bytes = new byte[random.nextInt(3) == 0 ? random.nextInt(to.limit() + 1)
            : to.limit()];
        buffer.getBytes(0, bytes);
        for (int i = random.nextInt(3); i > 0 && bytes.length > BLOCK + 2; i--) {
            final int at = BLOCK + random.nextInt(bytes.length - BLOCK - 1);
            new UnsafeBuffer(bytes).putShort(at, (short) random.nextInt(
                random.nextBoolean() ? 100 : 0x10000), ByteOrder.LITTLE_ENDIAN);
        }
        return bytes;
    }

    private String text() {
        return "x".repeat(random.nextInt(65));
    }
}
