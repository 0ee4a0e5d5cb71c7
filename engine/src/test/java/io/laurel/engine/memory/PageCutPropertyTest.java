package io.laurel.engine.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Whatever is written while an image is made, the image shows the region at the cut. */
class PageCutPropertyTest {
    private static final int CAPACITY = 60 * Pages.PAGE_BYTES;
    private static final int SEEDS = 300;

    @Test
    void shouldShowTheRegionAtTheCutWhateverIsWrittenMeanwhile() {
        for (long seed = 0; seed < SEEDS; seed++) {
            final SplittableRandom random = new SplittableRandom(seed);
            try (Pages pages = new Pages(CAPACITY)) {
                fill(pages, seed);
                for (int round = 0; round < 3; round++) {
                    final int used = random.nextInt(CAPACITY + 1);
                    final byte[] plain = bytes(pages, used);
                    begin(pages, used);
                    assertTrue(pages.cutting());
                    do {
                        for (int i = random.nextInt(12); i > 0; i--) {
                            write(pages, random);
                        }
                    } while (!pages.copySlice(1 + random.nextInt(7)));
                    // complete, and not yet taken: still nothing may reach it
                    write(pages, random);
                    try (PageImage image = pages.endCut()) {
                        write(pages, random);
                        assertArrayEquals(plain, bytes(image), "seed " + seed);
                    }
                    assertFalse(pages.cutting());
                }
            }
        }
    }

    @Test
    void shouldShowTheRegionAtTheCutWhateverWasCopiedAhead() {
        for (long seed = 0; seed < SEEDS; seed++) {
            final SplittableRandom random = new SplittableRandom(seed);
            try (Pages pages = new Pages(CAPACITY)) {
                fill(pages, seed);
                int used = random.nextInt(CAPACITY + 1);
                final PageImage room = new PageImage(CAPACITY);
                pages.beginAhead(room);
                for (int slice = random.nextInt(40); slice > 0; slice--) {
                    // now and then more lines than are noted, one by one or at once
                    for (int i = random.nextInt(random.nextInt(10) == 0 ? 40 : 3); i > 0; i--) {
                        write(pages, random);
                    }
                    if (random.nextInt(10) == 0) {
                        pages.zero(random.nextInt(CAPACITY / 2), CAPACITY / 2);
                    }
                    pages.copyAhead(1 + random.nextInt(20), used);
                    used += random.nextInt(CAPACITY + 1 - used) / 8;
                }
                final byte[] plain = bytes(pages, used);
                pages.beginCut(room, used);
                do {
                    for (int i = random.nextInt(12); i > 0; i--) {
                        write(pages, random);
                    }
                } while (!pages.copySlice(1 + random.nextInt(7)));
                try (PageImage image = pages.endCut()) {
                    assertArrayEquals(plain, bytes(image), "seed " + seed);
                }
            }
        }
    }

    /** What was written since stands in the region alone, and is all that is left to copy. */
    @Test
    void shouldLeaveLittleToTheCutWhereLittleIsWritten() {
        try (Pages pages = new Pages(CAPACITY)) {
            fill(pages, 5);
            final PageImage room = new PageImage(CAPACITY);
            pages.beginAhead(room);
            assertThrows(IllegalStateException.class, () -> pages.beginAhead(room));
            assertThrows(IllegalStateException.class, pages::endCut);
            while (!pages.copyAhead(7, CAPACITY)) {
                pages.putLong(3 * Pages.PAGE_BYTES, 1);
            }
            assertFalse(room.isCut());
            pages.putLong(3 * Pages.PAGE_BYTES, 2);
            pages.putLong(9 * Pages.PAGE_BYTES, 3);
            final byte[] atCut = bytes(pages, CAPACITY);
            pages.beginCut(room, CAPACITY);
            assertTrue(room.isCut());
            final byte[] image = bytes(room);
            int different = 0;
            for (int at = 0; at < CAPACITY; at += Pages.LINE_BYTES) {
                different += Arrays.equals(image, at, at + Pages.LINE_BYTES,
                    atCut, at, at + Pages.LINE_BYTES) ? 0 : 1;
            }
            assertTrue(different == 1 || different == 2, different + " lines");
            assertThrows(IllegalStateException.class, pages::dropCut);
            assertTrue(pages.copySlice(2), "two lines and a look at each page");
            assertArrayEquals(atCut, bytes(pages.endCut()));
            room.close();
        }
    }

