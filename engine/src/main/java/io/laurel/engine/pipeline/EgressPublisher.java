package io.laurel.engine.pipeline;

import io.laurel.engine.port.ReplyHandler;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.ControlledMessageHandler;

/**
 * Stage 3: hands results and answers to the gateway, on its event loop, as far as the gate allows.
 * However often it is woken, at most one run of it waits in the event loop's queue.
 */
final class EgressPublisher implements Runnable {
    private static final int MAX_BURST = 4_096;

    private final OutputRing outputs;
    private final QueryDesk desk;
    private final ReleaseGate gate;
    private final Positions positions;
    private final ReplyHandler replies;
    private final Executor eventLoop;
    private final FailStop failStop;
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final ControlledMessageHandler onResult = this::onResult;
    private long released;
    private long delivered;
    private long reportedDurable;

    EgressPublisher(OutputRing outputs, QueryDesk desk, ReleaseGate gate, Positions positions,
        ReplyHandler replies, Executor eventLoop, FailStop failStop) {
        this.outputs = outputs;
        this.desk = desk;
        this.gate = gate;
        this.positions = positions;
        this.replies = replies;
        this.eventLoop = eventLoop;
        this.failStop = failStop;
        reportedDurable = positions.durable.get();
    }

    /** Has this run on the event loop soon; any thread. */
    void wake() {
        if (!scheduled.getAndSet(true)) {
            try {
                eventLoop.execute(this);
            } catch (RejectedExecutionException e) {
                failStop.fail(FailureKind.OTHER, positions.applied.get(), e);
            }
        }
    }

    @Override
    public void run() {
        scheduled.getAndSet(false);
        if (failStop.failed()) {
            return;
        }
        try {
            publish();
        } catch (RuntimeException | Error e) {
            // what the gateway has made of this burst is unknown, so nothing may follow it
            failStop.fail(FailureKind.OTHER, positions.applied.get(), e);
        }
    }

    private void publish() {
        // in this order: everything up to the gate is then covered by the mark reported
        released = gate.sequence();
        final long durable = positions.durable.get();
        final int results = outputs.read(onResult, MAX_BURST);
        final int answers = results < MAX_BURST ? desk.deliver(replies, released, failStop) : 0;
        if ((results + answers > 0 || durable != reportedDurable) && !failStop.failed()) {
            reportedDurable = durable;
            replies.onBatchEnd(durable);
        }
        if (results == MAX_BURST) {
            wake();
        }
    }

    private ControlledMessageHandler.Action onResult(int type, MutableDirectBuffer buffer,
        int at, int length) {
        final long sequence = buffer.getLong(at + OutputRing.SEQUENCE_OFFSET);
        if (sequence > released || failStop.failed()) {
            return ControlledMessageHandler.Action.ABORT;
        }
        delivered++;
        replies.onReply(buffer.getLong(at), sequence, buffer.getInt(at + OutputRing.CODE_OFFSET),
            buffer.getLong(at + OutputRing.VALUE_OFFSET));
        return ControlledMessageHandler.Action.CONTINUE;
    }

    /** Returns how many results were handed over; event loop. */
    long delivered() {
        return delivered;
    }
}
