package io.laurel.engine.memory;

/**
 * Goes down to many pairs of keys at once, one level of all trees after another, so that their
 * nodes come near together instead of one after the other. The keys of a pair, the place of an
 * entry and the one where it will go, share their way as far as it is the same. Follows what stands
 * in the tree; where that is equal the way is a guess. All ways are kept for those who go down in
 * earnest, who verify each step; nothing depends on them.
 */
public final class Descents {
    /** Stands for: no way is known. */
    public static final int NONE = -1;

    /** Of what is deeper no way is kept; a tree of 2^32 keys hardly is. */
    private static final int MAX_LEVELS = 8;

    private final TreeNodes nodes;
    private final Touches touches;
    private final int capacity;
    /** Who goes down: where, to what word, as which way, and whether the way behind it as well. */
    private final long[] node;
    private final int[] way;
    private final boolean[] both;
    private final long[] word;
    private final long[] rest;
    private final long[] link;
    /** Who left a pair at this level. */
    private final long[] partedLink;
    private final int[] partedWay;
    /** The inner nodes of all ways, level by level from the roots on, and the index in each. */
    private final long[] wayNode;
    private final byte[] wayIndex;
    private int ways;
    private int count;
    private int parted;

    Descents(TreeNodes nodes, int pairs) {
        this.nodes = nodes;
        capacity = 2 * pairs;
        touches = new Touches(nodes.pages, capacity * TreeNodes.LEAF_BYTES / Pages.LINE_BYTES);
        node = new long[capacity];
        way = new int[capacity];
        both = new boolean[capacity];
        word = new long[capacity];
        rest = new long[capacity];
        link = new long[capacity];
        partedLink = new long[capacity];
        partedWay = new int[capacity];
        wayNode = new long[capacity * MAX_LEVELS];
        wayIndex = new byte[capacity * MAX_LEVELS];
    }

    /** Forgets all keys and ways. */
    public void clear() {
        count = 0;
        ways = 0;
    }

    /**
     * Adds a pair of keys.
     *
     * @return the number of the first one's way, {@link #NONE} where the tree is empty or the
     *     capacity reached
     */
    public int add(long tree, long[] first, long[] second) {
        long root = nodes.root(tree);
        if (root == 0 || ways == capacity) {
            return NONE;
        }
        node[count] = root;
        way[count] = ways;
        both[count] = true;
        count++;
        put(first);
        put(second);
        return ways - 2;
    }

    private void put(long[] key) {
        word[ways] = key[0];
        rest[ways] = key[1];
        ways++;
    }

    /** Returns the number of the way of the second key of a pair. */
    public static int second(int first) {
        return first == NONE ? NONE : first + 1;
    }

    /** Goes down to all keys added since the last time; what comes back: {@link Touches#run}. */
    public long run() {
        long sum = 0;
        for (int depth = 0; count > 0; depth++) {
            stepDown(depth);
            sum += touches.run();
        }
        return sum;
    }

    /** Puts the child on the way in the place of every inner node; who is at a leaf has arrived. */
    private void stepDown(int depth) {
        int going = 0;
        parted = 0;
        for (int i = 0; i < count; i++) {
            long at = node[i];
            if (nodes.level(at) > 0) {
                int first = way[i];
                int index = nodes.childOf(at, word[first], rest[first]);
                boolean together = both[i]
                    && nodes.isChildOf(at, index, word[first + 1], rest[first + 1]);
                note(depth, first, at, index);
                if (together) {
                    note(depth, first + 1, at, index);
                } else if (both[i]) {
                    part(depth, first + 1, at);
                }
                link[going] = TreeNodes.linkAt(at, index);
                way[going] = first;
                both[going] = together;
                going++;
            }
        }
        for (int i = 0; i < parted; i++) {
            link[going] = partedLink[i];
            way[going] = partedWay[i];
            both[going] = false;
            going++;
        }
        count = going;
        follow();
    }

    /** Links lie apart from the words: to follow all of them at once lets their misses overlap. */
    private void follow() {
        for (int i = 0; i < count; i++) {
            node[i] = nodes.linked(link[i]);
        }
        for (int i = 0; i < count; i++) {
            touches.add(node[i], TreeNodes.LEAF_BYTES);
        }
    }

    private void part(int depth, int ofWay, long at) {
        int index = nodes.childOf(at, word[ofWay], rest[ofWay]);
        note(depth, ofWay, at, index);
        partedLink[parted] = TreeNodes.linkAt(at, index);
        partedWay[parted] = ofWay;
        parted++;
    }

    private void note(int depth, int ofWay, long at, int index) {
        if (depth < MAX_LEVELS) {
            wayNode[depth * capacity + ofWay] = at;
            wayIndex[depth * capacity + ofWay] = (byte) index;
        }
    }

    /** Returns the index that a way took in an inner node, or -1 where it did not come by. */
    int index(int ofWay, int depth, long atNode) {
        return depth < MAX_LEVELS && wayNode[depth * capacity + ofWay] == atNode
            ? wayIndex[depth * capacity + ofWay] : -1;
    }
}
