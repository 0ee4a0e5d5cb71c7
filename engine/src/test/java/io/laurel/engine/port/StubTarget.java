package io.laurel.engine.port;

import io.laurel.engine.Engine;
import io.laurel.engine.intake.EventHashes;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;

/**
 * A state machine whose whole state is a hash over everything it was given, so that two runs agree
 * only if they saw the same commands in the same order at the same times.
 */
public final class StubTarget implements CommandTarget {
    private final boolean eventClock;
    private long sequence;
    private long timeNs;
    private long hash = 17;
    private long failAt;
    private long failLookAheadAt;
    private int slices;
    private Runnable onApplied = () -> { };
    private volatile long deadlineNs = Long.MAX_VALUE;
    private volatile boolean room = true;

    /** A fresh one in the given clock mode. */
    public StubTarget(boolean eventClock) {
        this.eventClock = eventClock;
    }

    @Override
    public void apply(long newSequence, long newTimeNs, int templateId, int version,
        int blockLength, DirectBuffer buffer, int offset, int length) {
        if (newSequence != sequence + 1 || newTimeNs < timeNs) {
            throw new IllegalStateException("command " + newSequence + " at " + newTimeNs
                + " behind " + sequence + " at " + timeNs);
        }
        mix(newSequence);
        mix(newTimeNs);
        mix(templateId);
        mix(blockLength);
        for (int i = 0; i < length; i++) {
            mix(buffer.getByte(offset + i));
        }
        if (newSequence == failAt) {
            throw new ArithmeticException("poisoned");
        }
        sequence = newSequence;
        timeNs = newTimeNs;
        if (deadlineNs <= newTimeNs && --slices <= 0) {
            deadlineNs = Long.MAX_VALUE;
        }
        onApplied.run();
    }

    private void mix(long value) {
        hash = (hash ^ value) * 0x9E3779B97F4A7C15L;
        hash ^= hash >>> 29;
    }

    /** The command of that sequence throws half-way; 0 = none does. */
    public StubTarget failAt(long newFailAt) {
        failAt = newFailAt;
        return this;
    }

    /** To look ahead at the command of that sequence throws; 0 = at none. */
    public StubTarget failLookAheadAt(long newFailLookAheadAt) {
        failLookAheadAt = newFailLookAheadAt;
        return this;
    }

    @Override
    public boolean lookAhead(long newSequence, int templateId, int version, int blockLength,
        DirectBuffer buffer, int offset, EventHashes known) {
        if (newSequence == failLookAheadAt) {
            throw new ArithmeticException("poisoned");
        }
        return true;
    }

    /** Sets what runs behind each command. */
    public void onApplied(Runnable newOnApplied) {
        onApplied = newOnApplied;
    }

    /** Sets when work is due, and how many commands it takes to do it. */
    public void dueWork(long newDeadlineNs, int newSlices) {
        deadlineNs = newDeadlineNs;
        slices = newSlices;
    }

    /** Sets whether there is room. */
    public void hasRoom(boolean newRoom) {
        room = newRoom;
    }

    /** Returns the state. */
    public long hash() {
        return hash;
    }

    @Override
    public int resultCode() {
        return (int) (hash & 15);
    }

    @Override
    public long resultValue() {
        return hash;
    }

    @Override
    public long sequence() {
        return sequence;
    }

    @Override
    public long timeNs() {
        return timeNs;
    }

    @Override
    public boolean eventClock() {
        return eventClock;
    }

    @Override
    public long nextDeadlineNs() {
        return deadlineNs;
    }

    @Override
    public boolean hasRoom() {
        return room;
    }

    @Override
    public byte[] stateRoot() {
        return ByteBuffer.allocate(32).putLong(hash).putLong(sequence).putLong(timeNs).array();
    }

    @Override
    public void run(EngineQuery query) {
        query.run(null);
    }

    /** A read of the sequence and the state. */
    public final class Probe implements EngineQuery {
        private long seen;
        private long seenHash;

        @Override
        public void run(Engine engine) {
            seen = StubTarget.this.sequence;
            seenHash = StubTarget.this.hash;
        }

        @Override
        public long sequence() {
            return seen;
        }

        /** Returns the state that was seen. */
        public long hash() {
            return seenHash;
        }
    }
}
