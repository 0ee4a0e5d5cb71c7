package io.laurel.engine.simulation;

import io.laurel.engine.command.CommandWriter;
import io.laurel.engine.pipeline.AckMode;
import io.laurel.engine.pipeline.FailureKind;
import io.laurel.engine.pipeline.PipelineConfig;
import io.laurel.engine.pipeline.SynchronousPipeline;
import io.laurel.engine.pipeline.Threading;
import io.laurel.engine.pipeline.WaitMode;
import io.laurel.engine.port.MemoryJournal;
import io.laurel.engine.port.RecordingReplies;
import io.laurel.engine.recovery.Progress;
import io.laurel.engine.recovery.Recovery;
import io.laurel.engine.reference.Command;
import io.laurel.engine.reference.Command.Genesis;
import io.laurel.engine.reference.Command.RegisterSource;
import io.laurel.engine.reference.Command.SendEvent;
import io.laurel.engine.reference.Command.Step;
import io.laurel.engine.reference.CommandEncoding;
import io.laurel.engine.reference.StreamGenerator;
import io.laurel.engine.rules.ContestDefinitionCodec;
import io.laurel.engine.rules.FxTableCodec;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** One life of a node under a seed. */
final class NodeSimulation {
    private static final List<String> SOURCES = List.of("provider-a", "provider-b");
    private static final int CLIENTS = 4;
    private static final int CRASH_EVERY = 150;

    private final Random random;
    private final CommandEncoding encoding =
        new CommandEncoding(ContestDefinitionCodec::encode, FxTableCodec::encode);
    private final Deque<Step> script;
    private final Genesis genesis;
    private final List<Logged> log = new ArrayList<>();
    private final Map<Long, String> promised = new HashMap<>();
    private final TreeMap<Long, String> roots = new TreeMap<>();
    private final List<SimulatedClient> clients = new ArrayList<>();
    private MemoryJournal journal = new MemoryJournal();
    private JudgedTarget target = new JudgedTarget(log);
    private SynchronousPipeline pipeline;
    private RecordingReplies replies;
    private int repliesSeen;
    private long token;
    private long wallNs;
    private long lastPromised;
    private int crashes;
    private int failures;