    /** Then there would be no end of it: the cut has to save what is written anyway. */
    @Test
    void shouldEndWhereAllIsWrittenAgainAndAgain() {
        try (Pages pages = new Pages(CAPACITY)) {
            pages.beginAhead(new PageImage(CAPACITY));
            int slices = 0;
            do {
                fill(pages, slices++);
            } while (!pages.copyAhead(10, CAPACITY));
            assertTrue(slices <= 2 * CAPACITY / Pages.PAGE_BYTES / 10 + 2, slices + " slices");
            pages.dropCut().close();
            assertFalse(pages.cutting());
            assertThrows(IllegalStateException.class, pages::dropCut);
        }
    }

    /** Room that the state has outgrown is not written beyond its end. */
    @Test
    void shouldCopyNoMoreAheadThanThereIsRoomFor() {
        try (Pages pages = new Pages(CAPACITY)) {
            fill(pages, 5);
            final PageImage room = new PageImage(CAPACITY / 2);
            pages.beginAhead(room);
            while (!pages.copyAhead(10, CAPACITY)) {
                pages.putLong(CAPACITY - Long.BYTES, 1);
            }
            assertThrows(IllegalArgumentException.class, () -> pages.beginCut(room, CAPACITY));
            pages.beginCut(room, CAPACITY / 2);
            pages.copySlice(1);
            assertArrayEquals(bytes(pages, CAPACITY / 2), bytes(pages.endCut()));
            room.close();
        }
    }

    @Test
    void shouldCopyALineAgainThatIsWrittenBeforeAndBehindItsTurn() {
        try (Pages pages = new Pages(CAPACITY)) {
            final PageImage room = new PageImage(CAPACITY);
            pages.beginAhead(room);
            pages.putLong(3 * Pages.PAGE_BYTES, 1);
            pages.copyAhead(CAPACITY / Pages.PAGE_BYTES, CAPACITY);
            pages.putLong(3 * Pages.PAGE_BYTES, 2);
            final byte[] atCut = bytes(pages, CAPACITY);
            pages.beginCut(room, CAPACITY);
            pages.copySlice(1);
            assertArrayEquals(atCut, bytes(pages.endCut()));
            room.close();
        }
    }

    /** Whoever copies must not wait for memory; behind the cut there is no choice. */
    @Test
    void shouldCopyAheadOnlyToWhatIsMapped() {
        try (Pages pages = new Pages(CAPACITY)) {
            fill(pages, 5);
            final PageImage room =
                new PageImage(CAPACITY, bytes -> new MappedRoom(bytes, more -> { }));
            while (room.mappedBytes() < CAPACITY / 2) {
                room.map(Pages.PAGE_BYTES);
            }
            pages.beginAhead(room);
            while (!pages.copyAhead(10, CAPACITY)) {
                pages.putLong(0, 1);
            }
            final byte[] all = bytes(pages, CAPACITY);
            pages.beginCut(room, CAPACITY);
            final byte[] image = bytes(room);
            assertEquals(CAPACITY / 2, Arrays.mismatch(image, Pages.LINE_BYTES, CAPACITY,
                all, Pages.LINE_BYTES, CAPACITY) + Pages.LINE_BYTES);
            pages.copySlice(Integer.MAX_VALUE);
            assertArrayEquals(all, bytes(pages.endCut()));
            room.close();
        }
    }

    @Test
    void shouldShowTheWorkOfRealStoresAtTheCut() {
        try (Pages pages = new Pages(64 << 20)) {
            final MemoryWorkload workload = MemoryWorkload.create(pages);
            final SplittableRandom random = new SplittableRandom(7);
            workload.run(random, 20_000, 3_000);
            for (int round = 0; round < 3; round++) {
                final byte[] root = workload.root();
                begin(pages, workload.usedBytes());
                do {
                    workload.run(random, 50, 3_000);
                } while (!pages.copySlice(16));
                try (PageImage image = pages.endCut()) {
                    assertArrayEquals(root, root(image));
                }
            }
        }
    }

    @Test
    void shouldCopyNoMorePagesThanAsked() {
        try (Pages pages = new Pages(CAPACITY)) {
            begin(pages, 10 * Pages.PAGE_BYTES - 5);
            assertThrows(IllegalStateException.class, pages::endCut);
            try (PageImage other = new PageImage(1)) {
                assertThrows(IllegalStateException.class, () -> pages.beginCut(other, 1));
            }
            assertFalse(pages.copySlice(4));
            // already copied, out of the prefix, part of one, and two whole ones before their turn
            pages.putLong(0, 1);
            pages.putLong(10 * Pages.PAGE_BYTES, 1);
            pages.putLong(5 * Pages.PAGE_BYTES, 1);
            pages.zero(8 * Pages.PAGE_BYTES - 4, 2 * Pages.PAGE_BYTES + 8);
            assertFalse(pages.copySlice(3));
            assertTrue(pages.copySlice(1));
            pages.endCut().close();
            assertThrows(IllegalStateException.class, pages::endCut);
            begin(pages, 0);
            assertTrue(pages.copySlice(1));
            try (PageImage image = pages.endCut()) {
                assertEquals(0, image.usedBytes());
            }
        }
    }

