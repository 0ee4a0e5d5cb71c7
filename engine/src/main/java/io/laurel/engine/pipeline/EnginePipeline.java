package io.laurel.engine.pipeline;

import com.lmax.disruptor.BatchEventProcessor;
import com.lmax.disruptor.BatchEventProcessorBuilder;
import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.WaitStrategy;
import io.laurel.engine.Engine;
import io.laurel.engine.port.CommandTarget;
import io.laurel.engine.port.EngineGate;
import io.laurel.engine.port.EngineQuery;
import io.laurel.engine.port.IntakeState;
import io.laurel.engine.port.Journal;
import io.laurel.engine.port.ReplyHandler;
import io.laurel.engine.port.SnapshotSink;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.agrona.DirectBuffer;

/**
 * The ring and its stages.
 *
 * <pre>
 *  event loop                                                              event loop
 *  ──────────                                                              ──────────
 *  tryPublish ─┐             ring of slots                                  onReply
 *  tickIfDue ──┼─► CommandPublisher                                         onQuery
 *  tryQuery ───┘        │                                                   onBatchEnd
 *       │               ▼                                                       ▲
 *       │        1 JournalHandler   stamp, one block a batch                    │
 *       │               │      └──── appended ──► ForceHandler ── durable ──┐   │
 *       │               ▼                         (own thread)             ▼   │
 *       └─ reads ► 2 EngineHandler  apply, answer ──── results, answers ─► 3 EgressPublisher
 *                          └── SnapshotStage   images, a step at a time ─────► SnapshotSink
 * </pre>
 *
 * <p>Life: construct over a recovered engine, {@link #start}, and {@link #close} before engine and
 * journal are closed, which stay the caller's. The methods of {@link EngineGate} and {@link
 * #tickIfDue} belong to the event loop; the others to any thread but the event loop.
 */
public final class EnginePipeline implements EngineGate, AutoCloseable {
    /** Name of the thread that applies commands. */
    public static final String ENGINE_THREAD = "laurel-engine";
    /** Name of the thread that appends them, where it is not the same. */
    public static final String JOURNAL_THREAD = "laurel-journal";
    /** Name of the thread that makes them durable. */
    public static final String FORCE_THREAD = "laurel-force";

    /** Where nobody waits for the disk, it is not asked more often than this. */
    private static final long ACCEPTED_FORCE_NS = 4_000_000;

    private final PipelineConfig config;
    private final Journal journal;
    private final Executor eventLoop;
    private final WaitStrategy waitStrategy;
    private final List<BatchEventProcessor<CommandSlot>> processors = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private boolean started;
    private boolean closed;

    final RingBuffer<CommandSlot> ring;
    final Positions positions;
    final FailStop failStop;
    final FailStopExceptionHandler exceptionHandler;
    final JournalHandler journalHandler;
    final EngineHandler engineHandler;
    final ForceHandler forceHandler;
    final EgressPublisher egress;
    final CommandPublisher publisher;
    final SnapshotStage snapshots;
    private final Ticker ticker;

    /**
     * Lays the pipeline out behind what was recovered; nothing runs yet.
     *
     * @param config how
     * @param engine stands at the end of the log; the pipeline's from now on
     * @param journal its last appended sequence is the engine's sequence, and durable
     * @param eventLoop runs tasks one after another on the gateway's event loop
     * @param replies takes what is released
     * @param failures is told when the pipeline stops for good
     * @param images takes an image of the state behind each TakeSnapshot
     */
    public EnginePipeline(PipelineConfig config, Engine engine, Journal journal,
        Executor eventLoop, ReplyHandler replies, FailureListener failures, SnapshotSink images) {
        this(config, CommandTarget.of(engine), engine, journal, eventLoop, replies, failures,
            images);
    }

    /** As above, with anything that takes commands, and without images. */
    public EnginePipeline(PipelineConfig config, CommandTarget target, Journal journal,
        Executor eventLoop, ReplyHandler replies, FailureListener failures) {
        this(config, target, null, journal, eventLoop, replies, failures, SnapshotSink.NONE);
    }

    private EnginePipeline(PipelineConfig config, CommandTarget target, Engine engine,
        Journal journal, Executor eventLoop, ReplyHandler replies, FailureListener failures,
        SnapshotSink images) {
        check(config, target, journal);
        this.config = config;
        this.journal = journal;
        this.eventLoop = eventLoop;
        waitStrategy = config.waiting().strategy(config.ack());
        ring = RingBuffer.createSingleProducer(CommandSlot.factory(config.ringSlots()),
            config.ringSlots(), waitStrategy);
        positions = new Positions(target.sequence());
        failStop = new FailStop(failures);
        exceptionHandler = new FailStopExceptionHandler(failStop, positions);

        final ReleaseGate gate = new ReleaseGate(config.ack(), positions);
        final OutputRing outputs = new OutputRing(config.maxReplies());
        final QueryDesk desk = new QueryDesk(config.maxQueries());
        egress = new EgressPublisher(outputs, desk, gate, positions, replies, eventLoop, failStop);
        forceHandler = new ForceHandler(journal, positions, egress::wake, failStop,
            config.ack() == AckMode.ACCEPTED ? ACCEPTED_FORCE_NS : 0);
        journalHandler = new JournalHandler(journal,
            new LogClock(config.eventClock(), target.timeNs(), config.wallClockNs()), positions,
            forceHandler::wake);
        snapshots = new SnapshotStage(engine, images, positions);
        engineHandler = new EngineHandler(ring, target, positions, outputs, desk, gate,
            snapshots, egress::wake);
        publisher = new CommandPublisher(ring, engineHandler, egress, desk, failStop,
            eventLoop, config.maxReplies());
        ticker = new Ticker(publisher, engineHandler, positions, config.eventClock());
    }

