package io.laurel.engine.memory;

/**
 * The layout of the nodes of a {@link CountedTree} and the plain moves on it.
 *
 * <p>Tree header (32 bytes): size u64 at 0, root u32 at 8, node bytes u64 at 16.
 *
 * <p>Node: count u8 at 0, level u8 at 1 (a leaf is 0), size of the node in 16 bytes u8 at 2, index
 * in the parent when it was last looked for u8 at 3, parent u32 at 4 (0 = the root), neighbours of
 * a leaf u32 at 8 and 12. From 16 on a leaf has the
 * references of all keys (u32), then the other halves of their second words (u32), then their
 * first words: so a key is found by its reference in two lines. An inner node has the first words,
 * the second words, and links {child u32, entries below it u32}: a search runs over few lines,
 * and over the second words only where first words are equal. The key of an inner entry is the
 * least key below its child, to the bit; that of the first entry of a node means nothing.
 */
final class TreeNodes {
    /** The size of every leaf but a root, which begins small. */
    static final int LEAF_BYTES = 512;
    static final int INNER_BYTES = 1024;
    static final int FIRST_LEAF_BYTES = 128;
    static final int HEADER_BYTES = 32;

    private static final int ROOT_AT = 8;
    private static final int NODE_BYTES_AT = 16;

    private static final int LEVEL = 1;
    private static final int UNITS = 2;
    private static final int SLOT = 3;
    private static final int PARENT = 4;
    private static final int PREVIOUS = 8;
    private static final int NEXT = 12;
    private static final int BODY = 16;
    private static final int UNIT_BITS = 4;
    private static final int WORD_BYTES = 8;
    private static final int HALF_BYTES = 4;
    private static final int KEY_BYTES = 2 * WORD_BYTES;
    private static final int LINK_BYTES = 8;
    private static final int LINK_COUNT = 4;
    static final int INNER_CAPACITY = (INNER_BYTES - BODY) / (KEY_BYTES + LINK_BYTES);
    private static final int INNER_SECOND = BODY + INNER_CAPACITY * WORD_BYTES;
    private static final int LINKS = INNER_SECOND + INNER_CAPACITY * WORD_BYTES;
    /** Lines of a leaf that hold references, and those that hold first words. */
    static final int REFS_BYTES = 128;
    static final int FIRSTS_AT = 256;
    static final int FIRSTS_BYTES = 256;
    /** Lines of an inner node with the first words. */
    static final int SEARCHED_BYTES = 384;
    private static final long LOW_HALF = 0xFFFF_FFFFL;

    final Pages pages;
    final FreedNodes freed = new FreedNodes();
    private final Allocator allocator;
    private final int store;
    private final Placement placement;
    /**
     * Serves trees.
     *
     * @param placement is told in which leaf each entry lies; null where nobody asks
     */
    TreeNodes(Allocator allocator, int store, Placement placement) {
        this.pages = allocator.pages();
        this.allocator = allocator;
        this.store = store;
        this.placement = placement;
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
        if (node != 0) {
            pages.putInt(node + PARENT, 0);
        }
    }

    long nodeBytes(long tree) {
        return pages.getLong(tree + NODE_BYTES_AT);
    }

    long allocateNode(long tree, int level, int bytes) {
        long node = allocator.allocate(store, bytes);
        pages.putByte(node + LEVEL, (byte) level);
        pages.putByte(node + UNITS, (byte) (bytes >>> UNIT_BITS));
        pages.putLong(tree + NODE_BYTES_AT, nodeBytes(tree) + bytes);
        return node;
    }

    void freeNode(long tree, long node) {
        int bytes = bytes(node);
        pages.putLong(tree + NODE_BYTES_AT, nodeBytes(tree) - bytes);
        allocator.free(store, node, bytes);
        freed.add(node);
    }

    int count(long node) {
        return pages.getByte(node);
    }

    void setCount(long node, int count) {
        pages.putByte(node, (byte) count);
    }

    int level(long node) {
        return pages.getByte(node + LEVEL);
    }

    int bytes(long node) {
        return pages.getByte(node + UNITS) << UNIT_BITS;
    }

