package io.laurel.gateway.tcp;

import java.util.Arrays;

/**
 * Where the applied events of a session stand in the log, until they are durable. Events that
 * follow one another in both are one run: a session that has the node for itself needs few of
 * them, however far the disk is behind.
 */
final class LogRuns {
    private static final int FIRST_ROOM = 16;

    /** Rings of the same size, a power of two: first seqNo, and what makes a sequence of one. */
    private long[] seqNos = new long[FIRST_ROOM];
    private long[] offsets = new long[FIRST_ROOM];
    private int head;
    private int count;

    /** Adds the next event; both numbers are greater than those before. */
    void add(long seqNo, long sequence) {
        final long offset = sequence - seqNo;
        if (count > 0 && offsets[place(count - 1)] == offset) {
            return;
        }
        if (count == seqNos.length) {
            grow();
        }
        seqNos[place(count)] = seqNo;
        offsets[place(count)] = offset;
        count++;
    }

    /**
     * Forgets what is durable.
     *
     * @param durableSequence last position of the log that is
     * @param last the last seqNo that was added
     * @return the last seqNo that is durable, where one that was not forgotten yet is; else less
     */
    long takeUpTo(long durableSequence, long last) {
        long durable = 0;
        while (count > 0) {
            final long end = count > 1 ? seqNos[place(1)] - 1 : last;
            final long reached = durableSequence - offsets[head];
            if (reached < end) {
                return reached < seqNos[head] ? durable : reached;
            }
            durable = end;
            head = place(1);
            count--;
        }
        return durable;
    }

    /** Returns how many runs are remembered. */
    int count() {
        return count;
    }

    private int place(int index) {
        return head + index & seqNos.length - 1;
    }

    private void grow() {
        seqNos = unrolled(seqNos);
        offsets = unrolled(offsets);
        head = 0;
    }

    private long[] unrolled(long[] ring) {
        final long[] larger = Arrays.copyOfRange(ring, head, head + 2 * ring.length);
        System.arraycopy(ring, 0, larger, ring.length - head, head);
        return larger;
    }
}
