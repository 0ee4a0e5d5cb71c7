package io.laurel.engine.memory;

/** Orders two entries of a {@link CountedTree} whose keys are equal in everything else. */
public interface RefOrder {
    /**
     * Returns a negative number where the first comes first, a positive one where the second does;
     * never 0 for two different references of one tree.
     */
    int compare(int refA, int refB);
}
