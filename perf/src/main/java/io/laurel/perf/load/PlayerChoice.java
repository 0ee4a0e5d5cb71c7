package io.laurel.perf.load;

/** Chooses who plays next. */
@FunctionalInterface
public interface PlayerChoice {
    /** Returns a player's number, from 0 on. */
    long next(Mix mix);
}
