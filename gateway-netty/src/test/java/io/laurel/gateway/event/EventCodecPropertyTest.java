package io.laurel.gateway.event;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.protocol.wire.GameEventDecoder;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class EventCodecPropertyTest {
    private static final long SEED = 20261121L;
    private static final int BLOCK = GameEventDecoder.BLOCK_LENGTH;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final EventDraft draft = new EventDraft();
    private final EventValidator validator = new EventValidator();
    private final EventEncoder encoder = new EventEncoder();
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[EventEncoder.MAX_BYTES + 80]);

    private byte[] encoded(long seqNo) {
        final int length = encoder.encode(draft, seqNo, buffer, 0);
        assertTrue(length <= EventEncoder.MAX_BYTES);
        return Arrays.copyOf(buffer.byteArray(), length);
    }

    private boolean decode(byte[] bytes) {
        return EventDecoder.decode(new UnsafeBuffer(bytes), 0, bytes.length, BLOCK, 0, draft);
    }

    @Test
    void shouldGiveTheSameCanonicalBytesAfterDecoding() {
        for (int i = 0; i < 5_000; i++) {
            Events.any(draft, random);
            final byte[] raw = encoded(i);
            assertTrue(validator.validate(draft),
                () -> validator.field() + ", seed " + SEED);
            final byte[] canonical = encoded(i);
            assertTrue(decode(raw), "seed " + SEED);
            assertTrue(validator.validate(draft));
            assertArrayEquals(canonical, encoded(i), "seed " + SEED);
            assertTrue(decode(canonical));
            assertTrue(validator.validate(draft));
            assertArrayEquals(canonical, encoded(i), "seed " + SEED);
        }
    }

    @Test
    void shouldHashAllButSeqNoAndTraceId() {
        Events.any(draft, random);
        assertTrue(validator.validate(draft));
        draft.traceId().set("first");
        final byte[] one = encoded(1);
        draft.traceId().set("second trace");
        final byte[] two = encoded(2);
        final long hash = hash(one);
        assertEquals(hash, hash(two));
        final int content = one.length - "first".length() - 2;
        for (int at = 8; at < content; at++) {
            if (at < BLOCK || isText(one, at)) {
                final byte[] other = one.clone();
                other[at] ^= 1;
                assertNotEquals(hash, hash(other), "byte " + at);
            }
        }
        final UnsafeBuffer direct = new UnsafeBuffer(ByteBuffer.allocateDirect(one.length + 3));
        direct.putBytes(3, one);
        assertEquals(hash, EventDecoder.contentHash(direct, 3, one.length));
        final UnsafeBuffer shifted = new UnsafeBuffer(direct, 1, one.length + 2);
        assertEquals(hash, EventDecoder.contentHash(shifted, 2, one.length));
    }

    private static long hash(byte[] bytes) {
        return EventDecoder.contentHash(new UnsafeBuffer(bytes), 0, bytes.length);
    }

    // a changed length would move everything behind it
    private static boolean isText(byte[] bytes, int index) {
        int at = BLOCK;
        while (at + 1 < index) {
            at += 2 + (bytes[at] & 0xFF);
        }
        return index < at;
    }

    @Test
    void shouldSeeEveryTruncationAndEveryTrailingByte() {
        for (int i = 0; i < 50; i++) {
            Events.any(draft, random);
            final byte[] whole = encoded(1);
            for (int length = 0; length < whole.length; length++) {
                assertFalse(decode(Arrays.copyOf(whole, length)), "cut at " + length);
            }
            assertFalse(decode(Arrays.copyOf(whole, whole.length + 1)));
        }
    }

    @Test
    void shouldPassOverFieldsOfALaterVersion() {
        Events.any(draft, random);
        assertTrue(validator.validate(draft));
        final byte[] known = encoded(7);
        final byte[] later = new byte[known.length + 8 + 3];
        System.arraycopy(known, 0, later, 0, BLOCK);
        System.arraycopy(known, BLOCK, later, BLOCK + 8, known.length - BLOCK);
        final UnsafeBuffer view = new UnsafeBuffer(later);
        assertTrue(EventDecoder.decode(view, 0, later.length, BLOCK + 8, 1, draft));
        assertArrayEquals(known, encoded(7));
        assertFalse(EventDecoder.decode(view, 0, later.length, BLOCK + 8, 0, draft));
        assertFalse(EventDecoder.decode(view, 0, later.length, BLOCK - 1, 1, draft));
    }

    @Test
    void shouldNeverThrowOnGarbage() {
        int wellFormed = 0;
        for (int i = 0; i < 20_000; i++) {
            Events.any(draft, random);
            final byte[] bytes = encoded(1);
            final int flips = 1 + random.nextInt(4);
            for (int k = 0; k < flips; k++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            if (decode(bytes)) {
                wellFormed++;
                hash(bytes);
                if (!validator.validate(draft)) {
                    assertFalse(validator.field().isEmpty());
                }
            }
        }
        assertTrue(wellFormed > 1_000, "seed " + SEED);
    }
}
