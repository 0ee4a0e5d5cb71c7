package io.laurel.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import io.laurel.engine.port.ManualEventLoop;
import io.laurel.engine.port.RecordingReplies;
import org.junit.jupiter.api.Test;

/** When the event loop hears of a batch's results: woken, or when it has published next. */
class HandOverTest {
    private static final int SPINS = 10;
    private static final int YIELDS = 200;
    private static final int BRIEF = 5;
    private static final int LONG = 150;

    private final ManualEventLoop loop = new ManualEventLoop();
    private final RecordingReplies replies = new RecordingReplies();
    private final OutputRing outputs = new OutputRing(16);
    private final Positions positions = new Positions(0);
    private final EgressPublisher egress = new EgressPublisher(outputs, new QueryDesk(1),
        new ReleaseGate(AckMode.ACCEPTED, positions), positions, replies, loop,
        new FailStop(failure -> { }));
    private final HandOver handOver = new HandOver(egress, true);
    private final ParkingWaitStrategy strategy = new ParkingWaitStrategy(SPINS, YIELDS);
    private long batches;

    HandOverTest() {
        strategy.tell(handOver);
    }

    /** Waits for a batch that is there when the engine has looked so many times. */
    private void await(int looks) throws Exception {
        final Sequence comes = new Sequence() {
            private int left = looks;

            @Override
            public long get() {
                return left-- <= 0 ? 1 : 0;
            }
        };
        strategy.waitFor(1, comes, comes,
            RingBuffer.createSingleProducer(() -> new Object(), 2).newBarrier());
    }

    private void batch() {
        outputs.write(++batches, batches, 0, 0);
        positions.appended.set(batches);
        handOver.offer();
    }

    @Test
    void shouldWakeAtOnceWhereMoreIsThereAlready() throws Exception {
        await(BRIEF);
        batch();
        await(0);
        assertEquals(1, loop.runAll());
        assertEquals(1, replies.replies().size());
    }

    @Test
    void shouldLeaveResultsToTheTurnThatBringsTheNextCommands() throws Exception {
        await(BRIEF);
        batch();
        await(BRIEF);
        assertEquals(0, loop.runAll(), "nobody is woken");
        egress.runIfOwed();
        assertEquals(1, replies.replies().size());
        egress.runIfOwed();
        assertEquals(1, replies.batchEnds().size(), "once");
    }

    @Test
    void shouldWakeWhenTheNextCommandsAreOverdue() throws Exception {
        await(BRIEF);
        batch();
        await(LONG);
        assertEquals(1, loop.runAll());
        assertEquals(1, replies.replies().size());
        egress.runIfOwed();
        assertEquals(1, replies.batchEnds().size(), "nothing is owed any more");
    }

    @Test
    void shouldWakeWhenWhatCameNextWasNothingTheLoopLooksBehind() throws Exception {
        await(BRIEF);
        batch();
        await(BRIEF);
        assertEquals(0, loop.runAll(), "left to the next turn");
        await(BRIEF);
        assertEquals(1, loop.runAll(), "a doorbell came, and brought no turn");
        assertEquals(1, replies.replies().size());
    }

    @Test
    void shouldWakeAtOnceWhereCommandsAreRare() throws Exception {
        await(LONG);
        batch();
        await(BRIEF);
        assertEquals(1, loop.runAll());
    }

    @Test
    void shouldTakeAlongWhatTheLoopHasLookedForTooEarly() throws Exception {
        await(BRIEF);
        batch();
        egress.runIfOwed();
        assertEquals(0, replies.replies().size(), "not yet owed: the engine has not looked on");
        await(BRIEF);
        batch();
        await(0);
        assertEquals(1, loop.runAll());
        assertEquals(2, replies.replies().size());
    }

    @Test
    void shouldWakeWithEachOfferWhereNobodyTellsHowTheWaitingGoes() {
        final HandOver plain = new HandOver(egress, false);
        plain.offer();
        assertEquals(1, loop.runAll());
    }
}
