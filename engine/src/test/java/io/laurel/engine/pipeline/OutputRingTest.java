package io.laurel.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.agrona.concurrent.ControlledMessageHandler.Action;
import org.junit.jupiter.api.Test;

class OutputRingTest {
    @Test
    void shouldHoldAsManyResultsAsPromisedFromAnyPosition() {
        for (int results = 1; results < 70; results++) {
            final OutputRing ring = new OutputRing(results);
            long written = 0;
            final long[] read = new long[1];
            for (int round = 0; round < 300; round++) {
                while (written - read[0] < results) {
                    written++;
                    ring.write(-written, written, (int) written, written << 1);
                }
                ring.read((type, buffer, at, length) -> {
                    read[0]++;
                    assertEquals(-read[0], buffer.getLong(at));
                    assertEquals(read[0], buffer.getLong(at + OutputRing.SEQUENCE_OFFSET));
                    assertEquals(read[0], buffer.getInt(at + OutputRing.CODE_OFFSET));
                    assertEquals(read[0] << 1, buffer.getLong(at + OutputRing.VALUE_OFFSET));
                    return Action.CONTINUE;
                }, 1 + round % 3);
            }
        }
    }

    @Test
    void shouldHandOverAllThatIsThereAcrossTheEndOfTheBuffer() {
        final OutputRing ring = new OutputRing(50);
        final long[] seen = new long[1];
        long written = 0;
        for (int round = 0; round < 500; round++) {
            final int some = 1 + round * 7 % 50;
            for (int i = 0; i < some; i++) {
                ring.write(1, ++written, 0, 0);
            }
            assertEquals(some, ring.read((type, buffer, at, length) -> {
                seen[0] = buffer.getLong(at + OutputRing.SEQUENCE_OFFSET);
                return Action.CONTINUE;
            }, Integer.MAX_VALUE));
            assertEquals(written, seen[0]);
        }
    }

    @Test
    void shouldKeepWhatTheHandlerDoesNotTake() {
        final OutputRing ring = new OutputRing(8);
        ring.write(1, 1, 0, 0);
        ring.write(2, 2, 0, 0);
        assertEquals(1, ring.read((type, buffer, at, length) ->
            buffer.getLong(at) == 1 ? Action.CONTINUE : Action.ABORT, 10));
        assertEquals(0, ring.read((type, buffer, at, length) -> Action.ABORT, 10));
        assertEquals(1, ring.read((type, buffer, at, length) -> Action.CONTINUE, 10));
    }
}
