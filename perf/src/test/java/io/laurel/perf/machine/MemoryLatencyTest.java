package io.laurel.perf.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class MemoryLatencyTest {
    private static final int LINES = MemoryLatency.BYTES / MemoryLatency.LINE_BYTES;

    @Test
    void shouldComeByEveryLineBeforeItIsBackAtTheFirst() {
        final MemoryLatency memory = new MemoryLatency();
        final boolean[] seen = new boolean[LINES];
        for (int i = 0; i < LINES; i++) {
            assertEquals(0, memory.place() % MemoryLatency.LINE_BYTES);
            final int line = memory.place() / MemoryLatency.LINE_BYTES;
            assertFalse(seen[line], "line " + line + " again after " + i);
            seen[line] = true;
            assertTrue(memory.measure(1) > 0);
        }
        assertEquals(0, memory.place());
    }
}
