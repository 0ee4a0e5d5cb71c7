package io.laurel.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.SequenceBarrier;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

final class IdleBarrierTest {
    private static final int SLOTS = 8;

    private final RingBuffer<long[]> ring = RingBuffer.createSingleProducer(() -> new long[1],
        SLOTS, new ParkingWaitStrategy(0, 0));
    private final SequenceBarrier inner = ring.newBarrier();
    private int steps;

    @Test
    void shouldDoNothingElseWhereACommandWaits() throws Exception {
        ring.publish(ring.next());
        ring.publish(ring.next());
        assertEquals(1, new IdleBarrier(inner, () -> ++steps > 0).waitFor(0));
        assertEquals(0, steps);
    }

    @Test
    void shouldLookForACommandBehindEachStep() throws Exception {
        final IdleBarrier barrier = new IdleBarrier(inner, () -> {
            if (++steps == 3) {
                ring.publish(ring.next());
            }
            return true;
        });
        assertEquals(0, barrier.waitFor(0));
        assertEquals(3, steps);
    }

    @Test
    void shouldSleepWhereNothingIsLeftToDo()
        throws InterruptedException, ExecutionException, TimeoutException {
        final CompletableFuture<Void> through = new CompletableFuture<>();
        final IdleBarrier barrier = new IdleBarrier(inner, () -> {
            through.complete(null);
            return false;
        });
        final CompletableFuture<Long> seen = CompletableFuture.supplyAsync(() -> {
            try {
                return barrier.waitFor(0);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        through.get(10, TimeUnit.SECONDS);
        ring.publish(ring.next());
        assertEquals(0, seen.get(10, TimeUnit.SECONDS));
    }

    @Test
    void shouldEndWhereItIsToldToWhateverIsLeftToDo() {
        final IdleBarrier barrier = new IdleBarrier(inner, () -> {
            inner.alert();
            return ++steps < 1_000;
        });
        assertThrows(AlertException.class, () -> barrier.waitFor(0));
        assertEquals(1, steps);
    }
}
