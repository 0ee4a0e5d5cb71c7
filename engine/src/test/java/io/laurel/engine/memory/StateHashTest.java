package io.laurel.engine.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class StateHashTest {
    private static final int[] LENGTHS = {0, 1, 3, 4, 8, 9, 16, 17, 64, 128, 129, 240, 241, 600,
        2000};

    @Test
    void shouldGiveTheSameValueForEveryKindOfBuffer() {
        StateHash hash = new StateHash(99);
        for (int length : LENGTHS) {
            byte[] bytes = new byte[length];
            new Random(length).nextBytes(bytes);
            long expected = hash.hash64(new UnsafeBuffer(bytes), 0, length);
            hash.hash128(new UnsafeBuffer(bytes), 0, length);
            long low = hash.low();
            long high = hash.high();
            for (DirectBuffer buffer : copies(bytes)) {
                int offset = buffer.capacity() == length ? 0 : 13;
                assertEquals(expected, hash.hash64(buffer, offset, length), "length " + length);
                hash.hash128(buffer, offset, length);
                assertEquals(low, hash.low());
                assertEquals(high, hash.high());
            }
        }
    }

    @Test
    void shouldDependOnSeedAndOnEveryByte() {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[300]);
        StateHash hash = new StateHash(1);
        for (int length : new int[] {5, 40, 200, 300}) {
            long before = hash.hash64(buffer, 0, length);
            assertNotEquals(before, new StateHash(2).hash64(buffer, 0, length));
            for (int i = 0; i < length; i++) {
                buffer.putByte(i, (byte) 1);
                assertNotEquals(before, hash.hash64(buffer, 0, length));
                buffer.putByte(i, (byte) 0);
            }
        }
    }

    @Test
    void shouldAllocateNothingPerCall() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        StateHash hash = new StateHash(3);
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[2000]);
        for (int length : LENGTHS) {
            hashOften(hash, buffer, length);
            long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            long sum = hashOften(hash, buffer, length);
            long after = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            assertTrue(after - before < 10_000, "length " + length + " sum " + sum
                + " allocated " + (after - before));
        }
    }

    @Test
    void shouldFoldBothHalves() {
        assertEquals(0x0F0F0F0F ^ 0x11111111, StateHash.fold(0x0F0F0F0F_11111111L));
    }

    private static long hashOften(StateHash hash, DirectBuffer buffer, int length) {
        long sum = 0;
        for (int i = 0; i < 1_000; i++) {
            sum += hash.hash64(buffer, 0, length);
            hash.hash128(buffer, 0, length);
            sum += hash.low() ^ hash.high();
        }
        return sum;
    }

    private static List<DirectBuffer> copies(byte[] bytes) {
        UnsafeBuffer wrapped = new UnsafeBuffer(new byte[bytes.length + 50], 7,
            bytes.length + 40);
        UnsafeBuffer direct = new UnsafeBuffer(ByteBuffer.allocateDirect(bytes.length + 40));
        UnsafeBuffer sliced = new UnsafeBuffer(
            ByteBuffer.allocate(bytes.length + 60).position(9).slice(), 3, bytes.length + 30);
        ExpandableArrayBuffer growing = new ExpandableArrayBuffer(bytes.length + 40);
        wrapped.putBytes(13, bytes);
        direct.putBytes(13, bytes);
        sliced.putBytes(13, bytes);
        growing.putBytes(13, bytes);
        return List.of(new UnsafeBuffer(bytes), wrapped, direct, sliced, growing);
    }
}
