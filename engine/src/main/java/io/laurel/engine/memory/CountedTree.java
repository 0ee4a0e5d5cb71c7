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
 * how many entries lie below each child, so rank and select take one way down, or up from an
 * entry that knows its leaf ({@link Placement}).
 */
public final class CountedTree {
    private final TreeNodes nodes;
    private final TreePath path;
    private final TreeBalance balance;
    private final Placement placement;

    /**
     * Serves trees whose last tie is decided by an order of references. Their entries are moved
     * and deleted by their keys.
     */
    public CountedTree(Allocator allocator, int store, RefOrder order) {
        this(allocator, store, order, null);
    }

    /** Serves trees whose entries know where they lie, and are moved and deleted by that. */
    public CountedTree(Allocator allocator, int store, RefOrder order, Placement placement) {
        nodes = new TreeNodes(allocator, store, placement);
        path = new TreePath(nodes, order);
        balance = new TreeBalance(nodes);
        this.placement = placement;
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
        putInto(leaf, position, key);
        path.addBelow(1);
        nodes.addSize(tree, 1);
    }

    private void putInto(long leaf, int position, long[] key) {
        int count = nodes.count(leaf);
        nodes.move(leaf, position, leaf, position + 1, count - position);
        nodes.putNew(leaf, position, key);
        nodes.setCount(leaf, count + 1);
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

    /**
     * Removes an entry that is in a tree and knows where.
     *
     * @throws IllegalStateException where it is not there
     */
    public void delete(long tree, int ref) {
        long leaf = Allocator.at(placement.get(ref));
        path.climb(tree, leaf, find(leaf, ref));
        deleteAtPath(tree);
        placement.put(ref, 0);
    }

    private void deleteAtPath(long tree) {
        takeFrom(path.leaf(), path.position());
        path.addBelow(-1);
        nodes.addSize(tree, -1);
        if (path.position() == 0 && nodes.count(path.leaf()) > 0) {
            path.spreadLeast();
        }
        balance.settle(tree, path);
    }

    private void takeFrom(long leaf, int position) {
        int count = nodes.count(leaf) - 1;
        nodes.move(leaf, position + 1, leaf, position, count - position);
        nodes.setCount(leaf, count);
    }

    /**
     * Puts a new key in the place of an old one.
     *
     * @throws IllegalStateException where the tree does not have the old key, or has the new one;
     *     in the second case the old key is gone
     */
    public void update(long tree, long[] oldKey, long[] newKey) {
        if (!delete(tree, oldKey)) {
            throw new IllegalStateException("the key is not in the tree");
        }
        insert(tree, newKey);
    }

    /** As the other one, where nothing is known beforehand. */
    public void move(long tree, long[] key) {
        move(tree, key, -1, null, Descents.NONE);
    }

    /**
     * Gives an entry that is in a tree, and knows where, another key: the low half of its word 1
     * is the entry's reference. Where it stays between the neighbours of its leaf, only that leaf
     * changes; what orders the entry itself is not asked for.
     *
     * @param guess where in its leaf the entry may be, -1 = no idea
     * @param descents that may have gone down to the key
     * @param way of the key among them, or {@link Descents#NONE}
     * @throws IllegalStateException where the entry is not in its leaf, or the tree has the key
     */
    public void move(long tree, long[] key, int guess, Descents descents, int way) {
        int ref = (int) key[1];
        long leaf = Allocator.at(placement.get(ref));
        int count = nodes.count(leaf);
        int from = guess >= 0 && guess < count && nodes.ref(leaf, guess) == ref ? guess
            : find(leaf, ref);
        // who is expected to leave asks the leaf of the way first: it has been brought near
        long target = way == Descents.NONE ? 0 : descents.leaf(way);
        int size = target == 0 || target == leaf ? 0 : nodes.count(target);
        int at = size == 0 ? 0 : path.lowerBound(target, key, 0, size);
        boolean leaves = at > 0 && at < size;
        if (leaves && moveAcross(leaf, count, from, target, at, key)) {
            return;
        }
        int to = leaves ? -1 : placeInLeaf(leaf, count, from, key);
        if (to >= 0) {
            moveInLeaf(leaf, from, to, key);
        } else {
            path.climb(tree, leaf, from);
            deleteAtPath(tree);
            insert(tree, key);
        }
    }

    private int find(long leaf, int ref) {
        int position = nodes.find(leaf, ref);
        if (position < 0) {
            throw new IllegalStateException("the entry is not in its leaf");
        }
        return position;
    }

    private void moveInLeaf(long leaf, int from, int to, long[] key) {
        if (to < from) {
            nodes.move(leaf, to, leaf, to + 1, from - to);
        } else if (to > from) {
            nodes.move(leaf, from + 1, leaf, from, to - from);
        }
        nodes.putKey(leaf, to, key[0], key[1]);
        if (to == 0 || from == 0) {
            spreadLeast(leaf);
        }
    }

    /**
     * Returns where in its leaf an entry goes with another key, or -1 where it may leave the leaf.
     */
    private int placeInLeaf(long leaf, int count, int from, long[] key) {
        if (from > 0 && path.compare(key, leaf, from - 1) < 0) {
            int to = path.lowerBound(leaf, key, 0, from - 1);
            return to > 0 || isBehind(key, nodes.previous(leaf)) ? to : -1;
        }
        if (from + 1 < count && path.compare(key, leaf, from + 1) > 0) {
            int to = path.lowerBound(leaf, key, from + 2, count) - 1;
            return to + 1 < count || isBefore(key, nodes.next(leaf)) ? to : -1;
        }
        if (from > 0 && from + 1 < count) {
            return from;
        }
        // who goes away from a neighbouring leaf need not look at it, which may be far
        int way = path.compareBits(key, leaf, from);
        return (from > 0 || way > 0 || isBehind(key, nodes.previous(leaf)))
            && (from + 1 < count || way < 0 || isBefore(key, nodes.next(leaf))) ? from : -1;
    }

    /** Tells the one ancestor that holds it about a new least key of a leaf. */
    private void spreadLeast(long leaf) {
        long node = leaf;
        for (long parent = nodes.parent(node); parent != 0; parent = nodes.parent(node)) {
            int index = nodes.indexOf(parent, node);
            if (index > 0) {
                nodes.copyKey(leaf, 0, parent, index);
                return;
            }
            node = parent;
        }
    }

    /** Returns whether a key comes behind all of a leaf, which may be none. */
    private boolean isBehind(long[] key, long leaf) {
        return leaf == 0 || path.compare(key, leaf, nodes.count(leaf) - 1) > 0;
    }

    private boolean isBefore(long[] key, long leaf) {
        return leaf == 0 || path.compare(key, leaf, 0) < 0;
    }

    /** Moves an entry to another leaf where that changes no node; returns whether it did. */
    private boolean moveAcross(long leaf, int count, int from, long target, int at, long[] key) {
        if (nodes.count(target) == nodes.capacity(target)
            || count <= nodes.capacity(leaf) / TreeBalance.MIN_FILL_PART) {
            return false;
        }
        takeFrom(leaf, from);
        if (from == 0) {
            spreadLeast(leaf);
        }
        putInto(target, at, key);
        long left = leaf;
        long right = target;
        while (left != right) {
            left = nodes.addBelow(left, -1);
            right = nodes.addBelow(right, 1);
        }
        return true;
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

    /** Returns how many keys come before an entry that is in a tree and knows where. */
    public long rank(int ref) {
        long node = Allocator.at(placement.get(ref));
        long rank = find(node, ref);
        for (long parent = nodes.parent(node); parent != 0; parent = nodes.parent(node)) {
            rank += nodes.belowBefore(parent, node);
            node = parent;
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

    /** Returns a way to go down to so many keys of these trees at once. */
    public Descents descents(int keys) {
        return new Descents(nodes, placement, keys);
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
        new TreeCheck(nodes, path, placement).checkAll(tree);
    }

    /**
     * Verifies the nodes on the way to a key and the neighbours of its leaf, whether the key is in
     * the tree or not. Cheap enough for after every operation.
     *
     * @throws IllegalStateException that names the first rule that is broken
     */
    public void checkNeighbourhood(long tree, long[] key) {
        new TreeCheck(nodes, path, placement).checkAround(tree, key);
    }
}