    private static void check(PipelineConfig config, CommandTarget target, Journal journal) {
        if (journal.lastAppendedSequence() != target.sequence()) {
            throw new IllegalArgumentException("the engine stands at " + target.sequence()
                + ", the journal at " + journal.lastAppendedSequence());
        }
        if (target.sequence() > 0 && target.eventClock() != config.eventClock()) {
            throw new IllegalArgumentException("Genesis has another clock mode");
        }
    }

    /** Starts the threads and lets commands in. */
    public synchronized void start() {
        if (started || closed) {
            throw new IllegalStateException("started or closed before");
        }
        started = true;
        failStop.onFailure(this::halt);
        if (config.threading() == Threading.SHARED) {
            // 1 and 2: append the batch, then apply it
            addStage(ENGINE_THREAD, new IdleBarrier(ring.newBarrier(), snapshots::idle),
                new SharedHandler(journalHandler, engineHandler));
        } else {
            // 1: append the batch; 2: apply what is appended
            journalHandler.onBatchDone(waitStrategy::signalAllWhenBlocking);
            final BatchEventProcessor<CommandSlot> first =
                addStage(JOURNAL_THREAD, ring.newBarrier(), journalHandler);
            addStage(ENGINE_THREAD,
                new IdleBarrier(ring.newBarrier(first.getSequence()), snapshots::idle),
                engineHandler);
        }
        ring.addGatingSequences(processors.get(processors.size() - 1).getSequence());
        // beside: force what is appended; 3 runs on the event loop
        addThread(FORCE_THREAD, forceHandler);
        publisher.open();
        threads.forEach(Thread::start);
    }

    private BatchEventProcessor<CommandSlot> addStage(String name, SequenceBarrier barrier,
        EventHandler<CommandSlot> handler) {
        final BatchEventProcessor<CommandSlot> processor = new BatchEventProcessorBuilder()
            .setMaxBatchSize(EngineHandler.MAX_BATCH).build(ring, barrier, handler);
        processor.setExceptionHandler(exceptionHandler);
        processors.add(processor);
        addThread(name, processor);
        return processor;
    }

    private void addThread(String name, Runnable work) {
        final Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (RuntimeException | Error e) {
                // a failure of a stage is known by now, and then this changes nothing
                failStop.fail(FailureKind.OTHER, positions.applied.get(), e);
            }
        }, name);
        thread.setDaemon(true);
        threads.add(thread);
    }

    private void halt() {
        processors.forEach(BatchEventProcessor::halt);
        forceHandler.halt();
    }

    @Override
    public boolean tryPublish(int templateId, int blockLength, DirectBuffer buffer, int offset,
        int length, long token) {
        return publisher.tryPublish(templateId, blockLength, buffer, offset, length, token);
    }

    @Override
    public boolean tryQuery(EngineQuery query) {
        return publisher.tryQuery(query);
    }

    @Override
    public long remainingCapacity() {
        return publisher.remainingCapacity();
    }

    @Override
    public IntakeState intakeState() {
        if (!publisher.isOpen() || journal.storageLow()) {
            return IntakeState.STORAGE_LOW;
        }
        return engineHandler.hasRoom() ? IntakeState.OPEN : IntakeState.CAPACITY;
    }

    @Override
    public long durableSequence() {
        return positions.durable.get();
    }

    /**
     * Publishes a tick where work is due or the log wants a durable mark; to be called about
     * every 50 ms.
     *
     * @param nowNs wall time, ns since the Unix epoch
     * @return whether a tick was published
     */
    public boolean tickIfDue(long nowNs) {
        return ticker.tickIfDue(nowNs);
    }

    /** Returns the failure that stopped the pipeline, or null; any thread. */
    public PipelineFailure failure() {
        return failStop.failure();
    }

    /** Returns the figures; any thread. */
    public PipelineStatus status() {
        final long handled = ring.getMinimumGatingSequence();
        return new PipelineStatus(Math.max(0, ring.getCursor() - handled),
            ring.getBufferSize(), positions.appended.get(), positions.durable.get(),
            positions.applied.get(), engineHandler.appliedTimeNs(), journalHandler.blocks(),
            engineHandler.batches(), engineHandler.commands(), engineHandler.largestBatch(),
            forceHandler.forces(), forceHandler.histogram(),
            snapshots.imageBytes(), snapshots.images(), snapshots.longestSliceMicros(),
            snapshots.longestSliceCpuMicros(),
            intakeOpen(), failStop.failed());
    }

    /** Returns whether no thread of the pipeline can touch engine and journal any more. */
    public boolean hasEnded() {
        return threads.stream().noneMatch(Thread::isAlive);
    }

    /** Returns the threads, for what the machine knows of them. */
    List<Thread> threads() {
        return threads;
    }

    /**
     * Lets nothing in any more, works off what is in the ring, forces it, hands out what is left,
     * and ends the threads. Not for the event loop, which must be alive; bounded in time.
     *
     * @throws IllegalStateException where that did not come to its end; unless the pipeline {@link
     *     #hasEnded} all the same, engine and journal must stay open then
     */
    @Override
    public void close() {
        close(Shutdown.LIMIT_NS);
    }

    /** As above, within a time. */
    synchronized void close(long limitNs) {
        if (closed) {
            return;
        }
        closed = true;
        publisher.close();
        if (started) {
            new Shutdown(this, eventLoop, processors, threads, limitNs).run();
        }
    }
}
