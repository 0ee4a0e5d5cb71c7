package io.laurel.engine.pipeline;

import com.lmax.disruptor.Sequence;
import io.laurel.engine.Engine;
import io.laurel.engine.port.CommandTarget;
import io.laurel.engine.port.EngineGate;
import io.laurel.engine.port.EngineQuery;
import io.laurel.engine.port.IntakeState;
import io.laurel.engine.port.Journal;
import io.laurel.engine.port.ManualEventLoop;
import io.laurel.engine.port.ReplyHandler;
import io.laurel.engine.port.SnapshotSink;
import java.util.function.Function;
import org.agrona.DirectBuffer;

/**
 * The very stages of {@link EnginePipeline} on one thread, each step when the caller asks for it:
 * for simulations, and for tests of what must not happen before something else. Nothing happens by
 * itself.
 */
public final class SynchronousPipeline implements EngineGate {
    private final EnginePipeline pipeline;
    private final ManualEventLoop eventLoop;
    private final SharedHandler stages;
    private final Sequence handled = new Sequence();

    /** Over a target that stands at the end of the journal. */
    public SynchronousPipeline(PipelineConfig config, CommandTarget target, Journal journal,
        ReplyHandler replies) {
        this(new ManualEventLoop(), loop -> new EnginePipeline(config, target, journal, loop,
            replies, failure -> { }));
    }

    /** Over an engine that stands at the end of the journal; with images. */
    public SynchronousPipeline(PipelineConfig config, Engine engine, Journal journal,
        ReplyHandler replies, SnapshotSink images) {
        this(new ManualEventLoop(), loop -> new EnginePipeline(config, engine, journal, loop,
            replies, failure -> { }, images));
    }

    private SynchronousPipeline(ManualEventLoop eventLoop,
        Function<ManualEventLoop, EnginePipeline> made) {
        this.eventLoop = eventLoop;
        pipeline = made.apply(eventLoop);
        stages = new SharedHandler(pipeline.journalHandler, pipeline.engineHandler);
        pipeline.ring.addGatingSequences(handled);
        pipeline.publisher.open();
    }

    /**
     * Ends the turn of the event loop in which commands were published, then journals and applies
     * one batch of what waits in the ring.
     *
     * @param mostSlots bound of the batch, at most 1,024
     * @return how many slots it held
     */
    public int runBatch(int mostSlots) {
        pipeline.publisher.publishPending();
        final long first = handled.get() + 1;
        final long last = Math.min(pipeline.ring.getCursor(), first + mostSlots - 1);
        if (last < first || failure() != null) {
            return 0;
        }
        for (long at = first; at <= last; at++) {
            try {
                stages.onEvent(pipeline.ring.get(at), at, at == last);
            } catch (RuntimeException | Error e) {
                return fail(e, at);
            }
        }
        handled.set(last);
        return (int) (last - first + 1);
    }

    private int fail(Throwable e, long at) {
        try {
            pipeline.exceptionHandler.handleEventException(e, at, pipeline.ring.get(at));
        } catch (StageException expected) {
            return 0;
        }
        throw new AssertionError("the exception handler returned");
    }

    /** Forces what was appended, if there is anything new. Returns whether there was. */
    public boolean force() {
        return failure() == null
            && pipeline.positions.appended.get() > pipeline.positions.durable.get()
            && pipeline.forceHandler.forceOnce();
    }

    /** Runs what waits for the event loop. Returns whether there was anything. */
    public boolean egress() {
        return eventLoop.runAll() > 0;
    }

    /** Copies a step of an image, as while no command waits. Returns whether there is more. */
    public boolean idle() {
        return failure() == null && pipeline.snapshots.idle();
    }

    /** Does everything until nothing is left to do. */
    public void drain() {
        boolean busy = true;
        while (busy) {
            busy = runBatch(EngineHandler.MAX_BATCH) > 0;
            busy |= force();
            busy |= egress();
            busy |= idle();
        }
    }

    /** Returns how many slots the stages can see by now. */
    long published() {
        return pipeline.ring.getCursor() + 1;
    }

    /** As {@link EnginePipeline#tickIfDue}. */
    public boolean tickIfDue(long nowNs) {
        return pipeline.tickIfDue(nowNs);
    }

    /** Returns the failure, or null. */
    public PipelineFailure failure() {
        return pipeline.failure();
    }

    /** Returns the figures. */
    public PipelineStatus status() {
        return pipeline.status();
    }

    @Override
    public boolean tryPublish(int templateId, int blockLength, DirectBuffer buffer, int offset,
        int length, long token) {
        return pipeline.tryPublish(templateId, blockLength, buffer, offset, length, token);
    }

    @Override
    public boolean tryQuery(EngineQuery query) {
        return pipeline.tryQuery(query);
    }

    @Override
    public long remainingCapacity() {
        return pipeline.remainingCapacity();
    }

    @Override
    public IntakeState intakeState() {
        return pipeline.intakeState();
    }

    @Override
    public long durableSequence() {
        return pipeline.durableSequence();
    }
}
