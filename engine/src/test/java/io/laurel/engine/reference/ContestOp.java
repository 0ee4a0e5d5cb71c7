package io.laurel.engine.reference;

/** What an operator does with a contest. */
public enum ContestOp {
    /** Holds view and moves. */
    FREEZE,
    /** Lets go of them. */
    UNFREEZE,
    /** Ends it now. */
    FINALIZE,
    /** Calls it off. */
    CANCEL
}
