package io.laurel.engine.memory;

/** The way from the root of a {@link CountedTree} to a key, used again for every operation. */
final class TreePath {
    /** Even nodes filled to a quarter reach 2^32 entries within this. */
    private static final int MAX_DEPTH = 20;

    private final TreeNodes nodes;
    private final Pages pages;
    private final RefOrder order;
    private final long[] node = new long[MAX_DEPTH];
    private final int[] index = new int[MAX_DEPTH];
    private int depth;
    private boolean found;

    TreePath(TreeNodes nodes, RefOrder order) {
        this.nodes = nodes;
        this.pages = nodes.pages;
        this.order = order;
    }

    /** Goes down to the leaf of a key and to the first place there that is not before it. */
    void descend(long tree, long[] key) {
        depth = 0;
        long at = nodes.root(tree);
        while (nodes.level(at) > 0) {
            int child = childIndex(at, key);
            node[depth] = at;
            index[depth] = child;
            depth++;
            at = nodes.child(at, child);
        }
        node[depth] = at;
        index[depth] = lowerBound(at, key, 0, nodes.count(at));
    }

    /** Becomes the way to a place that is known, found from there upwards. */
    void climb(long tree, long leaf, int position) {
        depth = nodes.level(nodes.root(tree));
        node[depth] = leaf;
        index[depth] = position;
        for (int d = depth - 1; d >= 0; d--) {
            node[d] = nodes.parent(node[d + 1]);
            index[d] = nodes.indexOf(node[d], node[d + 1]);
        }
    }

    /** Returns the depth of the leaf; the root has depth 0. */
    int depth() {
        return depth;
    }

    long node(int atDepth) {
        return node[atDepth];
    }

    int index(int atDepth) {
        return index[atDepth];
    }

    long leaf() {
        return node[depth];
    }

    int position() {
        return index[depth];
    }

    /** Returns whether the key itself is at the position. */
    boolean found() {
        return found;
    }

    /** Adds to the counts of all ancestors of the leaf. */
    void addBelow(int change) {
        for (int d = 0; d < depth; d++) {
            nodes.setBelow(node[d], index[d], nodes.below(node[d], index[d]) + change);
        }
    }

    /** Tells the one ancestor that holds it about a new least key of the leaf. */
    void spreadLeast() {
        for (int d = depth - 1; d >= 0; d--) {
            if (index[d] > 0) {
                nodes.copyKey(leaf(), 0, node[d], index[d]);
                return;
            }
        }
    }

    /** Returns the depth of the ancestor with the least key behind the leaf, or -1. */
    int boundDepth() {
        int d = depth - 1;
        while (d >= 0 && index[d] + 1 == nodes.count(node[d])) {
            d--;
        }
        return d;
    }

    /** Compares a key with the least one behind the leaf, in rank order. */
    int compareBound(long[] key, int boundDepth) {
        return compare(key, node[boundDepth], index[boundDepth] + 1);
    }

    private int childIndex(long inner, long[] key) {
        int count = nodes.count(inner);
        int low = nodes.countBefore(nodes.firstAt(inner, 1), count - 1, key[0]);
        if (low + 1 == count || nodes.first(inner, low + 1) != key[0]) {
            return low;
        }
        int high = count - 1;
        while (low < high) {
            int middle = low + high + 1 >>> 1;
            if (compare(key, inner, middle) >= 0) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** Returns the first position from {@code from} to {@code to} whose key is not before this. */
    int lowerBound(long leaf, long[] key, int from, int to) {
        found = false;
        int low = from + nodes.countBefore(nodes.firstAt(leaf, from), to - from, key[0]);
        if (low == to || nodes.first(leaf, low) != key[0]) {
            return low;
        }
        int high = to;
        while (low < high) {
            int middle = low + high >>> 1;
            int compared = compare(key, leaf, middle);
            if (compared == 0) {
                found = true;
                return middle;
            }
            if (compared < 0) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** Compares a key with the one at an index of a node in rank order. */
    int compare(long[] key, long atNode, int atIndex) {
        int bits = compareBits(key, atNode, atIndex);
        return bits != 0 ? bits : order.compare(key, (int) nodes.second(atNode, atIndex));
    }

    /** Compares but what stands in the tree; 0 where the order of references would decide. */
    int compareBits(long[] key, long atNode, int atIndex) {
        long first = nodes.first(atNode, atIndex);
        return key[0] != first ? Long.compareUnsigned(key[0], first)
            : Integer.compareUnsigned((int) (key[1] >>> Integer.SIZE),
                (int) (nodes.second(atNode, atIndex) >>> Integer.SIZE));
    }
}
