package io.laurel.engine.memory;

/**
 * Knows in which leaf of a {@link CountedTree} each entry lies, so that an entry is found in its
 * tree without going down to it. It is kept with the entries, and is told whenever one moves to
 * another leaf.
 */
public interface Placement {
    /** Returns the leaf of an entry that is in a tree. */
    int get(int ref);

    /** Notes the leaf of an entry. */
    void put(int ref, int leaf);
}
