package io.laurel.engine.port;

/** Whether events are taken, and why not. */
public enum IntakeState {
    /** Events are taken. */
    OPEN,
    /** Disk space is low, or the journal takes nothing any more. */
    STORAGE_LOW,
    /** The memory of the state is used up. */
    CAPACITY
}
