package io.laurel.engine.memory;

/**
 * The layout of the nodes of a {@link CountedTree} and the plain moves on it.
 *
 * <p>Tree header (32 bytes): size u64 at 0, root u32 at 8, node bytes u64 at 16.
 *
 * <p>Node: count u16 at 0, level u8 at 2 (a leaf is 0), size of the node in bytes u32 at 4,
 * neighbours of a leaf u32 at 8 and 12; from 16 on the first words of all keys, then their second
 * words, and in an inner node links {child u32, entries below it u32}. So a search runs over few
 * lines, and over the second words only where first words are equal. The key of an inner entry is
 * the least key below its child, to the bit; that of the first entry of a node means nothing.
 */
final class TreeNodes {
    /** The size of every leaf but a root, which begins small. */
    static final int LEAF_BYTES = 512;
    static final int INNER_BYTES = 1024;
    static final int FIRST_LEAF_BYTES = 128;
    static final int HEADER_BYTES = 32;

    private static final int ROOT_AT = 8;
    private static final int NODE_BYTES_AT = 16;

    private static final int LEVEL = 2;
    private static final int BYTES = 4;
    private static final int PREVIOUS = 8;
    private static final int NEXT = 12;
    private static final int BODY = 16;
    private static final int WORD_BYTES = 8;
    private static final int KEY_BYTES = 2 * WORD_BYTES;
    private static final int LINK_BYTES = 8;
    private static final int LINK_COUNT = 4;
    static final int INNER_CAPACITY = (INNER_BYTES - BODY) / (KEY_BYTES + LINK_BYTES);
    private static final int INNER_SECOND = BODY + INNER_CAPACITY * WORD_BYTES;
    private static final int LINKS = INNER_SECOND + INNER_CAPACITY * WORD_BYTES;

    final Pages pages;
    private final Allocator allocator;
    private final int store;

    TreeNodes(Allocator allocator, int store) {
        this.pages = allocator.pages();
        this.allocator = allocator;
        this.store = store;
    }

    long createTree() {
        return allocator.allocate(store, HEADER_BYTES);
    }

    void freeTree(long tree) {
        allocator.free(store, tree, HEADER_BYTES);
    }

    long size(long tree) {
        return pages.getLong(tree);
    }

    void addSize(long tree, int change) {
        pages.putLong(tree, pages.getLong(tree) + change);
    }

    long root(long tree) {
        return Allocator.at(pages.getInt(tree + ROOT_AT));
    }

    void setRoot(long tree, long node) {
        pages.putInt(tree + ROOT_AT, Allocator.ref(node));
    }

    long nodeBytes(long tree) {
        return pages.getLong(tree + NODE_BYTES_AT);
    }

    long allocateNode(long tree, int level, int bytes) {
        long node = allocator.allocate(store, bytes);
        pages.putByte(node + LEVEL, (byte) level);
        pages.putInt(node + BYTES, bytes);
        pages.putLong(tree + NODE_BYTES_AT, nodeBytes(tree) + bytes);
        return node;
    }

    void freeNode(long tree, long node) {
        int bytes = bytes(node);
        pages.putLong(tree + NODE_BYTES_AT, nodeBytes(tree) - bytes);
        allocator.free(store, node, bytes);
    }

    int count(long node) {
        return pages.getShort(node);
    }

    void setCount(long node, int count) {
        pages.putShort(node, (short) count);
    }

    int level(long node) {
        return pages.getByte(node + LEVEL);
    }

    int bytes(long node) {
        return pages.getInt(node + BYTES);
    }

    long previous(long leaf) {
        return Allocator.at(pages.getInt(leaf + PREVIOUS));
    }

    long next(long leaf) {
        return Allocator.at(pages.getInt(leaf + NEXT));
    }

    /** Makes two leaves neighbours; either may be 0. */
    void join(long left, long right) {
        if (left != 0) {
            pages.putInt(left + NEXT, Allocator.ref(right));
        }
        if (right != 0) {
            pages.putInt(right + PREVIOUS, Allocator.ref(left));
        }
    }

    int capacity(long node) {
        return level(node) > 0 ? INNER_CAPACITY : (bytes(node) - BODY) / KEY_BYTES;
    }

    /** Returns the place of the first word of a key; those of a node lie side by side. */
    static long firstAt(long node, int index) {
        return node + BODY + (long) index * WORD_BYTES;
    }

