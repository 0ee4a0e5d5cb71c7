package io.laurel.server;

import io.laurel.engine.ResultCode;
import io.laurel.engine.command.CommandWriter;
import io.laurel.engine.command.CommandWriter.Limits;
import io.laurel.engine.pipeline.EnginePipeline;
import io.laurel.engine.pipeline.FailureListener;
import io.laurel.engine.pipeline.PipelineConfig;
import io.laurel.engine.recovery.Progress;
import io.laurel.gateway.EventLoops;
import io.laurel.gateway.ReplyRouter;
import io.laurel.gateway.http.HttpLimits;
import io.laurel.gateway.http.HttpServer;
import io.laurel.gateway.http.HttpServices;
import io.laurel.gateway.http.HttpSettings;
import io.laurel.gateway.tcp.TcpServer;
import io.laurel.gateway.tcp.TcpSettings;
import io.laurel.journal.BackgroundThread;
import io.laurel.journal.ChronicleJournal;
import io.laurel.journal.DataDirectory;
import io.laurel.journal.JournalConfig;
import io.laurel.journal.JournalOpening;
import io.laurel.journal.PromptThreads;
import io.laurel.journal.ThreadCores;
import io.laurel.journal.checkpoint.SigningKey;
import io.laurel.journal.checkpoint.StoredCheckpoints;
import io.laurel.replay.CommandFailure;
import io.laurel.replay.ExitCode;
import io.laurel.server.config.LaurelConfig;
import io.laurel.snapshot.SnapshotDirectory;
import io.laurel.snapshot.SnapshotWriter;
import io.laurel.snapshot.SnapshotWriter.Beside;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A node, built in order and closed in reverse:
 *
 * <pre>
 *   data directory (lock) → snapshot → engine (log verified and replayed) → stored checkpoints
 *     → journal (append) → event loop → snapshot writer → checkpoints → pipeline
 *     → logged limits → ticks → HTTP → TCP → ready
 * </pre>
 */
public final class LaurelServer implements AutoCloseable {
    private static final long STEP_SECONDS = 60;
    private static final long NANOS_PER_MS = 1_000_000;
    private static final String GATEWAY_THREAD = "laurel-gateway";
    /** What a round passes through. */
    private static final List<String> PROMPT = List.of(GATEWAY_THREAD,
        EnginePipeline.JOURNAL_THREAD, EnginePipeline.ENGINE_THREAD, EnginePipeline.FORCE_THREAD);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final LaurelConfig config;
    private NodeCommands commands;
    private HttpServer http;
    private InetSocketAddress tcpAddress;
    private String ready;

    private LaurelServer(LaurelConfig config) {
        this.config = config;
    }

    /**
     * Builds a node and opens its doors.
     *
     * @param progress is told how far the replay has come
     * @param failures is told when the node stops for good; must end the process
     * @throws CommandFailure where the node cannot start, with the exit code for that
     */
    public static LaurelServer start(LaurelConfig config, StartOrder order, Progress progress,
        FailureListener failures) {
        final LaurelServer server = new LaurelServer(config);
        try {
            server.build(order, progress, failures);
            return server;
        } catch (Exception e) {
            server.abandon(e);
            throw CommandFailure.of(e);
        } catch (Error e) {
            // such as no more threads: what runs already would keep the process, and its directory
            server.abandon(e);
            throw e;
        }
    }

