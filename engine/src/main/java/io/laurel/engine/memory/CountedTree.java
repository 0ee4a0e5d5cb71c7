package io.laurel.engine.memory;

/**
 * Counted B+-trees in the region: ordered sets of keys that know the rank of every key. One object
 * serves all trees of one order; a tree itself is the place of its header. Node layout:
 * {@link TreeNodes}; fill rules: {@link TreeBalance}.
 *
 * <p>A key is an array whose first two longs, compared as unsigned, go into the tree. The low half
 * of word 1 is the reference of the entry; of that word the upper half is compared first, and only
 * keys that are equal in everything before are ordered by the {@link RefOrder}, which must not
 * change its mind while they are in the tree. Keys are whole in the leaves; an inner node knows
 * how many entries lie below each child, so rank and select take one way down.
 */
public final class CountedTree {
    private final TreeNodes nodes;
    private final TreePath path;
    private final TreeBalance balance;

    /** Serves trees whose last tie is decided by an order of references. */
    public CountedTree(Allocator allocator, int store, RefOrder order) {
        nodes = new TreeNodes(allocator, store);
        path = new TreePath(nodes, order);
        balance = new TreeBalance(nodes);
    }

    /**
     * Makes an empty tree of 32 bytes.
     *
     * @return the place of its header, which all other methods take
     */
    public long create() {
        return nodes.createTree();
    }

    /**
     * Adds a key.
     *
     * @throws IllegalStateException where the tree has it already
     */
    public void insert(long tree, long[] key) {
        if (nodes.root(tree) == 0) {
            nodes.setRoot(tree, nodes.allocateNode(tree, 0, TreeNodes.FIRST_LEAF_BYTES));
        }
        path.descend(tree, key);
        if (path.found()) {
            throw new IllegalStateException("the key is in the tree already");
        }
        while (nodes.count(path.leaf()) == nodes.capacity(path.leaf())) {
            balance.makeRoom(tree, path, path.depth());
            path.descend(tree, key);
        }
        long leaf = path.leaf();
        int position = path.position();
        int count = nodes.count(leaf);
        nodes.move(leaf, position, leaf, position + 1, count - position);
        nodes.putKey(leaf, position, key);
        nodes.setCount(leaf, count + 1);
        path.addBelow(1);
        nodes.addSize(tree, 1);
    }

    /** Removes a key; returns whether the tree had it. */
    public boolean delete(long tree, long[] key) {
        if (nodes.size(tree) == 0) {
            return false;
        }
        path.descend(tree, key);
        if (path.found()) {
            deleteAtPath(tree);
            return true;
        }
        return false;
    }

    private void deleteAtPath(long tree) {
        long leaf = path.leaf();
        int position = path.position();
        int count = nodes.count(leaf) - 1;
        nodes.move(leaf, position + 1, leaf, position, count - position);
        nodes.setCount(leaf, count);
        path.addBelow(-1);
        nodes.addSize(tree, -1);
        if (position == 0 && count > 0) {
            path.spreadLeast();
        }
        balance.settle(tree, path);
    }

    /**
     * As the other one.
     *
     * @param ways of descents of these trees
     * @param oldWay that may lead to the old key, or {@link Descents#NONE}
     * @param newWay that may lead to the new key, or {@link Descents#NONE}
     */
    public void update(long tree, long[] oldKey, long[] newKey, Descents ways, int oldWay,
        int newWay) {
        path.guess(ways, oldWay);
        if (!updateInLeaf(tree, oldKey, newKey)) {
            deleteAtPath(tree);
            path.guess(ways, newWay);
            insert(tree, newKey);
        }
    }

    /**
     * Puts a new key in the place of an old one. Where it stays between the neighbours of the
     * leaf, only that leaf changes.
     *
     * @throws IllegalStateException where the tree does not have the old key, or has the new one;
     *     in the second case the old key may be gone
     */
    public void update(long tree, long[] oldKey, long[] newKey) {
        update(tree, oldKey, newKey, null, Descents.NONE, Descents.NONE);
    }

    /** Returns false where nothing was done since the key leaves its leaf; the path leads there. */
    private boolean updateInLeaf(long tree, long[] oldKey, long[] newKey) {
        if (nodes.size(tree) != 0) {
            path.descend(tree, oldKey);
        }
        if (nodes.size(tree) == 0 || !path.found()) {
            throw new IllegalStateException("the key is not in the tree");
        }
        int from = path.position();
        long leaf = path.leaf();
        int direction = path.compare(newKey, leaf, from);
        if (direction == 0) {
            return true;
        }
        int to = direction < 0 ? positionBefore(leaf, newKey, from) : positionAfter(leaf, newKey,
            from);
        if (to < 0) {
            return false;
        }
        if (path.found()) {
            throw new IllegalStateException("the new key is in the tree already");
        }
        if (to < from) {
            nodes.move(leaf, to, leaf, to + 1, from - to);
        } else {
            nodes.move(leaf, from + 1, leaf, from, to - from);
        }
        nodes.putKey(leaf, to, newKey);
        if (to == 0 || from == 0) {
            path.spreadLeast();
        }
        return true;
    }

