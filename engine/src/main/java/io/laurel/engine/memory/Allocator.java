package io.laurel.engine.memory;

/**
 * Allocation by size class inside the region. Its header lies in page 0: bytes 0..63 are left to
 * the owner of the region, 64 longs from {@link #rootAt()} on are the engine's root pointers, the
 * allocator's own fields follow at 1024.
 *
 * <p>Classes are 16, 32, 48, 64 and from there powers of two and the middles between them, up to
 * 256 KiB; from one page on they are whole pages. Smaller ones are carved from chunks of pages,
 * so a record of a multiple of 64 bytes begins on a line. Freed records are zeroed and go to the
 * head of their class's list; memory never returns from a class to the common rest.
 */
public final class Allocator {
    /** Stores are numbered 0..31; each has its count of bytes. */
    public static final int STORES = 32;
    /** The largest allocation. */
    public static final int MAX_BYTES = 256 * 1024;

    private static final int ROOT_AT = 64;
    private static final int HEADER_AT = 1024;
    private static final long MAGIC = 0x31434F4C4C41524CL;
    private static final int MAGIC_AT = HEADER_AT;
    private static final int BUMP_AT = HEADER_AT + 8;
    private static final int STORES_AT = HEADER_AT + 64;
    private static final int CLASSES_AT = STORES_AT + STORES * Long.BYTES;
    /** Per class: head of the free list, next place in the current chunk, its end, unused. */
    private static final int CLASS_STRIDE = 32;
    private static final int CHUNK_NEXT = 8;
    private static final int CHUNK_END = 16;

    private static final int[] SIZES = {16, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024,
        1536, 2048, 3072, 4096, 8192, 12288, 16384, 24576, 32768, 49152, 65536, 98304, 131072,
        196608, MAX_BYTES};
    private static final int GRAIN_BITS = 4;
    private static final byte[] CLASS_OF = classTable();
    private static final long MAX_CAPACITY = 1L << (Integer.SIZE + GRAIN_BITS);

    private final Pages pages;

    private Allocator(Pages pages) {
        if (pages.capacityBytes() > MAX_CAPACITY) {
            throw new IllegalArgumentException("references reach 64 GiB, not "
                + pages.capacityBytes() + " bytes");
        }
        this.pages = pages;
    }

    /** Begins an allocator in a fresh region. */
    public static Allocator create(Pages pages) {
        Allocator allocator = new Allocator(pages);
        pages.putLong(MAGIC_AT, MAGIC);
        pages.putLong(BUMP_AT, Pages.PAGE_BYTES);
        return allocator;
    }

    /**
     * Goes on with the allocator that a region holds.
     *
     * @throws IllegalStateException where there is none
     */
    public static Allocator open(Pages pages) {
        if (pages.getLong(MAGIC_AT) != MAGIC) {
            throw new IllegalStateException("the region holds no allocator");
        }
        return new Allocator(pages);
    }

    /** Returns the region. */
    public Pages pages() {
        return pages;
    }

    /** Returns the place of the 64 longs that belong to the engine. */
    public long rootAt() {
        return ROOT_AT;
    }

    /** Returns the short form of a place: it fits in an int, and 0 stays 0. */
    public static int ref(long at) {
        assert isRecord(at);
        return (int) (at >>> GRAIN_BITS);
    }

    private static boolean isRecord(long at) {
        if ((at & (1 << GRAIN_BITS) - 1) != 0 || at >= MAX_CAPACITY) {
            throw new AssertionError("no record at " + at);
        }
        return true;
    }

    /** Returns the place behind its short form. */
    public static long at(int ref) {
        return (ref & 0xFFFFFFFFL) << GRAIN_BITS;
    }

    /** Returns how many bytes an allocation of this size takes. */
    public static int sizeOf(int bytes) {
        return SIZES[classOf(bytes)];
    }