    /** The first write after the cut is what the engine waits for: it saves little. */
    @Test
    void shouldSaveNoMoreThanALineBeforeASmallWrite() {
        try (Pages pages = new Pages(CAPACITY)) {
            fill(pages, 3);
            final byte[] before = bytes(pages, CAPACITY);
            final PageImage image = new PageImage(CAPACITY);
            UnsafeApi.setMemory(image.address(), CAPACITY, (byte) 0);
            pages.beginCut(image, CAPACITY);
            final int at = 7 * Pages.PAGE_BYTES + 3 * Pages.LINE_BYTES + 8;
            pages.putLong(at, 1);
            final byte[] saved = bytes(image);
            for (int i = 0; i < saved.length; i++) {
                final boolean within = i / Pages.LINE_BYTES == at / Pages.LINE_BYTES;
                assertEquals(within ? before[i] : 0, saved[i], "byte " + i);
            }
            pages.copySlice(Integer.MAX_VALUE);
            assertArrayEquals(before, bytes(pages.endCut()));
            image.close();
        }
    }

    @Test
    void shouldReadNothingOutsideOfAnImage() {
        try (Pages pages = new Pages(CAPACITY)) {
            begin(pages, 5_000);
            pages.copySlice(2);
            final PageImage image = pages.endCut();
            final byte[] target = new byte[100];
            assertThrows(IndexOutOfBoundsException.class,
                () -> image.getBytes(4_950, target, 0, 51));
            assertThrows(IndexOutOfBoundsException.class,
                () -> image.getBytes(0, target, 50, 51));
            image.close();
            image.close();
            assertThrows(IllegalStateException.class, () -> image.getBytes(0, target, 0, 1));
        }
    }

    @Test
    void shouldGiveTheMemoryOfAnUnfinishedCutBackWithTheRegion() {
        final Pages pages = new Pages(CAPACITY);
        begin(pages, CAPACITY);
        pages.close();
        assertFalse(pages.cutting());
    }

    private static void begin(Pages pages, long usedBytes) {
        pages.beginCut(new PageImage(usedBytes), usedBytes);
    }

    /** Every way of writing that the region has. */
    private static void write(Pages pages, SplittableRandom random) {
        final int length = random.nextInt(3 * Pages.PAGE_BYTES);
        final int at = random.nextInt(CAPACITY - length - Long.BYTES);
        final byte[] some = new byte[length];
        new Random(random.nextLong()).nextBytes(some);
        switch (random.nextInt(9)) {
            case 0 -> pages.putByte(at, (byte) random.nextInt());
            case 1 -> pages.putShort(at, (short) random.nextInt());
            case 2 -> pages.putInt(at, random.nextInt());
            case 3 -> pages.putLong(at, random.nextLong());
            case 4 -> pages.putDouble(at, random.nextDouble());
            case 5 -> pages.zero(at, length);
            case 6 -> pages.copy(random.nextInt(CAPACITY - length), at, length);
            case 7 -> pages.putBytes(at, some);
            default -> pages.putBytes(at, new UnsafeBuffer(some), 0, length);
        }
    }

    private static void fill(Pages pages, long seed) {
        final byte[] all = new byte[CAPACITY];
        new Random(seed).nextBytes(all);
        pages.putBytes(0, all);
    }

    private static byte[] bytes(Pages pages, int used) {
        final byte[] bytes = new byte[used];
        pages.getBytes(0, bytes, 0, used);
        return bytes;
    }

    private static byte[] bytes(PageImage image) {
        final byte[] bytes = new byte[(int) image.usedBytes()];
        image.getBytes(0, bytes, 0, bytes.length);
        return bytes;
    }

    private static byte[] root(PageImage image) {
        final PageRoot root = new PageRoot(image.usedBytes());
        final byte[] chunk = new byte[PageRoot.CHUNK_BYTES];
        final byte[] hash = new byte[PageRoot.DIGEST_BYTES];
        for (long at = 0; at < image.usedBytes(); at += chunk.length) {
            final int length = (int) Math.min(chunk.length, image.usedBytes() - at);
            image.getBytes(at, chunk, 0, length);
            root.chunk(chunk, length, hash);
        }
        root.finish(hash);
        return hash;
    }
}