    /**
     * Returns where a key goes that moves forward in its leaf, or -1 where it may leave the leaf:
     * one before all others would fit as well, but to know it takes a look at the leaf before.
     */
    private int positionBefore(long leaf, long[] key, int from) {
        int to = path.lowerBound(leaf, key, 0, from);
        return to > 0 || nodes.previous(leaf) == 0 ? to : -1;
    }

    /** As {@link #positionBefore}, for one that moves back. */
    private int positionAfter(long leaf, long[] key, int from) {
        int count = nodes.count(leaf);
        int behind = path.lowerBound(leaf, key, from + 1, count);
        if (behind == count) {
            int boundDepth = path.boundDepth();
            if (boundDepth >= 0 && path.compareBound(key, boundDepth) >= 0) {
                return -1;
            }
        }
        return behind - 1;
    }

    /** Returns the number of keys. */
    public long size(long tree) {
        return nodes.size(tree);
    }

    /** Returns how many keys come before this one, which need not be in the tree. */
    public long rank(long tree, long[] key) {
        if (nodes.size(tree) == 0) {
            return 0;
        }
        path.descend(tree, key);
        long rank = path.position();
        for (int d = 0; d < path.depth(); d++) {
            rank += nodes.belowFirst(path.node(d), path.index(d));
        }
        return rank;
    }

    /** Returns whether the tree has this key. */
    public boolean contains(long tree, long[] key) {
        if (nodes.size(tree) == 0) {
            return false;
        }
        path.descend(tree, key);
        return path.found();
    }

    /** Goes to the key with so many keys before it; returns false where there is none. */
    public boolean select(long tree, long index, Cursor cursor) {
        if (index < 0 || index >= nodes.size(tree)) {
            return false;
        }
        long rest = index;
        long node = nodes.root(tree);
        while (nodes.level(node) > 0) {
            int child = 0;
            long below = nodes.below(node, 0);
            while (rest >= below) {
                rest -= below;
                child++;
                below = nodes.below(node, child);
            }
            node = nodes.child(node, child);
        }
        cursor.set(nodes, node, (int) rest);
        return true;
    }

    /** Goes to the first key; returns false where the tree is empty. */
    public boolean first(long tree, Cursor cursor) {
        return select(tree, 0, cursor);
    }

    /** Goes to the first key that is not before this one; returns false where there is none. */
    public boolean lowerBound(long tree, long[] key, Cursor cursor) {
        if (nodes.size(tree) == 0) {
            return false;
        }
        path.descend(tree, key);
        long leaf = path.leaf();
        int position = path.position();
        if (position == nodes.count(leaf)) {
            leaf = nodes.next(leaf);
            position = 0;
        }
        if (leaf == 0) {
            return false;
        }
        cursor.set(nodes, leaf, position);
        return true;
    }

    /** Returns a way to bring so many pairs of keys of these trees near at once. */
    public Descents descents(int pairs) {
        return new Descents(nodes, pairs);
    }

    /** Returns the bytes that the nodes of a tree take. */
    public long nodeBytes(long tree) {
        return nodes.nodeBytes(tree);
    }

    /**
     * Takes a tree down, up to {@code maxNodes} nodes per call. Nothing else may be called on it
     * once this has begun.
     *
     * @return whether all is gone, the header included
     */
    public boolean freeSlice(long tree, int maxNodes) {
        for (int left = maxNodes; nodes.root(tree) != 0; left--) {
            if (left <= 0) {
                return false;
            }
            long parent = 0;
            long node = nodes.root(tree);
            while (nodes.level(node) > 0 && nodes.count(node) > 0) {
                parent = node;
                node = nodes.child(node, nodes.count(node) - 1);
            }
            nodes.freeNode(tree, node);
            if (parent == 0) {
                nodes.setRoot(tree, 0);
            } else {
                nodes.setCount(parent, nodes.count(parent) - 1);
            }
        }
        nodes.freeTree(tree);
        return true;
    }

    /**
     * Verifies a whole tree: order, counts, separators, links, fill, bytes.
     *
     * @throws IllegalStateException that names the first rule that is broken
     */
    public void check(long tree) {
        new TreeCheck(nodes, path).checkAll(tree);
    }

    /**
     * Verifies the nodes on the way to a key and the neighbours of its leaf, whether the key is in
     * the tree or not. Cheap enough for after every operation.
     *
     * @throws IllegalStateException that names the first rule that is broken
     */
    public void checkNeighbourhood(long tree, long[] key) {
        new TreeCheck(nodes, path).checkAround(tree, key);
    }
}
