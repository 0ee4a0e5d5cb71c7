package io.laurel.engine.memory;

/** Orders two entries of a {@link CountedTree} whose keys are equal in everything else. */
@FunctionalInterface
public interface RefOrder {
    /**
     * Compares an entry with one in the tree.
     *
     * @param key as it was given to the tree; its reference is the low half of word 1, and behind
     *     word 1 it may hold whatever the order wants to know
     * @param ref reference of the entry in the tree
     */
    int compare(long[] key, int ref);
}
