package io.laurel.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.laurel.engine.command.CommandWriter;
import io.laurel.engine.memory.PageImage;
import io.laurel.engine.port.MemorySnapshots.Kept;
import io.laurel.engine.port.MemorySnapshots;
import io.laurel.engine.port.SnapshotFacts;
import io.laurel.engine.reference.Command.Step;
import io.laurel.engine.reference.Command;
import io.laurel.engine.reference.CommandEncoding;
import io.laurel.engine.reference.Outcome;
import io.laurel.engine.reference.ReferenceEngine.ContestView;
import io.laurel.engine.reference.Row;
import io.laurel.engine.reference.StreamComparison.Mismatch;
import io.laurel.engine.reference.StreamComparison;
import io.laurel.engine.reference.StreamGenerator;
import io.laurel.engine.rules.ContestDefinitionCodec;
import io.laurel.engine.rules.FxTableCodec;
import io.laurel.engine.scenario.EngineSubject;
import io.laurel.engine.scenario.ReferenceSubject;
import io.laurel.engine.scenario.Subject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An engine opened from a snapshot is the engine that the snapshot was taken of. */
final class EngineSnapshotTest {
    private static final long MEMORY_BYTES = 256L << 20;
    private static final int COMMANDS = 1_500;
    private static final int REOPEN_EVERY = 150;

    static List<Long> seeds() {
        return EngineEquivalenceTest.seeds();
    }

