package io.laurel.engine.memory;

/** Verifies the invariants of a {@link CountedTree}; for tests and for operators, not hot. */
final class TreeCheck {
    private final TreeNodes nodes;
    private final TreePath path;
    private final Placement placement;
    private final long[] scratch = new long[2];
    private long lastLeaf;
    private long seenBytes;

    TreeCheck(TreeNodes nodes, TreePath path, Placement placement) {
        this.nodes = nodes;
        this.path = path;
        this.placement = placement;
    }

    void checkAll(long tree) {
        lastLeaf = 0;
        seenBytes = 0;
        long root = nodes.root(tree);
        long entries = root == 0 ? 0 : checkSubtree(root, nodes.level(root), 0);
        require(entries == nodes.size(tree), "size", tree);
        require(seenBytes == nodes.nodeBytes(tree), "node bytes", tree);
        require(lastLeaf == 0 || nodes.next(lastLeaf) == 0, "end of the leaves", lastLeaf);
    }

    private long checkSubtree(long node, int level, long parent) {
        require(nodes.level(node) == level, "level", node);
        require(nodes.parent(node) == parent, "parent", node);
        checkFill(node, parent == 0);
        checkOrder(node);
        seenBytes += nodes.bytes(node);
        int count = nodes.count(node);
        if (level == 0) {
            require(nodes.previous(node) == lastLeaf, "previous leaf", node);
            if (lastLeaf != 0) {
                checkBoundary(lastLeaf, node);
            }
            lastLeaf = node;
            checkPlaces(node);
            return count;
        }
        long entries = 0;
        for (int i = 0; i < count; i++) {
            long below = checkSubtree(nodes.child(node, i), level - 1, node);
            require(below == nodes.below(node, i), "count of a child", node);
            entries += below;
            checkSeparator(node, i);
        }
        return entries;
    }

    void checkAround(long tree, long[] key) {
        long root = nodes.root(tree);
        if (root == 0) {
            require(nodes.size(tree) == 0, "size without a root", tree);
            return;
        }
        require(nodes.entries(root) == nodes.size(tree), "size", tree);
        path.descend(tree, key);
        for (int d = 0; d <= path.depth(); d++) {
            long node = path.node(d);
            checkFill(node, d == 0);
            checkOrder(node);
            require(nodes.parent(node) == (d == 0 ? 0 : path.node(d - 1)), "parent", node);
            if (d < path.depth()) {
                int index = path.index(d);
                require(nodes.below(node, index) == nodes.entries(nodes.child(node, index)),
                    "count of a child", node);
                checkSeparator(node, index);
            }
        }
        long leaf = path.leaf();
        checkPlaces(leaf);
        if (nodes.previous(leaf) != 0) {
            checkBoundary(nodes.previous(leaf), leaf);
        }
        if (nodes.next(leaf) != 0) {
            checkBoundary(leaf, nodes.next(leaf));
        }
        checkBound(nodes.next(leaf), path.boundDepth());
    }

    private void checkPlaces(long leaf) {
        for (int i = 0; placement != null && i < nodes.count(leaf); i++) {
            require(placement.get(nodes.ref(leaf, i)) == Allocator.ref(leaf), "place", leaf);
        }
    }

    /** The leaf behind and the separator behind must agree on where the leaf ends. */
    private void checkBound(long nextLeaf, int boundDepth) {
        require(nextLeaf == 0 == (boundDepth < 0), "end of the leaves", nextLeaf);
        if (nextLeaf != 0) {
            checkSame(path.node(boundDepth), path.index(boundDepth) + 1, nextLeaf);
        }
    }

    private void checkFill(long node, boolean root) {
        int count = nodes.count(node);
        int capacity = nodes.capacity(node);
        require(count <= capacity, "too many entries", node);
        require(nodes.bytes(node) == (nodes.level(node) > 0 ? TreeNodes.INNER_BYTES
            : root ? nodes.bytes(node) : TreeNodes.LEAF_BYTES), "node bytes", node);
        if (root) {
            require(nodes.level(node) == 0 || count >= 2, "a root with one child", node);
        } else {
            require(count >= capacity / TreeBalance.MIN_FILL_PART, "fill", node);
        }
    }

    private void checkOrder(long node) {
        for (int i = nodes.level(node) == 0 ? 1 : 2; i < nodes.count(node); i++) {
            require(before(node, i - 1, node, i), "order", node);
        }
    }

    private void checkSeparator(long node, int index) {
        if (index == 0) {
            return;
        }
        long leftmost = nodes.child(node, index);
        while (nodes.level(leftmost) > 0) {
            leftmost = nodes.child(leftmost, 0);
        }
        checkSame(node, index, leftmost);
    }

    private void checkSame(long node, int index, long leaf) {
        require(nodes.first(node, index) == nodes.first(leaf, 0)
            && nodes.second(node, index) == nodes.second(leaf, 0), "separator", node);
    }

    private void checkBoundary(long left, long right) {
        require(nodes.next(left) == right && nodes.previous(right) == left, "leaf links", left);
        require(before(left, nodes.count(left) - 1, right, 0), "order of leaves", left);
    }

    private boolean before(long nodeA, int indexA, long nodeB, int indexB) {
        nodes.getKey(nodeA, indexA, scratch);
        return path.compare(scratch, nodeB, indexB) < 0;
    }

    private static void require(boolean holds, String rule, long at) {
        if (!holds) {
            throw new IllegalStateException("broken tree: " + rule + " at " + at);
        }
    }
}