    /** Returns the place of the second word of a key. */
    long secondAt(long node, int index) {
        int column = level(node) > 0 ? INNER_SECOND : BODY + (bytes(node) - BODY) / 2;
        return node + column + (long) index * WORD_BYTES;
    }

    long first(long node, int index) {
        return pages.getLong(firstAt(node, index));
    }

    long second(long node, int index) {
        return pages.getLong(secondAt(node, index));
    }

    /**
     * Returns how many of {@code count} ascending words are less than one, all unsigned. No branch
     * depends on them: keys come at random, and a guess would be wrong half the time.
     */
    int countBefore(long firstAt, int count, long word) {
        long flipped = word ^ Long.MIN_VALUE;
        int low = 0;
        int rest = count;
        while (rest > 1) {
            int half = rest >>> 1;
            long theirs = pages.getLong(firstAt + (low + half - 1L) * Long.BYTES)
                ^ Long.MIN_VALUE;
            low += theirs < flipped ? half : 0;
            rest -= half;
        }
        return rest == 1
            && (pages.getLong(firstAt + (long) low * Long.BYTES) ^ Long.MIN_VALUE) < flipped
            ? low + 1 : low;
    }

    /** Returns the child of an inner node that holds a key, as far as its two words tell. */
    int childOf(long inner, long first, long second) {
        int count = count(inner);
        int low = countBefore(firstAt(inner, 1), count - 1, first);
        int high = low;
        while (high + 1 < count && first(inner, high + 1) == first) {
            high++;
        }
        while (low < high) {
            int middle = low + high + 1 >>> 1;
            if (Long.compareUnsigned(second(inner, middle), second) <= 0) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** Returns whether {@link #childOf} would give this index. */
    boolean isChildOf(long inner, int index, long first, long second) {
        return (index == 0 || compare(inner, index, first, second) <= 0)
            && (index + 1 == count(inner) || compare(inner, index + 1, first, second) > 0);
    }

    private int compare(long node, int index, long first, long second) {
        long theirs = first(node, index);
        return theirs != first ? Long.compareUnsigned(theirs, first)
            : Long.compareUnsigned(second(node, index), second);
    }

    long child(long node, int index) {
        return linked(linkAt(node, index));
    }

    /** Returns the node behind a link. */
    long linked(long linkAt) {
        return Allocator.at(pages.getInt(linkAt));
    }

    long below(long node, int index) {
        return pages.getInt(linkAt(node, index) + LINK_COUNT) & 0xFFFFFFFFL;
    }

    void setLink(long node, int index, long child, long below) {
        pages.putInt(linkAt(node, index), Allocator.ref(child));
        setBelow(node, index, below);
    }

    void setBelow(long node, int index, long below) {
        pages.putInt(linkAt(node, index) + LINK_COUNT, (int) below);
    }

    /** Returns the place of a link: child u32, entries below it u32. */
    static long linkAt(long node, int index) {
        return node + LINKS + (long) index * LINK_BYTES;
    }

    /** Returns how many entries lie below the first {@code count} links of an inner node. */
    long belowFirst(long node, int count) {
        long sum = 0;
        long end = linkAt(node, count);
        for (long at = linkAt(node, 0); at < end; at += LINK_BYTES) {
            sum += pages.getLong(at) >>> Integer.SIZE;
        }
        return sum;
    }

    /** Returns how many entries a node holds, itself or below it. */
    long entries(long node) {
        int count = count(node);
        return level(node) == 0 ? count : belowFirst(node, count);
    }

    /** Moves whole entries between two nodes of one level, or within one; counts stay. */
    void move(long from, int fromIndex, long to, int toIndex, int count) {
        if (count == 0) {
            return;
        }
        long bytes = (long) count * WORD_BYTES;
        pages.copy(firstAt(from, fromIndex), firstAt(to, toIndex), bytes);
        pages.copy(secondAt(from, fromIndex), secondAt(to, toIndex), bytes);
        if (level(from) > 0) {
            pages.copy(linkAt(from, fromIndex), linkAt(to, toIndex), bytes);
        }
    }

    void copyKey(long from, int fromIndex, long to, int toIndex) {
        pages.putLong(firstAt(to, toIndex), first(from, fromIndex));
        pages.putLong(secondAt(to, toIndex), second(from, fromIndex));
    }

    void putKey(long node, int index, long[] key) {
        pages.putLong(firstAt(node, index), key[0]);
        pages.putLong(secondAt(node, index), key[1]);
    }

    void getKey(long node, int index, long[] key) {
        key[0] = first(node, index);
        key[1] = second(node, index);
    }
}
