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
    private int words;
    private boolean found;

    TreePath(TreeNodes nodes, RefOrder order) {
        this.nodes = nodes;
        this.pages = nodes.pages;
        this.order = order;
    }

    /** Goes down to the leaf of a key and to the first place there that is not before it. */
    void descend(long tree, long[] key) {
        words = nodes.words(tree);
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

    int words() {
        return words;
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
        long leastAt = TreeNodes.leafKeyAt(leaf(), words, 0);
        for (int d = depth - 1; d >= 0; d--) {
            if (index[d] > 0) {
                nodes.copyKey(leastAt, TreeNodes.innerKeyAt(node[d], words, index[d]), words);
                return;
            }
        }
    }

    /** Returns the place of the least key behind the leaf, or 0; it is in an ancestor. */
    long boundAt() {
        for (int d = depth - 1; d >= 0; d--) {
            if (index[d] + 1 < nodes.count(node[d])) {
                return TreeNodes.innerKeyAt(node[d], words, index[d] + 1);
            }
        }
        return 0;
    }

    private int childIndex(long inner, long[] key) {
        int low = 0;
        int high = nodes.count(inner) - 1;
        while (low < high) {
            int middle = low + high + 1 >>> 1;
            if (compare(key, TreeNodes.innerKeyAt(inner, words, middle), words) >= 0) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** Returns the first position from {@code from} to {@code to} whose key is not before this. */
    int lowerBound(long leaf, long[] key, int from, int to) {
        int low = from;
        int high = to;
        found = false;
        while (low < high) {
            int middle = low + high >>> 1;
            int compared = compare(key, TreeNodes.leafKeyAt(leaf, words, middle), words);
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

    /** Compares a key with the one at a place in rank order. */
    int compare(long[] key, long at, int wordCount) {
        int last = wordCount - 1;
        for (int i = 0; i < last; i++) {
            long theirs = pages.getLong(at + i * 8L);
            if (key[i] != theirs) {
                return Long.compareUnsigned(key[i], theirs);
            }
        }
        long ours = key[last];
        long theirs = pages.getLong(at + last * 8L);
        if (ours == theirs) {
            return 0;
        }
        int upper = Integer.compareUnsigned((int) (ours >>> Integer.SIZE),
            (int) (theirs >>> Integer.SIZE));
        return upper != 0 ? upper : order.compare((int) ours, (int) theirs);
    }
}
