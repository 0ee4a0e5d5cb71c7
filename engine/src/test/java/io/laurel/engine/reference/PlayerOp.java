package io.laurel.engine.reference;

/** What happens to a player in a contest. */
public enum PlayerOp {
    /** Takes part. */
    ENTER,
    /** Takes part no longer. */
    LEAVE,
    /** Out of sight. */
    FREEZE,
    /** Back in sight. */
    UNFREEZE,
    /** Out for good. */
    DISQUALIFY
}