    /** Returns the node above, 0 for a root. */
    long parent(long node) {
        return Allocator.at(pages.getInt(node + PARENT));
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
    long firstAt(long node, int index) {
        int column = level(node) > 0 ? BODY
            : BODY + leafCapacity(node) * (KEY_BYTES - WORD_BYTES);
        return node + column + (long) index * WORD_BYTES;
    }

    private int leafCapacity(long leaf) {
        return (bytes(leaf) - BODY) / KEY_BYTES;
    }

    private static long refAt(long leaf, int index) {
        return leaf + BODY + (long) index * HALF_BYTES;
    }

    long upperAt(long leaf, int index) {
        return leaf + BODY + (long) (leafCapacity(leaf) + index) * HALF_BYTES;
    }

    private static long innerSecondAt(long inner, int index) {
        return inner + INNER_SECOND + (long) index * WORD_BYTES;
    }

    long first(long node, int index) {
        return pages.getLong(firstAt(node, index));
    }

    long second(long node, int index) {
        return level(node) > 0 ? pages.getLong(innerSecondAt(node, index))
            : (long) pages.getInt(upperAt(node, index)) << Integer.SIZE
                | pages.getInt(refAt(node, index)) & LOW_HALF;
    }

    int ref(long leaf, int index) {
        return pages.getInt(refAt(leaf, index));
    }

    /** Returns the index of the key with a reference in a leaf, or -1. */
    int find(long leaf, int ref) {
        int count = count(leaf);
        long wanted = ref & LOW_HALF | (long) ref << Integer.SIZE;
        // two at a time; behind an odd last one lies something else
        for (int i = 0; i < count; i += 2) {
            long differs = pages.getLong(refAt(leaf, i)) ^ wanted;
            if ((int) differs == 0) {
                return i;
            }
            if (differs >>> Integer.SIZE == 0 && i + 1 < count) {
                return i + 1;
            }
        }
        return -1;
    }

    /** Returns the index of a child in its parent, and notes it for the next time. */
    int indexOf(long parent, long child) {
        int ref = Allocator.ref(child);
        int count = count(parent);
        int slot = pages.getByte(child + SLOT);
        if (slot < count && pages.getInt(linkAt(parent, slot)) == ref) {
            return slot;
        }
        int index = 0;
        while (pages.getInt(linkAt(parent, index)) != ref) {
            index++;
            assert index < count : "not a child";
        }
        pages.putByte(child + SLOT, (byte) index);
        return index;
    }

    /** Returns the place in its parent that a node most likely has. */
    long likelyLink(long node) {
        return linkAt(parent(node), pages.getByte(node + SLOT));
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
        pages.putInt(child + PARENT, Allocator.ref(node));
        setBelow(node, index, below);
    }

    void setBelow(long node, int index, long below) {
        pages.putInt(linkAt(node, index) + LINK_COUNT, (int) below);
    }

    /** Adds to the count of a child in its parent; returns the parent. */
    long addBelow(long child, int change) {
        long parent = parent(child);
        long at = linkAt(parent, indexOf(parent, child)) + LINK_COUNT;
        pages.putInt(at, pages.getInt(at) + change);
        return parent;
    }

    /** Returns how many entries lie below the links before that of a child. */
    long belowBefore(long parent, long child) {
        int ref = Allocator.ref(child);
        long sum = 0;
        long at = linkAt(parent, 0);
        for (long link = pages.getLong(at); (int) link != ref; link = pages.getLong(at)) {
            sum += link >>> Integer.SIZE;
            at += LINK_BYTES;
            assert at < linkAt(parent, count(parent)) : "not a child";
        }
        return sum;
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
        if (level(from) > 0) {
            pages.copy(innerSecondAt(from, fromIndex), innerSecondAt(to, toIndex), bytes);
            pages.copy(linkAt(from, fromIndex), linkAt(to, toIndex), bytes);
        } else {
            pages.copy(refAt(from, fromIndex), refAt(to, toIndex), bytes / 2);
            pages.copy(upperAt(from, fromIndex), upperAt(to, toIndex), bytes / 2);
        }
        if (from != to) {
            tellWhere(to, toIndex, count);
        }
    }

    /** Tells those who came from another node where they are now. */
    private void tellWhere(long node, int from, int count) {
        int ref = Allocator.ref(node);
        if (level(node) > 0) {
            for (int i = from; i < from + count; i++) {
                pages.putInt(child(node, i) + PARENT, ref);
            }
        } else if (placement != null) {
            for (int i = from; i < from + count; i++) {
                placement.put(ref(node, i), ref);
            }
        }
    }

    void copyKey(long from, int fromIndex, long to, int toIndex) {
        putKey(to, toIndex, first(from, fromIndex), second(from, fromIndex));
    }

    /** Puts a key into a leaf that did not have it, at a place that is free. */
    void putNew(long leaf, int index, long[] key) {
        putKey(leaf, index, key[0], key[1]);
        if (placement != null) {
            placement.put((int) key[1], Allocator.ref(leaf));
        }
    }

    void putKey(long node, int index, long first, long second) {
        pages.putLong(firstAt(node, index), first);
        if (level(node) > 0) {
            pages.putLong(innerSecondAt(node, index), second);
        } else {
            pages.putInt(refAt(node, index), (int) second);
            pages.putInt(upperAt(node, index), (int) (second >>> Integer.SIZE));
        }
    }

    void getKey(long node, int index, long[] key) {
        key[0] = first(node, index);
        key[1] = second(node, index);
    }
}