    NodeSimulation(long seed, int commands) {
        random = new Random(seed);
        script = new ArrayDeque<>(StreamGenerator.generate(seed, commands).stream()
            // the log of this node has no reader
            .filter(step -> !(step.command() instanceof Command.ReadLog)).toList());
        final Step first = script.poll();
        genesis = (Genesis) first.command();
        wallNs = first.timeNs();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(new SimulatedClient(i + 1, SOURCES.get(i % SOURCES.size()), this));
        }
    }

    /** Runs to the end of the script. */
    void run() throws IOException {
        begin();
        publish(genesis, 0, 0);
        SOURCES.forEach(source -> publish(new RegisterSource(source), 0, 0));
        pipeline.drain();
        for (int i = 0; i < SOURCES.size(); i++) {
            encoding.registered(SOURCES.get(i), (int) replies.replies().get(i + 1).value());
        }
        check();
        sowFaults();
        while (!script.isEmpty()) {
            step();
            check();
            if (pipeline.failure() != null || random.nextInt(CRASH_EVERY) == 0) {
                crash();
            }
        }
        crash();
        target.close();
    }

    /** A life without trouble would prove nothing. */
    void checkThatMuchHappened() {
        if (crashes < 2 || promised.size() < 50 || log.size() < promised.size()) {
            throw new AssertionError(log.size() + " commands, " + promised.size()
                + " promised, " + crashes + " crashes, " + failures + " faults");
        }
    }

    private void begin() {
        replies = new RecordingReplies();
        repliesSeen = 0;
        pipeline = new SynchronousPipeline(new PipelineConfig(Threading.SHARED, WaitMode.BLOCK,
            AckMode.DURABLE, genesis.eventClock(), 64, 40, 8, () -> wallNs), target, journal,
            replies);
    }

    private void sowFaults() {
        if (random.nextInt(3) == 0) {
            journal.failAppendAt(journal.lastAppendedSequence() + 1 + random.nextInt(300));
        } else if (random.nextInt(2) == 0) {
            journal.failForceAt(1 + random.nextInt(30));
        }
    }

    private void step() {
        final SimulatedClient client = clients.get(random.nextInt(CLIENTS));
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> readScript(1 + random.nextInt(6));
            case 3, 4, 5 -> {
                for (int i = random.nextInt(8); i >= 0; i--) {
                    client.send();
                }
            }
            case 6 -> client.repeat(random.nextInt());
            case 7 -> {
                if (random.nextInt(10) == 0) {
                    client.renew();
                } else {
                    client.skip();
                }
            }
            case 8, 9 -> pipeline.runBatch(1 + random.nextInt(30));
            case 10 -> pipeline.force();
            default -> {
                if (random.nextBoolean() && pipeline.tickIfDue(wallNs)) {
                    log.add(new Logged(new Command.Tick(), 0, 0, 0));
                }
                pipeline.egress();
            }
        }
    }

    private void readScript(int count) {
        for (int i = 0; i < count && !script.isEmpty(); i++) {
            final Step step = script.poll();
            wallNs = Math.max(wallNs, step.timeNs());
            if (step.command() instanceof SendEvent sent) {
                clients.get(Math.floorMod(sent.event().eventId().hashCode(), CLIENTS))
                    .give(sent.event());
            } else if (!(step.command() instanceof Command.OpenSession
                || step.command() instanceof RegisterSource
                || step.command() instanceof Command.RefuseEvent)) {
                publish(step.command(), 0, 0);
            }
        }
    }

    /** Offers a command to the ring. Returns whether it was taken. */
    boolean publish(Command command, long verId, long seqNo) {
        final CommandWriter writer = command instanceof SendEvent sent
            ? encoding.event(sent, verId, seqNo) : encoding.write(command);
        final boolean taken = pipeline.tryPublish(writer.templateId(), writer.blockLength(),
            writer.buffer(), 0, writer.length(), token + 1);
        if (taken) {
            token++;
            log.add(new Logged(command, token, verId, seqNo));
        }
        return taken;
    }

    private void check() {
        final long durable = journal.forcedSequence();
        for (; repliesSeen < replies.replies().size(); repliesSeen++) {
            final RecordingReplies.Reply reply = replies.replies().get(repliesSeen);
            final Logged logged = log.get((int) reply.sequence() - 1);
            if (reply.sequence() <= lastPromised || logged.token() != reply.token()) {
                throw new AssertionError("OneOrder: " + reply + " behind " + lastPromised
                    + " for " + logged);
            }
            if (reply.sequence() > durable) {
                throw new AssertionError("NoAckedLost: " + reply + " is on no disk yet");
            }
            lastPromised = reply.sequence();
            promised.put(lastPromised, target.outcome(lastPromised));
            // a message out of turn has changed nothing, and is no acknowledgement
            if (logged.command() instanceof SendEvent sent
                && !target.outcome(lastPromised).startsWith("session_")) {
                clients.get((int) sent.sessionId() - 1).onReply(logged);
            }
        }
        target.checkLedgerOfOutcomes();
        target.checkBoard(random.nextInt(1_000));
        if (random.nextInt(8) == 0) {
            roots.put(target.sequence(), target.root());
        }
    }

    /** Loses all that was not forced, and comes back. */
    private void crash() throws IOException {
        crashes++;
        if (pipeline.failure() != null) {
            failures++;
            if (pipeline.failure().kind() != FailureKind.JOURNAL) {
                throw new AssertionError("only the disk fails here: " + pipeline.failure());
            }
            if (publish(new Command.Tick(), 0, 0) || pipeline.runBatch(1) > 0
                || pipeline.force()) {
                throw new AssertionError("a failed node goes on");
            }
        }
        target.checkBoards();
        target.close();
        journal = journal.crash();
        final long left = journal.lastAppendedSequence();
        if (left < lastPromised) {
            throw new AssertionError("NoAckedLost: promised " + lastPromised + ", left " + left);
        }
        log.subList((int) left, log.size()).clear();
        roots.tailMap(left, false).clear();
        target = new JudgedTarget(log);
        Recovery.replay(journal.reader(), new RootedTarget(target, roots), Recovery.NO_SKIP,
            Progress.NONE);
        promised.forEach((sequence, outcome) -> {
            if (!outcome.equals(target.outcome(sequence))) {
                throw new AssertionError("ReplayEqualsLive: " + sequence + " was " + outcome
                    + ", now " + target.outcome(sequence));
            }
        });
        target.checkLedgerOfOutcomes();
        target.checkBoards();
        begin();
        sowFaults();
        for (int i = 0; i < CLIENTS; i++) {
            clients.get(i).onRestart(target.engine().reads().session(i + 1));
        }
    }
}
