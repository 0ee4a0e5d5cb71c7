package io.laurel.engine.port;

import io.laurel.engine.Engine;
import io.laurel.engine.intake.EventHashes;
import org.agrona.DirectBuffer;

/**
 * The state machine as pipeline and recovery see it: the engine, or a stand-in in tests. One
 * thread at a time; every method as in {@link Engine}.
 */
public interface CommandTarget {
    /** Returns the engine as a target. */
    static CommandTarget of(Engine engine) {
        return new EngineTarget(engine);
    }

    /** As {@link Engine#apply}; an exception of any kind is final for the node. */
    void apply(long sequence, long timeNs, int templateId, int version, int blockLength,
        DirectBuffer buffer, int offset, int length);

    /** As {@link Engine#beginLookahead}; whoever only stands between must pass it on. */
    default void beginLookahead() {
    }

    /** As {@link Engine#lookAhead}. */
    default boolean lookAhead(long sequence, int templateId, int version, int blockLength,
        DirectBuffer buffer, int offset, EventHashes known) {
        return false;
    }

    /** As the other one, where nothing is known. */
    default boolean lookAhead(long sequence, int templateId, int version, int blockLength,
        DirectBuffer buffer, int offset) {
        return lookAhead(sequence, templateId, version, blockLength, buffer, offset,
            EventHashes.UNKNOWN);
    }

    /** As {@link Engine#endLookahead}. */
    default void endLookahead() {
    }

    /** Returns the number of the last command's result. */
    int resultCode();

    /** Returns what goes with the last command's result. */
    long resultValue();

    /** Returns the sequence of the last command applied, 0 before Genesis. */
    long sequence();

    /** Returns the log time, ns since the Unix epoch. */
    long timeNs();

    /** Returns whether time comes from events; false before Genesis. */
    boolean eventClock();

    /** Returns when the next work is due, Long.MAX_VALUE where nothing is. */
    long nextDeadlineNs();

    /** Returns whether the state has room for events. */
    boolean hasRoom();

    /** Returns the hash over the whole state, 32 bytes. */
    byte[] stateRoot();

    /** Runs a read; an exception of any kind is final for the node. */
    void run(EngineQuery query);
}