    /** A command as the log has it, and what the first engine made of it. */
    private record Logged(int template, int block, byte[] body, long timeNs, int code, long value,
        byte[] root) {
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldGoOnTheSameWayWhenOpenedFromAnImage(long seed) throws IOException {
        final SplittableRandom random = new SplittableRandom(seed);
        final MemorySnapshots snapshots = new MemorySnapshots();
        final List<Logged> log = new ArrayList<>();
        try (Engine engine = new Engine(MEMORY_BYTES)) {
            run(StreamGenerator.generate(seed, COMMANDS), engine, snapshots, log, random);
        }
        for (final Kept kept : snapshots.kept()) {
            try (Engine opened = Engine.open(kept, 0)) {
                final int from = (int) opened.sequence();
                assertEquals(kept.facts().sequence(), from);
                assertEquals(MEMORY_BYTES, opened.memoryBytes());
                for (int i = from; i < log.size(); i++) {
                    final Logged next = log.get(i);
                    // the root of the command before
                    assertRoot(log.get(i - 1), opened, seed);
                    opened.apply(i + 1, next.timeNs(), next.template(), 0, next.block(),
                        new UnsafeBuffer(next.body()), 0, next.body().length);
                    assertEquals(next.code(), opened.resultCode(), "seed " + seed + " at " + i);
                    assertEquals(next.value(), opened.resultValue(), "seed " + seed);
                }
                assertRoot(log.get(log.size() - 1), opened, seed);
            }
        }
    }

    private static void assertRoot(Logged logged, Engine engine, long seed) {
        if (logged.root() != null) {
            assertArrayEquals(logged.root(), engine.stateRoot(),
                "seed " + seed + " at " + engine.sequence());
        }
    }

    /**
     * Runs all steps and makes images meanwhile, some of them begun ahead of their cut; the root
     * stands beside some of the steps.
     */
    private static void run(List<Step> steps, Engine engine, MemorySnapshots snapshots,
        List<Logged> log, SplittableRandom random) {
        final CommandEncoding encoding =
            new CommandEncoding(ContestDefinitionCodec::encode, FxTableCodec::encode);
        boolean cutting = false;
        PageImage ahead = null;
        for (int i = 0; i < steps.size(); i++) {
            final Step step = steps.get(i);
            final CommandWriter writer = encoding.write(step.command());
            engine.apply(i + 1, step.timeNs(), writer.templateId(), 0, writer.blockLength(),
                writer.buffer(), 0, writer.length());
            if (step.command() instanceof Command.RegisterSource source) {
                encoding.registered(source.name(), (int) engine.resultValue());
            }
            final boolean begin = !cutting && (i == 0 || random.nextInt(250) == 0);
            final byte[] body = new byte[writer.length()];
            writer.buffer().getBytes(0, body);
            log.add(new Logged(writer.templateId(), writer.blockLength(), body, step.timeNs(),
                engine.resultCode(), engine.resultValue(),
                begin || i == steps.size() - 1 ? engine.stateRoot() : null));
            if (begin) {
                engine.images().begin(ahead == null ? new PageImage(engine.usedBytes()) : ahead);
                ahead = null;
                cutting = true;
            } else if (!cutting && ahead == null && random.nextInt(100) == 0) {
                ahead = new PageImage(engine.memoryBytes());
                engine.images().beginAhead(ahead);
            } else if (ahead != null) {
                engine.images().copyAhead(1 + random.nextInt(8));
            } else if (cutting && engine.images().copySlice(1 + random.nextInt(8))) {
                snapshots.take(engine.images().end(), engine::sequence);
                cutting = false;
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldAgreeWithTheReferenceWhenOpenedAnewAgainAndAgain(long seed) {
        final Supplier<StreamComparison> comparison = () -> new StreamComparison(
            new ReferenceSubject(), new Reopening(), seed);
        final List<Step> steps = StreamGenerator.generate(seed, COMMANDS);
        final Mismatch mismatch = comparison.get().run(steps);
        if (mismatch != null) {
            throw new AssertionError(StreamComparison.explain(seed, steps, mismatch, comparison));
        }
        assertNull(mismatch);
    }

    @Test
    void shouldRefuseBytesThatAreNotWhatTheSnapshotSays() throws IOException {
        final MemorySnapshots snapshots = new MemorySnapshots();
        try (Engine engine = new Engine(MEMORY_BYTES)) {
            run(StreamGenerator.generate(1, 20), engine, snapshots, new ArrayList<>(),
                new SplittableRandom(1));
        }
        final Kept good = snapshots.last();
        final SnapshotFacts facts = good.facts();
        Engine.open(good, 0).close();
        final Kept other = new Kept(new SnapshotFacts(facts.layoutVersion(),
            facts.behaviourVersion(), facts.eventClock(), facts.hashSeed(), facts.sequence() + 1,
            facts.timeNs(), facts.usedBytes(), facts.regionBytes()), good.bytes());
        assertThrows(IOException.class, () -> Engine.open(other, 0));
        final Kept nothing = new Kept(facts, new byte[good.bytes().length]);
        assertThrows(IllegalStateException.class, () -> Engine.open(nothing, 0));
    }

    /** Closes its engine now and then and goes on with one that was opened from an image. */
    private static final class Reopening implements Subject {
        private final EngineSubject subject = new EngineSubject();

        @Override
        public Outcome apply(long sequence, Step step) {
            if (sequence > 1 && sequence % REOPEN_EVERY == 0) {
                subject.reopen(Reopening::reopened);
            }
            return subject.apply(sequence, step);
        }

        private static Engine reopened(Engine engine) {
            final MemorySnapshots snapshots = new MemorySnapshots();
            try (engine) {
                engine.images().begin();
                engine.images().copySlice(Integer.MAX_VALUE);
                snapshots.take(engine.images().end(), engine::sequence);
                return Engine.open(snapshots.last(), 0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public List<String> contests() {
            return subject.contests();
        }

        @Override
        public List<Row> board(String contest, String partition) {
            return subject.board(contest, partition);
        }

        @Override
        public ContestView contest(String id) {
            return subject.contest(id);
        }

        @Override
        public Map<String, Map<String, Long>> outcomes() {
            return subject.outcomes();
        }

        @Override
        public long discardedRounds() {
            return subject.discardedRounds();
        }

        @Override
        public void close() {
            subject.close();
        }
    }
}
