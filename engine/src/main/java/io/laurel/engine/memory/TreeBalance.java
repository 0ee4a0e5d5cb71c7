package io.laurel.engine.memory;

/**
 * Keeps the nodes of a {@link CountedTree} filled: a full node first shares with a neighbour under
 * the same parent and splits only where both are full too; a node under a quarter merges where the
 * two fit into three quarters of one, else the two share evenly. The gaps between those marks keep
 * a key that comes and goes from splitting and merging each time.
 */
final class TreeBalance {
    /** A node other than the root keeps at least capacity / this many entries. */
    static final int MIN_FILL_PART = 4;
    /** A neighbour takes part of a full node where this part of it is free. */
    private static final int SHARE_PART = 8;
    /** And at least so many, or an odd total would leave the full node full. */
    private static final int SHARE_MIN = 2;

    private final TreeNodes nodes;

    TreeBalance(TreeNodes nodes) {
        this.nodes = nodes;
    }

    /**
     * Takes one step towards room in the full node at a depth of the path, which is void then.
     * Called until the leaf has room, it ends: each step fills, splits or grows one node.
     */
    void makeRoom(long tree, TreePath path, int depth) {
        long node = path.node(depth);
        if (depth == 0) {
            growRoot(tree, node);
            return;
        }
        long parent = path.node(depth - 1);
        int index = path.index(depth - 1);
        int capacity = nodes.capacity(node);
        int shareable = capacity - Math.max(SHARE_MIN, capacity / SHARE_PART);
        if (index > 0 && nodes.count(nodes.child(parent, index - 1)) <= shareable) {
            shareEvenly(parent, index - 1);
        } else if (index + 1 < nodes.count(parent)
            && nodes.count(nodes.child(parent, index + 1)) <= shareable) {
            shareEvenly(parent, index);
        } else if (nodes.count(parent) == nodes.capacity(parent)) {
            makeRoom(tree, path, depth - 1);
        } else {
            split(tree, parent, index);
        }
    }

    private void growRoot(long tree, long root) {
        int bytes = nodes.bytes(root);
        if (nodes.level(root) == 0 && bytes < TreeNodes.LEAF_BYTES) {
            int larger = Math.min(TreeNodes.LEAF_BYTES, Allocator.sizeOf(bytes + 1));
            long node = nodes.allocateNode(tree, 0, larger);
            nodes.move(root, 0, node, 0, nodes.count(root));
            nodes.setCount(node, nodes.count(root));
            nodes.setRoot(tree, node);
            nodes.freeNode(tree, root);
            return;
        }
        long parent = nodes.allocateNode(tree, nodes.level(root) + 1, TreeNodes.INNER_BYTES);
        nodes.setLink(parent, 0, root, nodes.size(tree));
        nodes.setCount(parent, 1);
        nodes.setRoot(tree, parent);
        split(tree, parent, 0);
    }

    private void split(long tree, long parent, int index) {
        long left = nodes.child(parent, index);
        int level = nodes.level(left);
        long right = nodes.allocateNode(tree, level,
            level == 0 ? TreeNodes.LEAF_BYTES : TreeNodes.INNER_BYTES);
        if (level == 0) {
            nodes.join(right, nodes.next(left));
            nodes.join(left, right);
        }
        int count = nodes.count(parent);
        nodes.move(parent, index + 1, parent, index + 2, count - index - 1);
        nodes.setLink(parent, index + 1, right, 0);
        nodes.setCount(parent, count + 1);
        share(parent, index, nodes.count(left) / 2);
    }

    private void shareEvenly(long parent, int leftIndex) {
        int total = nodes.count(nodes.child(parent, leftIndex))
            + nodes.count(nodes.child(parent, leftIndex + 1));
        share(parent, leftIndex, total / 2);
    }

    /** Moves entries between two neighbours until the left one holds so many. */
    private void share(long parent, int leftIndex, int leftCount) {
        long left = nodes.child(parent, leftIndex);
        long right = nodes.child(parent, leftIndex + 1);
        int countLeft = nodes.count(left);
        int countRight = nodes.count(right);
        int toLeft = leftCount - countLeft;
        fillFirstKey(right, parent, leftIndex + 1);
        if (toLeft > 0) {
            nodes.move(right, 0, left, countLeft, toLeft);
            nodes.move(right, toLeft, right, 0, countRight - toLeft);
        } else {
            nodes.move(right, 0, right, -toLeft, countRight);
            nodes.move(left, leftCount, right, 0, -toLeft);
        }
        nodes.setCount(left, leftCount);
        nodes.setCount(right, countRight - toLeft);
        nodes.copyKey(right, 0, parent, leftIndex + 1);
        nodes.setBelow(parent, leftIndex, nodes.entries(left));
        nodes.setBelow(parent, leftIndex + 1, nodes.entries(right));
    }

    /** The first key of an inner node means nothing until its parent's separator fills it. */
    private void fillFirstKey(long right, long parent, int index) {
        if (nodes.level(right) > 0) {
            nodes.copyKey(parent, index, right, 0);
        }
    }

    /** Restores the fill of the path from the leaf up, after an entry has gone. */
    void settle(long tree, TreePath path) {
        for (int depth = path.depth(); depth > 0; depth--) {
            long node = path.node(depth);
            int capacity = nodes.capacity(node);
            if (nodes.count(node) >= capacity / MIN_FILL_PART) {
                return;
            }
            long parent = path.node(depth - 1);
            int leftIndex = Math.max(0, path.index(depth - 1) - 1);
            int total = nodes.count(nodes.child(parent, leftIndex))
                + nodes.count(nodes.child(parent, leftIndex + 1));
            if (total > capacity - capacity / MIN_FILL_PART) {
                shareEvenly(parent, leftIndex);
                return;
            }
            merge(tree, parent, leftIndex);
        }
        lowerRoot(tree);
    }

    private void merge(long tree, long parent, int leftIndex) {
        long left = nodes.child(parent, leftIndex);
        long right = nodes.child(parent, leftIndex + 1);
        int countLeft = nodes.count(left);
        int countRight = nodes.count(right);
        fillFirstKey(right, parent, leftIndex + 1);
        nodes.move(right, 0, left, countLeft, countRight);
        nodes.setCount(left, countLeft + countRight);
        if (nodes.level(left) == 0) {
            nodes.join(left, nodes.next(right));
        }
        nodes.setBelow(parent, leftIndex,
            nodes.below(parent, leftIndex) + nodes.below(parent, leftIndex + 1));
        int count = nodes.count(parent);
        nodes.move(parent, leftIndex + 2, parent, leftIndex + 1, count - leftIndex - 2);
        nodes.setCount(parent, count - 1);
        nodes.freeNode(tree, right);
    }

    private void lowerRoot(long tree) {
        long root = nodes.root(tree);
        while (nodes.level(root) > 0 && nodes.count(root) == 1) {
            long child = nodes.child(root, 0);
            nodes.setRoot(tree, child);
            nodes.freeNode(tree, root);
            root = child;
        }
    }
}
