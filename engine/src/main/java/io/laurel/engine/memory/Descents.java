package io.laurel.engine.memory;

/**
 * Goes down to many keys at once, one level of all trees after another, so that their nodes come
 * near together instead of one after the other. A key that stays between its entry's neighbours
 * goes nowhere: only the leaf of the entry is read. Follows what stands in the tree; where that is
 * equal the way is a guess. Who moves an entry in earnest verifies what was found; nothing depends
 * on it.
 */
public final class Descents {
    /** Stands for: no way is known. */
    public static final int NONE = -1;

    private final TreeNodes nodes;
    private final Placement placement;
    private final Touches touches;
    /** Per way its key, the node that it has come to, and where the entry lies now. */
    private final long[] word;
    private final long[] rest;
    private final long[] node;
    private final int[] position;
    private final long[] tree;
    /** The ways that are still going, and their links at this level. */
    private final int[] going;
    private final long[] link;
    private final boolean[] leavesBelow;
    private int ways;
    private int count;

    Descents(TreeNodes nodes, Placement placement, int capacity) {
        this.nodes = nodes;
        this.placement = placement;
        touches = new Touches(nodes.pages, capacity * TreeNodes.LEAF_BYTES / Pages.LINE_BYTES);
        word = new long[capacity];
        rest = new long[capacity];
        node = new long[capacity];
        position = new int[capacity];
        tree = new long[capacity];
        going = new int[capacity];
        link = new long[capacity];
        leavesBelow = new boolean[capacity];
    }

    /** Forgets all keys and ways. */
    public void clear() {
        ways = 0;
        nodes.freed.clear();
    }

    /**
     * Adds an entry that will get another key.
     *
     * @return the number of its way, {@link #NONE} where the capacity is reached
     */
    public int add(long ofTree, int ref) {
        if (ways == node.length) {
            return NONE;
        }
        tree[ways] = ofTree;
        node[ways] = Allocator.at(placement.get(ref));
        rest[ways] = ref;
        touches.add(node[ways], TreeNodes.REFS_BYTES);
        touches.add(node[ways] + TreeNodes.FIRSTS_AT, TreeNodes.FIRSTS_BYTES);
        return ways++;
    }

    /** Tells the key that an entry will get. */
    public void expect(int way, long[] key) {
        word[way] = key[0];
        rest[way] = key[1];
    }

    /** Brings the leaves near in which the entries lie; what comes back: {@link Touches#run}. */
    public long bringLeaves() {
        return touches.run();
    }

    /** Goes down to all keys that leave their leaves; what comes back: {@link Touches#run}. */
    public long run() {
        count = 0;
        for (int way = 0; way < ways; way++) {
            long leaf = node[way];
            boolean leaves = leaves(way);
            // of the column that no search reads
            touches.add(nodes.upperAt(leaf, position[way]));
            if (leaves) {
                touches.add(nodes.likelyLink(leaf));
                node[way] = nodes.root(tree[way]);
                going[count++] = way;
            } else {
                node[way] = 0;
            }
        }
        long sum = 0;
        while (count > 0) {
            stepDown();
            sum += touches.run();
        }
        return sum;
    }

    /** Returns whether a key belongs into another leaf than its entry is in, or may do so. */
    private boolean leaves(int way) {
        long leaf = node[way];
        int at = nodes.find(leaf, (int) rest[way]);
        position[way] = at;
        int last = nodes.count(leaf) - 1;
        return at < 0 || isBefore(way, leaf, 0) || !isBefore(way, leaf, last);
    }

    private boolean isBefore(int way, long leaf, int index) {
        long theirs = nodes.first(leaf, index);
        return word[way] != theirs ? Long.compareUnsigned(word[way], theirs) < 0
            : Long.compareUnsigned(rest[way], nodes.second(leaf, index)) < 0;
    }

    /** Puts the child on the way in the place of every inner node; who is at a leaf has arrived. */
    private void stepDown() {
        int left = 0;
        for (int i = 0; i < count; i++) {
            int way = going[i];
            long at = node[way];
            int level = nodes.level(at);
            if (level > 0) {
                leavesBelow[left] = level == 1;
                link[left] = TreeNodes.linkAt(at, nodes.childOf(at, word[way], rest[way]));
                going[left++] = way;
            }
        }
        count = left;
        // links lie apart from the words: to follow all of them at once lets their misses overlap
        for (int i = 0; i < count; i++) {
            node[going[i]] = nodes.linked(link[i]);
        }
        for (int i = 0; i < count; i++) {
            touches.add(node[going[i]],
                leavesBelow[i] ? TreeNodes.LEAF_BYTES : TreeNodes.SEARCHED_BYTES);
        }
    }

    /** Returns where in its leaf the entry of a way was. */
    public int position(int way) {
        return way == NONE ? -1 : position[way];
    }

    /** Returns the leaf that a way has led to, 0 where it led nowhere or the leaf may be gone. */
    long leaf(int way) {
        return nodes.freed.mayHold(node[way]) ? 0 : node[way];
    }
}
