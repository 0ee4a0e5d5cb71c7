package io.laurel.engine.memory;

/**
 * The layout of the nodes of a {@link CountedTree} and the plain moves on it.
 *
 * <p>Tree header (32 bytes): size u64 at 0, root u32 at 8, words u32 at 12, node bytes u64 at 16.
 *
 * <p>Node: count u16 at 0, level u8 at 2 (a leaf is 0), size of the node in bytes u32 at 4,
 * neighbours of a leaf u32 at 8 and 12; from 16 on a leaf holds keys, an inner node links {child
 * u32, entries below it u32} and then keys. The key of an inner entry is the least key below its
 * child, to the bit; that of the first entry of a node means nothing.
 */
final class TreeNodes {
    /** The size of every node but a root that is a leaf, which begins small. */
    static final int NODE_BYTES = 1024;
    static final int FIRST_LEAF_BYTES = 128;
    static final int HEADER_BYTES = 32;
    static final int MIN_WORDS = 2;
    static final int MAX_WORDS = 4;

    private static final int ROOT_AT = 8;
    private static final int WORDS_AT = 12;
    private static final int NODE_BYTES_AT = 16;

    private static final int LEVEL = 2;
    private static final int BYTES = 4;
    private static final int PREVIOUS = 8;
    private static final int NEXT = 12;
    private static final int BODY = 16;
    private static final int LINK_BYTES = 8;
    private static final int LINK_COUNT = 4;

    private static final int[] LEAF_CAPACITY = capacities(0);
    private static final int[] INNER_CAPACITY = capacities(LINK_BYTES);

    final Pages pages;
    private final Allocator allocator;
    private final int store;

    TreeNodes(Allocator allocator, int store) {
        this.pages = allocator.pages();
        this.allocator = allocator;
        this.store = store;
    }

    private static int[] capacities(int linkBytes) {
        int[] capacities = new int[MAX_WORDS + 1];
        for (int words = MIN_WORDS; words <= MAX_WORDS; words++) {
            capacities[words] = (NODE_BYTES - BODY) / (linkBytes + words * Long.BYTES);
        }
        return capacities;
    }

    long createTree(int words) {
        long tree = allocator.allocate(store, HEADER_BYTES);
        pages.putInt(tree + WORDS_AT, words);
        return tree;
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

    int words(long tree) {
        return pages.getInt(tree + WORDS_AT);
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

    int capacity(long node, int words) {
        if (level(node) > 0) {
            return INNER_CAPACITY[words];
        }
        int bytes = bytes(node);
        return bytes == NODE_BYTES ? LEAF_CAPACITY[words] : (bytes - BODY) / (words * Long.BYTES);
    }

    static long leafKeyAt(long leaf, int words, int index) {
        return leaf + BODY + (long) index * words * Long.BYTES;
    }

    static long innerKeyAt(long node, int words, int index) {
        return node + BODY + INNER_CAPACITY[words] * (long) LINK_BYTES
            + (long) index * words * Long.BYTES;
    }

    long keyAt(long node, int words, int index) {
        return level(node) == 0 ? leafKeyAt(node, words, index) : innerKeyAt(node, words, index);
    }

    long child(long node, int index) {
        return Allocator.at(pages.getInt(linkAt(node, index)));
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

    private static long linkAt(long node, int index) {
        return node + BODY + (long) index * LINK_BYTES;
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
    void move(long from, int fromIndex, long to, int toIndex, int count, int words) {
        if (count == 0) {
            return;
        }
        if (level(from) > 0) {
            pages.copy(linkAt(from, fromIndex), linkAt(to, toIndex), (long) count * LINK_BYTES);
        }
        pages.copy(keyAt(from, words, fromIndex), keyAt(to, words, toIndex),
            (long) count * words * Long.BYTES);
    }

    void copyKey(long from, long to, int words) {
        for (int i = 0; i < words; i++) {
            pages.putLong(to + i * 8L, pages.getLong(from + i * 8L));
        }
    }

    void putKey(long at, long[] key, int words) {
        for (int i = 0; i < words; i++) {
            pages.putLong(at + i * 8L, key[i]);
        }
    }

    void getKey(long at, long[] key, int words) {
        for (int i = 0; i < words; i++) {
            key[i] = pages.getLong(at + i * 8L);
        }
    }
}
