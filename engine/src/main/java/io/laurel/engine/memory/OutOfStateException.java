package io.laurel.engine.memory;

/** The region has no room for an allocation. The engine asks for room before it changes state. */
public final class OutOfStateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says how much was asked for and how much the region holds. */
    public OutOfStateException(long wantedBytes, long freeBytes, long capacityBytes) {
        super("no room for " + wantedBytes + " bytes: " + freeBytes + " of " + capacityBytes
            + " bytes are free");
    }
}
