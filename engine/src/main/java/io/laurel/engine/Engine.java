package io.laurel.engine;

import io.laurel.engine.query.EngineReads;
import org.agrona.DirectBuffer;

/**
 * The state machine: applies one command after another to off-heap state. One thread.
 */
public final class Engine implements AutoCloseable {
    /**
     * An engine before its Genesis.
     *
     * @param memoryBytes size of the state region; memory is taken as it is touched
     */
    public Engine(long memoryBytes) {
        throw new IllegalStateException("contract only: " + memoryBytes);
    }

    /**
     * Applies a command: first the work that is due at its time, then the command itself. The
     * outcome stands in {@link #resultCode()} and {@link #resultValue()} until the next call.
     *
     * @param sequence one more than that of the last command
     * @param timeNs log time, not less than that of the last command
     * @param templateId of the storage schema; an unknown one gives UNSUPPORTED
     * @param version of the storage schema
     * @param blockLength of the body
     * @param buffer holds the body
     * @param offset first byte of the body
     * @param length bytes of the body
     */
    public void apply(long sequence, long timeNs, int templateId, int version, int blockLength,
        DirectBuffer buffer, int offset, int length) {
        throw new IllegalStateException("contract only");
    }

    /** Returns the {@link ResultCode} number of the last command. */
    public int resultCode() {
        return 0;
    }

    /** Returns what goes with the result; see {@code ReplyHandler}. */
    public long resultValue() {
        return 0;
    }

    /** Returns the sequence of the last command applied, 0 before Genesis. */
    public long sequence() {
        return 0;
    }

    /** Returns the log time, ns since the Unix epoch. */
    public long timeNs() {
        return 0;
    }

    /** Returns whether time comes from events (fixed by Genesis). */
    public boolean eventClock() {
        return false;
    }

    /** Returns when the next work is due, Long.MAX_VALUE where nothing is. */
    public long nextDeadlineNs() {
        return 0;
    }

    /** Returns whether the state has room for events; below the high-water mark. */
    public boolean hasRoom() {
        return true;
    }

    /** Returns the hash over the whole state, 32 bytes. */
    public byte[] stateRoot() {
        return new byte[32];
    }

    /** Returns the digest over a contest's logical content in rank order, 32 bytes. */
    public byte[] contestDigest(String contest) {
        return new byte[32];
    }

    /** Returns the reads; for the engine's thread only. */
    public EngineReads reads() {
        return null;
    }

    @Override
    public void close() {
        // frees the region
    }
}
