package io.laurel.engine.derive;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What the reader remembers of the log that it has read: for each part of it a Bloom filter over
 * the rounds which some event in it may have closed. A part whose filter does not know a round need
 * not be read again for it; so rollbacks of rounds that were never played, of which there may be
 * any number, read the log once and not each time. A filter that is wrong (one in a hundred) costs
 * a reading and changes nothing. What is durable in the log never changes, so filters hold for
 * ever.
 * One thread.
 */
final class ClosingFilters {
    /** Ten bits a round and seven probes: about one in a hundred is found that is not there. */
    private static final int BITS_PER_ROUND = 10;
    private static final int PROBES = 7;

    private final int partSequences;
    private final long mostBytes;
    private final Map<Long, long[]> filters = new HashMap<>();
    private final Gathering tail = new Gathering();
    private long bytes;

    /** Takes what a reading of the log comes by. */
    final class Gathering {
        /** The part that is read through from its beginning, -1 = none. */
        private long part = -1;
        private long[] hashes = new long[64];
        private int count;
        private long lastSequence;

        private void beginAt(long sequence) {
            lastSequence = sequence - 1;
            count = 0;
            part = sequence == firstOf(partOf(sequence)) ? partOf(sequence) : -1;
        }

        /** An event was read that may close a round. */
        void onClosing(long hash) {
            if (part >= 0) {
                if (count == hashes.length) {
                    hashes = Arrays.copyOf(hashes, 2 * count);
                }
                hashes[count++] = hash;
            }
        }

        /** A record was read, whatever it is. */
        void onRead(long sequence) {
            lastSequence = sequence;
            if (sequence % partSequences == 0) {
                if (part >= 0) {
                    keep(part, hashes, count);
                }
                beginAt(sequence + 1);
            }
        }

        private boolean holds(long hash) {
            for (int i = 0; i < count; i++) {
                if (hashes[i] == hash) {
                    return true;
                }
            }
            return false;
        }
    }

    /**
     * Remembers nothing yet.
     *
     * @param partSequences commands of a part
     * @param mostBytes where all filters together would take more, later parts get none
     */
    ClosingFilters(int partSequences, long mostBytes) {
        this.partSequences = partSequences;
        this.mostBytes = mostBytes;
    }

    /** Returns the part in which a sequence lies. */
    long partOf(long sequence) {
        return (sequence - 1) / partSequences;
    }

    /** Returns the first sequence of a part. */
    long firstOf(long part) {
        return part * partSequences + 1;
    }

    /**
     * Returns what goes on at the end of all that was read, from one search to the next.
     *
     * @param first sequence with which the log begins
     */
    Gathering tail(long first) {
        if (tail.lastSequence < first - 1) {
            tail.beginAt(first);
        } else if (tail.lastSequence == 0) {
            tail.beginAt(1);
        }
        return tail;
    }

    /** Returns the last sequence that {@link #tail} has taken. */
    long tailSequence() {
        return tail.lastSequence;
    }

    /** Returns what takes a reading of an earlier place. */
    Gathering at(long sequence) {
        final Gathering gathering = new Gathering();
        gathering.beginAt(sequence);
        return gathering;
    }

    /** Returns whether a part may hold an event that closes a round; true where it is not known. */
    boolean mayHold(long part, long hash) {
        final long[] filter = filters.get(part);
        if (filter == null) {
            return part != tail.part || tail.holds(hash);
        }
        for (int i = 0; i < PROBES; i++) {
            final int bit = bit(filter, hash, i);
            if ((filter[bit >>> 6] & 1L << bit) == 0) {
                return false;
            }
        }
        return true;
    }

    private static int bit(long[] filter, long hash, int probe) {
        final long mixed = (hash + probe * (hash >>> 32 | 1)) * 0x9E37_79B9_7F4A_7C15L;
        return (int) Long.remainderUnsigned(mixed ^ mixed >>> 29, filter.length * 64L);
    }

    private void keep(long part, long[] hashes, int count) {
        final long[] filter = new long[count * BITS_PER_ROUND / 64 + 1];
        if (filters.containsKey(part) || bytes + filter.length * 8L > mostBytes) {
            return;
        }
        for (int i = 0; i < count; i++) {
            for (int probe = 0; probe < PROBES; probe++) {
                final int bit = bit(filter, hashes[i], probe);
                filter[bit >>> 6] |= 1L << bit;
            }
        }
        filters.put(part, filter);
        bytes += filter.length * 8L;
    }
}
