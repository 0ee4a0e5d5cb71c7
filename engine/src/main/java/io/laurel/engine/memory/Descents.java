package io.laurel.engine.memory;

/**
 * Goes down to many keys at once, one level of all trees after another, so that their nodes come
 * near together instead of one after the other. Follows first words only, which is enough to touch
 * what an operation will need soon; nothing depends on where it ends.
 */
public final class Descents {
    private static final int LINE_BYTES = 64;

    private final TreeNodes nodes;
    private final Pages pages;
    private final long[] node;
    private final long[] word;
    private final long[] leaf;
    private int count;
    private int leaves;

    Descents(TreeNodes nodes, int capacity) {
        this.nodes = nodes;
        this.pages = nodes.pages;
        node = new long[capacity];
        word = new long[capacity];
        leaf = new long[capacity];
    }

    /** Adds a key by its first word; what is beyond the capacity is left out. */
    public void add(long tree, long firstWord) {
        long root = nodes.root(tree);
        if (root != 0 && count < node.length) {
            node[count] = root;
            word[count] = firstWord;
            count++;
        }
    }

    /** Goes down to all keys added and forgets them; what comes back is for {@link Pages#touch}. */
    public long run() {
        long sum = 0;
        leaves = 0;
        while (count > 0) {
            stepDown();
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
    private void stepDown() {
        int inner = 0;
        for (int i = 0; i < count; i++) {
            long at = node[i];
            int level = nodes.level(at);
            if (level > 0) {
                long child = nodes.child(at, nodes.countBefore(TreeNodes.firstAt(at, 1),
                    nodes.count(at) - 1, word[i]));
                if (level > 1) {
                    node[inner] = child;
                    word[inner] = word[i];
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
}
