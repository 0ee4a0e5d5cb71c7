package io.laurel.engine.pipeline;

import com.lmax.disruptor.RingBuffer;
import io.laurel.engine.command.Lookahead;
import io.laurel.engine.port.EngineQuery;
import io.laurel.engine.port.LogRecord;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.agrona.DirectBuffer;

/**
 * The way into the ring. Event loop only: the one producer. Everything that could fail is looked
 * at before a slot is claimed, and a claimed slot is published whatever happens, since one that is
 * not would stop every stage for ever.
 *
 * <p>Commands that come in together are published together: when the event loop is through with
 * what it is at, or when they are as many as the engine looks at at once. Each moment of publishing
 * may cost a wake-up there, and makes a batch of its own.
 */
final class CommandPublisher {
    /**
     * Slots kept free of commands: a tick and a doorbell that are waiting, and the ones before
     * them, already handled but not yet given back.
     */
    static final int INTERNAL_SLOTS = 4;

    /** As many as the engine looks ahead over. */
    private static final int MAX_PENDING = Lookahead.LIMIT;

    private static final long MAX_LARGE_BYTES = 64L << 20;
    private static final int U16_MAX = 0xFFFF;

    private final RingBuffer<CommandSlot> ring;
    private final EngineHandler engine;
    private final EgressPublisher egress;
    private final QueryDesk desk;
    private final FailStop failStop;
    private final Executor eventLoop;
    private final int maxReplies;
    private final Runnable onLoopTurn = this::onLoopTurn;
    private volatile boolean open;
    /** Slots that are claimed and filled and wait for the loop's turn to end. */
    private int pending;
    private long lastPending;
    private boolean turnAwaited;
    private long tokens;
    private long ticks;
    private long largeBytes;

    CommandPublisher(RingBuffer<CommandSlot> ring, EngineHandler engine, EgressPublisher egress,
        QueryDesk desk, FailStop failStop, Executor eventLoop, int maxReplies) {
        this.ring = ring;
        this.engine = engine;
        this.egress = egress;
        this.desk = desk;
        this.failStop = failStop;
        this.eventLoop = eventLoop;
        this.maxReplies = maxReplies;
    }

    /** Lets commands in; any thread. */
    void open() {
        open = true;
    }

    /** Lets nothing in any more; any thread. */
    void close() {
        open = false;
    }

    boolean tryPublish(int templateId, int blockLength, DirectBuffer buffer, int offset,
        int length, long token) {
        check(templateId, blockLength, length);
        buffer.boundsCheck(offset, length);
        if (!isOpen() || !ring.hasAvailableCapacity(1 + INTERNAL_SLOTS)
            || token != 0 && freeReplies() <= 0 || !hasRoomFor(length)) {
            return false;
        }
        final long at = ring.next();
        try {
            final CommandSlot slot = ring.get(at);
            slot.clear();
            slot.fillCommand(templateId, blockLength, buffer, offset, length, token);
            largeBytes += slot.isLarge() ? length : 0;
            tokens += token != 0 ? 1 : 0;
        } finally {
            lastPending = at;
            if (++pending == MAX_PENDING || !awaitTurn()) {
                publishPending();
            }
        }
        return true;
    }

    /** Returns whether the event loop will publish what is pending. */
    private boolean awaitTurn() {
        if (!turnAwaited) {
            try {
                turnAwaited = true;
                eventLoop.execute(onLoopTurn);
            } catch (RejectedExecutionException e) {
                turnAwaited = false;
            }
        }
        return turnAwaited || pending == 0;
    }

    private void onLoopTurn() {
        turnAwaited = false;
        publishPending();
    }

    /** Lets the stages see what was claimed. */
    void publishPending() {
        if (pending > 0) {
            pending = 0;
            ring.publish(lastPending);
        }
    }

    private static void check(int templateId, int blockLength, int length) {
        if (length < 0 || length > LogRecord.MAX_BODY_BYTES || blockLength < 0
            || blockLength > Math.min(length, U16_MAX) || templateId < 0
            || templateId > U16_MAX) {
            throw new IllegalArgumentException("template " + templateId + " with block of "
                + blockLength + " in body of " + length);
        }
    }

    private boolean hasRoomFor(int length) {
        if (length <= CommandSlot.INLINE_BYTES) {
            return true;
        }
        return largeBytes - engine.largeBytesDropped() + length <= MAX_LARGE_BYTES;
    }

    private long freeReplies() {
        return maxReplies - (tokens - egress.delivered());
    }

    boolean tryQuery(EngineQuery query) {
        if (!isOpen() || !desk.hasRoom()) {
            return false;
        }
        if (desk.put(query)) {
            publishInternal(CommandSlot.Kind.DOORBELL, 0, 0);
        }
        return true;
    }

    /** Publishes a tick unless one is still on its way. */
    boolean tryTick(CommandSlot.Kind kind, int templateId, int blockLength) {
        if (!isOpen() || ticks != engine.ticksApplied()) {
            return false;
        }
        ticks++;
        publishInternal(kind, templateId, blockLength);
        return true;
    }

    private void publishInternal(CommandSlot.Kind kind, int templateId, int blockLength) {
        final long at = ring.next();
        try {
            final CommandSlot slot = ring.get(at);
            slot.clear();
            slot.fillInternal(kind, templateId, blockLength);
        } finally {
            // what was claimed before it goes out with it
            pending = 0;
            ring.publish(at);
        }
    }

    long remainingCapacity() {
        final long slots = ring.remainingCapacity() - INTERNAL_SLOTS;
        return isOpen() ? Math.max(0, Math.min(slots, freeReplies())) : 0;
    }

    /** Returns how many commands and reads are without their reply. */
    long unanswered() {
        return tokens - egress.delivered() + desk.open();
    }

    boolean isOpen() {
        return open && !failStop.failed();
    }
}