    /**
     * Takes a zeroed record: aligned to 16 bytes, to 64 where {@code bytes} is a multiple of 64,
     * to a page from a page on.
     *
     * @throws OutOfStateException where the region has no room; nothing has changed then
     */
    public long allocate(int store, int bytes) {
        int sizeClass = classOf(bytes);
        int size = SIZES[sizeClass];
        long classAt = CLASSES_AT + (long) sizeClass * CLASS_STRIDE;
        long at = pages.getLong(classAt);
        if (at != 0) {
            pages.putLong(classAt, pages.getLong(at));
            pages.putLong(at, 0);
        } else {
            at = size < Pages.PAGE_BYTES ? carve(classAt, size) : bump(size);
        }
        addStoreBytes(store, size);
        return at;
    }

    /** Gives a record back; {@code bytes} must be what it was allocated with. */
    public void free(int store, long at, int bytes) {
        assert at >= Pages.PAGE_BYTES && at < usedBytes() : "not a record: " + at;
        int sizeClass = classOf(bytes);
        int size = SIZES[sizeClass];
        long classAt = CLASSES_AT + (long) sizeClass * CLASS_STRIDE;
        pages.zero(at, size);
        pages.putLong(at, pages.getLong(classAt));
        pages.putLong(classAt, at);
        addStoreBytes(store, -size);
    }

    /** Returns the end of the prefix of the region that was ever handed out. */
    public long usedBytes() {
        return pages.getLong(BUMP_AT);
    }

    /** As {@link #usedBytes}, perhaps a moment old; 0 before there is an allocator. */
    public static long usedBytesFromAnyThread(Pages pages) {
        return pages.getLongVolatile(BUMP_AT);
    }

    /** Returns what was never handed out yet; free lists and open chunks come on top of it. */
    public long freeBytes() {
        return pages.capacityBytes() - usedBytes();
    }

    /** Returns how many bytes a store holds now, counted in whole size classes. */
    public long storeBytes(int store) {
        return pages.getLong(storeAt(store));
    }

    private void addStoreBytes(int store, int bytes) {
        long at = storeAt(store);
        pages.putLong(at, pages.getLong(at) + bytes);
        assert pages.getLong(at) >= 0 : "store " + store + " gave back more than it took";
    }

    private static long storeAt(int store) {
        assert store >= 0 && store < STORES : "no store " + store;
        return STORES_AT + (long) store * Long.BYTES;
    }

    private long carve(long classAt, int size) {
        long next = pages.getLong(classAt + CHUNK_NEXT);
        if (next + size > pages.getLong(classAt + CHUNK_END)) {
            int chunk = chunkBytes(size);
            next = bump(chunk);
            pages.putLong(classAt + CHUNK_END, next + chunk);
        }
        pages.putLong(classAt + CHUNK_NEXT, next + size);
        return next;
    }

    private long bump(int bytes) {
        long at = usedBytes();
        if (at + bytes > pages.capacityBytes()) {
            throw new OutOfStateException(bytes, pages.capacityBytes() - at,
                pages.capacityBytes());
        }
        pages.putLong(BUMP_AT, at + bytes);
        return at;
    }

    /** Three pages hold the middle sizes without a rest. */
    private static int chunkBytes(int size) {
        boolean powerOfTwo = (size & size - 1) == 0;
        return powerOfTwo || size < 384 ? Pages.PAGE_BYTES : 3 * Pages.PAGE_BYTES;
    }

    private static int classOf(int bytes) {
        if (bytes <= 0 || bytes > MAX_BYTES) {
            throw new IllegalArgumentException("cannot allocate " + bytes + " bytes");
        }
        if (bytes <= Pages.PAGE_BYTES) {
            return CLASS_OF[bytes + (1 << GRAIN_BITS) - 1 >>> GRAIN_BITS];
        }
        int sizeClass = CLASS_OF[CLASS_OF.length - 1];
        while (SIZES[sizeClass] < bytes) {
            sizeClass++;
        }
        return sizeClass;
    }

    private static byte[] classTable() {
        byte[] table = new byte[(Pages.PAGE_BYTES >>> GRAIN_BITS) + 1];
        int sizeClass = 0;
        for (int i = 0; i < table.length; i++) {
            while (SIZES[sizeClass] < i << GRAIN_BITS) {
                sizeClass++;
            }
            table[i] = (byte) sizeClass;
        }
        return table;
    }
}
