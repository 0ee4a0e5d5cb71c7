package io.laurel.engine.memory;

/**
 * Goes down to many keys at once, one level of all trees after another, so that their nodes come
 * near together instead of one after the other. Follows first words only. The ways are kept as
 * guesses for those who go down in earnest, who verify each step; nothing depends on them.
 */
public final class Descents {
    /** Stands for: no way is known. */
    public static final int NONE = -1;

    private static final int LINE_BYTES = 64;
    /** Of what is deeper no way is kept; a tree of 2^32 keys hardly is. */
    private static final int MAX_LEVELS = 8;

    private final TreeNodes nodes;
    private final Pages pages;
    private final int capacity;
    private final long[] node;
    private final long[] word;
    private final int[] way;
    private final long[] leaf;
    /** The inner nodes of all ways, level by level from the roots on, and the index in each. */
    private final long[] wayNode;
    private final byte[] wayIndex;
    private int ways;
    private int count;
    private int leaves;

    Descents(TreeNodes nodes, int capacity) {
        this.nodes = nodes;
        this.pages = nodes.pages;
        this.capacity = capacity;
        node = new long[capacity];
        word = new long[capacity];
        way = new int[capacity];
        leaf = new long[capacity];
        wayNode = new long[capacity * MAX_LEVELS];
        wayIndex = new byte[capacity * MAX_LEVELS];
    }

    /** Forgets all keys and ways. */
    public void clear() {
        count = 0;
        ways = 0;
    }

    /**
     * Adds a key by its first word.
     *
     * @return the number of its way, {@link #NONE} where the tree is empty or the capacity reached
     */
    public int add(long tree, long firstWord) {
        long root = nodes.root(tree);
        if (root == 0 || ways == capacity) {
            return NONE;
        }
        node[count] = root;
        word[count] = firstWord;
        way[count] = ways;
        count++;
        return ways++;
    }

    /** Goes down to all keys added since the last time; what comes back: {@link Pages#touch}. */
    public long run() {
        long sum = 0;
        leaves = 0;
        for (int depth = 0; count > 0; depth++) {
            stepDown(depth);
            for (int i = 0; i < count; i++) {
                sum += touchLines(node[i], TreeNodes.INNER_SEARCHED_BYTES);
            }
        }
        for (int i = 0; i < leaves; i++) {
            sum += touchLines(leaf[i], TreeNodes.LEAF_BYTES);
        }
        return sum;
    }

    /** Puts the child on the way in the place of every inner node, or among the leaves. */
    private void stepDown(int depth) {
        int inner = 0;
        for (int i = 0; i < count; i++) {
            long at = node[i];
            int level = nodes.level(at);
            if (level > 0) {
                int index = nodes.countBefore(TreeNodes.firstAt(at, 1), nodes.count(at) - 1,
                    word[i]);
                if (depth < MAX_LEVELS) {
                    wayNode[depth * capacity + way[i]] = at;
                    wayIndex[depth * capacity + way[i]] = (byte) index;
                }
                long child = nodes.child(at, index);
                if (level > 1) {
                    node[inner] = child;
                    word[inner] = word[i];
                    way[inner] = way[i];
                    inner++;
                } else {
                    leaf[leaves++] = child;
                }
            }
        }
        count = inner;
    }

    private long touchLines(long at, int bytes) {
        long sum = 0;
        for (int line = 0; line < bytes; line += LINE_BYTES) {
            sum += pages.getLong(at + line);
        }
        return sum;
    }

    /** Returns the index that a way took in an inner node, or -1 where it did not come by. */
    int index(int ofWay, int depth, long atNode) {
        return depth < MAX_LEVELS && wayNode[depth * capacity + ofWay] == atNode
            ? wayIndex[depth * capacity + ofWay] : -1;
    }
}