    private void build(StartOrder order, Progress progress, FailureListener failures)
        throws Exception {
        final long begun = System.nanoTime();
        final DataDirectory directory = keep(DataDirectory.open(config.data()));
        final JournalOpening opening = keep(JournalOpening.of(
            new JournalConfig(directory.journal(), config.journal().segmentBytes(),
                config.journal().lowSpaceBytes())));
        final SnapshotDirectory snapshots = SnapshotDirectory.open(directory.snapshots());
        final RecoveredState state =
            RecoveredState.recover(directory, snapshots, config, order.skip(), progress,
                opening::begin);
        keep(state.engine());
        final StoredCheckpoints signed = storedCheckpoints(directory);
        SkipOrder.prepare(state.report().skipToLog(), snapshots, signed);
        final ChronicleJournal journal = keep(opening.open(state.scan()));
        final long recoveredMs = (System.nanoTime() - begun) / NANOS_PER_MS;

        final EventLoopGroup group = EventLoops.one(GATEWAY_THREAD);
        keep(() -> group.shutdownGracefully(0, STEP_SECONDS, TimeUnit.SECONDS).sync());
        final EventLoop loop = group.next();
        final ReplyRouter router = new ReplyRouter();
        final PipelineConfig layout = PipelineConfig.defaults(config.eventClock())
            .with(config.threading(), config.waiting(), config.journal().ack());
        final NodeSnapshots.Told told = new NodeSnapshots.Told(
            config.journal().prune() ? journal : null);
        final SnapshotWriter writer = keep(new SnapshotWriter(snapshots,
            config.snapshot().keep(), state.snapshot(), SnapshotWriter.BYTES_PER_SECOND, told,
            new Beside(state.engine()::usedBytes, NodeMemory.ofImages(config.memory()),
                new BackgroundThread())));
        final NodeCheckpoints checkpoints = config.checkpoint().key() == null ? null
            : keep(new NodeCheckpoints(signed, config.checkpoint(),
                config.checkpoint().directory(directory.checkpoints()), writer::last));
        if (checkpoints != null) {
            told.keepBehind(checkpoints::savedSequence);
        }
        final EnginePipeline pipeline = keep(new EnginePipeline(layout, state.engine(), journal,
            loop, router, failures, writer));
        commands = new NodeCommands(loop, pipeline);
        router.register(ReplyRouter.NODE, commands);
        pipeline.start();

        // before anybody else may speak: the root of what was recovered, not of what came since
        final String recovered = logLimits(state, order) ? rootNow()
            : recovered(state.report().lastSequence(), state.report().stateRoot());
        if (checkpoints != null) {
            checkpoints.begin(pipeline, commands);
            keep(checkpoints::finishFacts);
        }
        final NodeSnapshots taking = keep(
            new NodeSnapshots(commands, pipeline, writer, told, journal::storageLow));
        keep(new NodeTimer(loop, pipeline, layout.wallClockNs(), new ScheduleExtension(commands),
            taking, config.snapshot().everyNs()));
        final NodeRebuilds rebuilds = keep(new NodeRebuilds(commands, directory.journal(),
            snapshots, state.engine().memoryBytes()));
        final NodeExplanations explanations = new NodeExplanations(directory.journal(),
            state.engine().memoryBytes(), NodeExplanations.Bounds.DEFAULT);
        open(loop, pipeline, router,
            new PipelineFigures.Beside(writer, checkpoints, rebuilds), explanations);
        BackgroundThread.lowerCompilers();
        PromptThreads.shorten(PROMPT);
        if (config.cores().engine() != LaurelConfig.CoresPart.ANY) {
            giveCore(config.cores().engine());
        }
        ready = "ready tcp=" + text(config.tcp(), tcpAddress) + " http="
            + text(config.http(), http.httpAddress()) + " admin="
            + text(config.admin(), http.adminAddress()) + recovered + " recovered_ms="
            + recoveredMs;
        taking.begin();
    }

    private String rootNow() throws Exception {
        final RootQuery root = commands.root().get(STEP_SECONDS, TimeUnit.SECONDS);
        return recovered(root.sequence(), root.root());
    }

    private static String recovered(long sequence, String root) {
        return " sequence=" + sequence + " state_root=" + root;
    }

