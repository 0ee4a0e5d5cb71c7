package io.laurel.engine.memory;

/** The nodes that trees have given back lately: what was found out about them holds no more. */
final class FreedNodes {
    private static final int MOST = 64;

    private final long[] nodes = new long[MOST];
    private int count;

    /** Begins anew. */
    void clear() {
        count = 0;
    }

    void add(long node) {
        if (count < MOST) {
            nodes[count] = node;
        }
        count++;
    }

    /** Returns whether a node may be among them; of too many none is known. */
    boolean mayHold(long node) {
        if (count > MOST) {
            return true;
        }
        for (int i = 0; i < count; i++) {
            if (nodes[i] == node) {
                return true;
            }
        }
        return false;
    }
}
