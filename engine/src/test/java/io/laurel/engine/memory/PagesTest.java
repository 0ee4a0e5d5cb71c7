package io.laurel.engine.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class PagesTest {
    @Test
    void shouldReadZeroWhereNothingWasWritten() {
        for (long capacity : new long[] {4096, 512 << 10, 1 << 20, 9 << 20}) {
            for (int round = 0; round < 3; round++) {
                try (Pages pages = new Pages(capacity)) {
                    for (long at = 0; at < capacity; at += 8) {
                        assertEquals(0, pages.getLong(at));
                        pages.putLong(at, -1);
                    }
                }
            }
        }
    }

    @Test
    void shouldGiveBackWhatWasWrittenInLittleEndian() {
        try (Pages pages = new Pages(5000)) {
            assertEquals(8192, pages.capacityBytes());
            pages.putLong(64, 0x0102030405060708L);
            assertEquals(8, pages.getByte(64));
            assertEquals(0x0708, pages.getShort(64));
            assertEquals(0x05060708, pages.getInt(64));
            pages.putByte(64, (byte) -1);
            pages.putShort(66, (short) -2);
            pages.putInt(72, -3);
            pages.putDouble(80, Math.PI);
            assertEquals(-1, pages.getByte(64));
            assertEquals(-2, pages.getShort(66));
            assertEquals(-3, pages.getInt(72));
            assertEquals(Math.PI, pages.getDouble(80));
            pages.zero(64, 8);
            assertEquals(0, pages.getLong(64));
            assertEquals(pages.getLong(80), pages.getLongVolatile(80));
            final Touches touches = new Touches(pages, 3);
            touches.add(83);
            touches.add(64, 128);
            touches.add(80);
            assertEquals(pages.getLong(80) + pages.getLong(64) + pages.getLong(128),
                touches.run());
            assertEquals(0, touches.run());
        }
    }

    @Test
    void shouldCopyOverlappingRangesBothWays() {
        byte[] bytes = random(1000, 1);
        try (Pages pages = new Pages(4096)) {
            for (int shift : new int[] {-100, -8, -3, 0, 1, 8, 24, 500}) {
                pages.putBytes(1000, bytes);
                pages.copy(1000, 1000 + shift, 1000);
                byte[] seen = new byte[1000];
                pages.getBytes(1000 + shift, seen, 0, 1000);
                assertArrayEquals(bytes, seen, "shift " + shift);
            }
        }
    }

    @Test
    void shouldExchangeBytesWithEveryKindOfBuffer() {
        byte[] bytes = random(100, 2);
        UnsafeBuffer heap = new UnsafeBuffer(new byte[200], 10, 150);
        UnsafeBuffer direct = new UnsafeBuffer(ByteBuffer.allocateDirect(200));
        try (Pages pages = new Pages(4096)) {
            pages.putBytes(77, bytes);
            for (UnsafeBuffer buffer : new UnsafeBuffer[] {heap, direct}) {
                pages.getBytes(77, buffer, 5, 100);
                assertTrue(pages.equalBytes(77, 100, buffer, 5));
                pages.putBytes(1001, buffer, 5, 100);
                assertEquals(0, pages.compareBytes(77, 100, 1001, 100));
                for (int i = 0; i < 100; i++) {
                    buffer.putByte(5 + i, (byte) (buffer.getByte(5 + i) ^ 1));
                    assertFalse(pages.equalBytes(77, 100, buffer, 5), "byte " + i);
                    buffer.putByte(5 + i, (byte) (buffer.getByte(5 + i) ^ 1));
                }
            }
            assertThrows(IndexOutOfBoundsException.class, () -> pages.getBytes(0, heap, 100, 51));
            assertThrows(IndexOutOfBoundsException.class, () -> pages.putBytes(0, bytes, 1, 100));
        }
    }

    @Test
    void shouldCompareAsUnsignedBytes() {
        Random random = new Random(3);
        try (Pages pages = new Pages(4096)) {
            for (int i = 0; i < 20_000; i++) {
                byte[] a = smallAlphabet(random);
                byte[] b = smallAlphabet(random);
                pages.putBytes(101, a);
                pages.putBytes(2002, b);
                assertEquals(Integer.signum(Arrays.compareUnsigned(a, b)),
                    Integer.signum(pages.compareBytes(101, a.length, 2002, b.length)));
            }
        }
    }

    @Test
    void shouldAssertBounds() {
        Pages pages = new Pages(4096);
        assertThrows(AssertionError.class, () -> pages.putLong(4090, 1));
        assertThrows(AssertionError.class, () -> pages.getByte(-1));
        assertThrows(AssertionError.class, () -> pages.copy(0, 4000, 97));
        pages.close();
        pages.close();
        assertThrows(AssertionError.class, () -> pages.getByte(0));
        assertThrows(IllegalArgumentException.class, () -> new Pages(0));
    }

    @Test
    void shouldChangeTheRootWhenAnyByteOfTheUsedPrefixFlips() {
        int used = 3 * 65536 + 4096;
        try (Pages pages = new Pages(1 << 20)) {
            pages.putBytes(0, random(used, 4));
            byte[] before = root(pages, used);
            for (int at : new int[] {0, 65535, 65536, 100_000, used - 1}) {
                pages.putByte(at, (byte) (pages.getByte(at) ^ 1));
                assertFalse(Arrays.equals(before, root(pages, used)), "byte " + at);
                pages.putByte(at, (byte) (pages.getByte(at) ^ 1));
            }
            pages.putByte(used, (byte) 1);
            assertArrayEquals(before, root(pages, used));
            assertFalse(Arrays.equals(before, root(pages, used + 1)));
        }
    }

    @Test
    void shouldComputeTheRootAsDescribed() throws Exception {
        byte[] bytes = random(65536 + 100, 5);
        MessageDigest whole = MessageDigest.getInstance("SHA-256");
        whole.update("laurel-state-1".getBytes(StandardCharsets.US_ASCII));
        whole.update(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN)
            .putLong(bytes.length).array());
        MessageDigest part = MessageDigest.getInstance("SHA-256");
        whole.update(part.digest(Arrays.copyOf(bytes, 65536)));
        whole.update(part.digest(Arrays.copyOfRange(bytes, 65536, bytes.length)));
        try (Pages pages = new Pages(1 << 20)) {
            pages.putBytes(0, bytes);
            assertArrayEquals(whole.digest(), root(pages, bytes.length));
        }
    }

    @Test
    void shouldHaveTheSameRootHoweverItsPartsAreRun() {
        List<TaskRunner> runners = List.of(
            (count, task) -> IntStream.range(0, count).forEach(i -> task.accept(count - 1 - i)),
            (count, task) -> IntStream.range(0, count).parallel().forEach(task));
        for (int used : new int[] {1, 65_536, 64 * 65_536, 64 * 65_536 + 1, 300 * 65_536 - 7}) {
            try (Pages pages = new Pages(20 << 20)) {
                pages.putBytes(0, random(used, used));
                byte[] inTurn = root(pages, used);
                for (TaskRunner runner : runners) {
                    byte[] root = new byte[32];
                    pages.root(root, used, runner);
                    assertArrayEquals(inTurn, root, used + " bytes");
                }
            }
        }
    }

    private static byte[] root(Pages pages, long used) {
        byte[] root = new byte[32];
        pages.root(root, used);
        return root;
    }

    private static byte[] random(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static byte[] smallAlphabet(Random random) {
        byte[] bytes = new byte[random.nextInt(20)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (random.nextInt(12) == 0 ? 0x80 : 0x7F);
        }
        return bytes;
    }
}