    private static void giveCore(int core) {
        try {
            ThreadCores.give(EnginePipeline.ENGINE_THREAD,
                core == LaurelConfig.CoresPart.AUTO ? ThreadCores.quietest() : core);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.CORRUPT, "cores.engine: " + e.getMessage(), e);
        }
    }

    /** A log that contradicts what was signed must not go on; nothing was written yet. */
    private StoredCheckpoints storedCheckpoints(DataDirectory directory) throws IOException {
        final SigningKey key = config.checkpoint().key();
        return StoredCheckpoints.check(config.checkpoint().directory(directory.checkpoints()),
            directory.checkpoints().resolve("trees"), directory.journal(),
            key == null ? null : key.verifier());
    }

    /**
     * Brings the log to what operator and configuration say, before anybody else may speak.
     *
     * @return whether that took a command
     */
    private boolean logLimits(RecoveredState state, StartOrder order) throws Exception {
        boolean logged = false;
        if (state.report().skipToLog() != 0) {
            log("skip", writer -> writer.skip(state.report().skipToLog(),
                order.actor(), order.reason()));
            logged = true;
        }
        final Limits wanted = state.wanted(config);
        if (!state.logged().hasGenesis()) {
            final long seed = new SecureRandom().nextLong();
            log("Genesis", writer -> writer.genesis(wanted, config.eventClock(), seed));
            logged = true;
        } else if (!wanted.equals(state.logged().limits())) {
            log("limits",
                writer -> writer.setLimits(wanted, order.actor(), order.reason()));
            logged = true;
        }
        return logged;
    }

    private void log(String name, Consumer<CommandWriter> command) throws Exception {
        final NodeCommands.Reply reply =
            commands.send(command).get(STEP_SECONDS, TimeUnit.SECONDS);
        if (reply.code() != ResultCode.ACCEPTED.code()
            && reply.code() != ResultCode.DUPLICATE.code()) {
            throw new CommandFailure(ExitCode.CORRUPT, name + ": refused by the engine: "
                + ResultCode.of(reply.code()).token());
        }
    }

    private void open(EventLoop loop, EnginePipeline pipeline, ReplyRouter router,
        PipelineFigures.Beside beside, NodeExplanations explanations) throws Exception {
        final NodeKeys keys = new NodeKeys(config.keys());
        final TcpServer tcp = new TcpServer(loop, pipeline, router, keys.forSessions(),
            TcpSettings.defaults(), config.tcp().tls());
        final HttpServices services = new HttpServices(pipeline, router, keys,
            new NodeDocuments(), new PipelineFigures(pipeline, tcp.metrics(), beside),
            explanations);
        http = new HttpServer(loop,
            new HttpSettings(config.http().address(), config.admin().address(),
                HttpLimits.DEFAULT, config.http().tls(), config.admin().tls()), services);
        keep(() -> http.close().get(STEP_SECONDS, TimeUnit.SECONDS));
        // closed before the listeners, which wait for every answer
        keep(explanations);
        http.start().get(STEP_SECONDS, TimeUnit.SECONDS);
        keep(tcp);
        tcp.know(http.sources());
        tcpAddress = tcp.start(config.tcp().address());
    }

    private <T extends AutoCloseable> T keep(T part) {
        parts.push(part);
        return part;
    }

    /** Returns the line that says that the node is ready, and where. */
    public String readyLine() {
        return ready;
    }

    /** Returns where senders are listened to. */
    public InetSocketAddress tcpAddress() {
        return tcpAddress;
    }

    /** Returns where players are listened to. */
    public InetSocketAddress httpAddress() {
        return http.httpAddress();
    }

    /** Returns where operators are listened to. */
    public InetSocketAddress adminAddress() {
        return http.adminAddress();
    }

    /**
     * Takes no more events, works off and forces what was taken, answers it, takes a snapshot, and
     * lets go of the directory.
     *
     * @throws IllegalStateException for the first failure; what comes after it is closed all the
     *     same
     */
    @Override
    public void close() {
        IllegalStateException first = null;
        while (!parts.isEmpty()) {
            final AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (Exception e) {
                if (first == null) {
                    first = new IllegalStateException("not closed in order: " + e, e);
                } else {
                    first.addSuppressed(e);
                }
                if (part instanceof EnginePipeline pipeline && !pipeline.hasEnded()) {
                    // what is left is still in use: a restart reads it as after a kill
                    parts.clear();
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private void abandon(Throwable cause) {
        try {
            close();
        } catch (IllegalStateException e) {
            cause.addSuppressed(e);
        }
    }

    // the address as it was configured: what the socket calls 0.0.0.0 may be that of IPv6
    private static String text(LaurelConfig.Listener listener, InetSocketAddress bound) {
        final String host = listener.address().getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + bound.getPort();
    }
}
