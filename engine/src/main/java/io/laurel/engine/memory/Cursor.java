package io.laurel.engine.memory;

/**
 * A place in a {@link CountedTree}, to be used again for many reads. Any change of the tree makes
 * it void.
 */
public final class Cursor {
    private TreeNodes nodes;
    private long leaf;
    private int index;

    /** Puts the cursor on an entry of a leaf. */
    void set(TreeNodes ofNodes, long ofLeaf, int ofIndex) {
        nodes = ofNodes;
        leaf = ofLeaf;
        index = ofIndex;
    }

    /** Moves to the next entry in rank order; at the last one it stays and returns false. */
    public boolean next() {
        if (index + 1 < nodes.count(leaf)) {
            index++;
            return true;
        }
        long nextLeaf = nodes.next(leaf);
        if (nextLeaf == 0) {
            return false;
        }
        leaf = nextLeaf;
        index = 0;
        return true;
    }

    /** Moves to the entry before; at the first one it stays and returns false. */
    public boolean previous() {
        if (index > 0) {
            index--;
            return true;
        }
        long previousLeaf = nodes.previous(leaf);
        if (previousLeaf == 0) {
            return false;
        }
        leaf = previousLeaf;
        index = nodes.count(leaf) - 1;
        return true;
    }

    /** Returns the reference of the entry. */
    public int ref() {
        return (int) nodes.second(leaf, index);
    }

    /** Returns word 0 or 1 of the key of the entry. */
    public long word(int i) {
        assert i == 0 || i == 1 : "no word " + i;
        return i == 0 ? nodes.first(leaf, index) : nodes.second(leaf, index);
    }
}
