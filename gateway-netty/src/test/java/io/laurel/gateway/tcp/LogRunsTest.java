package io.laurel.gateway.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogRunsTest {
    private final LogRuns runs = new LogRuns();

    @Test
    void shouldTellNothingWhereNothingWasAdded() {
        assertEquals(0, runs.takeUpTo(Long.MAX_VALUE, 7));
        assertEquals(0, runs.count());
    }

    @Test
    void shouldTakeEventsThatFollowOneAnotherAsOne() {
        for (int i = 0; i < 100_000; i++) {
            runs.add(1 + i, 501 + i);
        }
        assertEquals(1, runs.count());
        assertEquals(0, runs.takeUpTo(500, 100_000));
        assertEquals(1, runs.takeUpTo(501, 100_000));
        assertEquals(40_000, runs.takeUpTo(40_500, 100_000));
        assertEquals(100_000, runs.takeUpTo(100_500, 100_000));
        assertEquals(0, runs.count());
    }

    @Test
    void shouldStopBetweenRuns() {
        runs.add(1, 10);
        runs.add(2, 11);
        runs.add(3, 20);
        assertEquals(2, runs.count());
        assertEquals(2, runs.takeUpTo(19, 3));
        assertEquals(1, runs.count());
        runs.add(4, 21);
        assertEquals(3, runs.takeUpTo(20, 4));
        assertEquals(4, runs.takeUpTo(21, 4));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldTellTheSameAsWhoRemembersEachEvent(int seed) {
        final Random random = new Random(seed);
        final long[] sequences = new long[20_001];
        long sequence = random.nextInt(1_000);
        long durable = 0;
        long most = 0;
        long mostForced = 0;
        for (int seqNo = 1; seqNo < sequences.length; seqNo++) {
            sequence += random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 1;
            sequences[seqNo] = sequence;
            runs.add(seqNo, sequence);
            most = Math.max(most, runs.count());
            if (random.nextInt(50 * seed) == 0) {
                final long forced = Math.max(mostForced, sequence - random.nextInt(100));
                durable = Math.max(durable, runs.takeUpTo(forced, seqNo));
                long expected = 0;
                while (expected < seqNo && sequences[(int) expected + 1] <= forced) {
                    expected++;
                }
                mostForced = forced;
                assertEquals(expected, durable, "event " + seqNo);
            }
        }
        assertTrue(most > 64, "grew to " + most);
        assertEquals(20_000, runs.takeUpTo(sequence, 20_000));
        assertEquals(0, runs.count());
    }
}
