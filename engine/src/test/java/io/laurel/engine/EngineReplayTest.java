package io.laurel.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.LogTape.Entry;
import io.laurel.engine.LogTape.Result;
import io.laurel.engine.command.CommandWriter;
import io.laurel.engine.pipeline.Threading;
import io.laurel.engine.reference.Command;
import io.laurel.engine.reference.Command.Step;
import io.laurel.engine.reference.CommandEncoding;
import io.laurel.engine.reference.StreamGenerator;
import io.laurel.engine.rules.ContestDefinitionCodec;
import io.laurel.engine.rules.FxTableCodec;
import io.laurel.engine.state.State;
import java.io.IOException;
import java.lang.reflect.Field;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Live = replay: the same log gives the same state, byte for byte, wherever it is played. */
class EngineReplayTest {
    private static final long MEMORY_BYTES = 256L << 20;
    private static final int COMMANDS = 2_500;
    private static final int ROOT_EVERY = 250;

    /** Returns the stream of the first seed from some seed on with that clock. */
    static List<Step> stream(long fromSeed, boolean eventClock, int commands) {
        List<Step> steps = StreamGenerator.generate(fromSeed, commands);
        for (long seed = fromSeed + 1; ((Command.Genesis) steps.get(0).command()).eventClock()
            != eventClock; seed++) {
            steps = StreamGenerator.generate(seed, commands);
        }
        return steps;
    }

    /** Applies a stream as it comes and keeps the records and what they came to. */
    private static Result live(List<Step> steps, LogTape tape) {
        final CommandEncoding encoding =
            new CommandEncoding(ContestDefinitionCodec::encode, FxTableCodec::encode);
        try (Engine engine = new Engine(MEMORY_BYTES)) {
            final TreeMap<Long, String> roots = new TreeMap<>();
            for (final Step step : steps) {
                final CommandWriter writer = encoding.write(step.command());
                final byte[] body = new byte[writer.length()];
                writer.buffer().getBytes(0, body);
                final long sequence = tape.entries().size() + 1;
                engine.apply(sequence, step.timeNs(), writer.templateId(), 0,
                    writer.blockLength(), writer.buffer(), 0, writer.length());
                if (step.command() instanceof Command.RegisterSource source) {
                    encoding.registered(source.name(), (int) engine.resultValue());
                }
                tape.add(new Entry(sequence, step.timeNs(), writer.templateId(), 0,
                    writer.blockLength(), body));
                if (sequence % ROOT_EVERY == 0 || sequence == steps.size()) {
                    roots.put(sequence, LogTape.root(engine));
                }
            }
            return new Result(roots, LogTape.digests(engine));
        }
    }

    @ParameterizedTest
    @CsvSource({"1,false", "20,false", "1,true", "20,true"})
    void shouldComeToTheSameStateWhereverTheLogIsPlayed(long seed, boolean eventClock) {
        final LogTape tape = new LogTape();
        final Result live = live(stream(seed, eventClock, COMMANDS), tape);
        assertTrue(live.roots().size() >= COMMANDS / ROOT_EVERY);
        assertEquals(live.roots().size(), live.roots().values().stream().distinct().count(),
            "a root at another sequence is another one");
        assertTrue(live.digests().size() > 2);
        assertEquals(live, tape.play(MEMORY_BYTES, ROOT_EVERY), "the same region");
        assertEquals(live, tape.play(3 * MEMORY_BYTES, ROOT_EVERY), "a larger region");
        assertEquals(live, tape.play(MEMORY_BYTES / 2, ROOT_EVERY), "a smaller region");
        assertEquals(live, tape.playAhead(MEMORY_BYTES, ROOT_EVERY), "with a look ahead");
        assertEquals(live, CompletableFuture.supplyAsync(
            () -> tape.play(MEMORY_BYTES, ROOT_EVERY)).join(), "another thread");
    }

    @ParameterizedTest
    @ValueSource(longs = 3)
    void shouldComeToAnotherStateWhenOneCommandDiffers(long seed) {
        final LogTape tape = new LogTape();
        final Result live = live(stream(seed, false, COMMANDS), tape);
        final LogTape other = new LogTape();
        for (final Entry entry : tape.entries()) {
            // a nanosecond later, and nothing else
            other.add(entry.sequence() == COMMANDS ? new Entry(entry.sequence(),
                entry.timeNs() + 1, entry.templateId(), entry.version(), entry.blockLength(),
                entry.body()) : entry);
        }
        final Result played = other.play(MEMORY_BYTES, ROOT_EVERY);
        assertEquals(live.roots().headMap((long) COMMANDS),
            played.roots().headMap((long) COMMANDS));
        assertNotEquals(live.roots().get((long) COMMANDS), played.roots().get((long) COMMANDS));
    }

    @ParameterizedTest
    @ValueSource(longs = 4)
    void shouldHaveAnotherRootWhenAByteOfAPageFlips(long seed)
        throws ReflectiveOperationException {
        final LogTape tape = new LogTape();
        live(stream(seed, false, COMMANDS), tape);
        try (Engine engine = new Engine(MEMORY_BYTES)) {
            tape.entries().forEach(entry -> entry.applyTo(engine));
            final Field field = Engine.class.getDeclaredField("state");
            field.setAccessible(true);
            final State state = (State) field.get(engine);
            final byte[] root = engine.stateRoot();
            final long used = state.allocator().usedBytes();
            for (long at = used / 97; at < used; at += used / 61) {
                state.pages().putByte(at, (byte) (state.pages().getByte(at) ^ 1));
                assertNotEquals(LogTape.root(engine), HexFormat.of().formatHex(root),
                    "flipped at " + at);
                state.pages().putByte(at, (byte) (state.pages().getByte(at) ^ 1));
            }
            assertArrayEquals(root, engine.stateRoot());
        }
    }

    @ParameterizedTest
    @CsvSource({"7,false", "7,true"})
    void shouldReplayWhatThePipelineWroteHoweverThreadsAreLaidOut(long seed, boolean eventClock)
        throws IOException {
        final List<Step> steps = stream(seed, eventClock, 1_000);
        final PipelineRun shared = PipelineRun.of(steps, eventClock, Threading.SHARED);
        final PipelineRun dedicated = PipelineRun.of(steps, eventClock, Threading.DEDICATED);
        assertArrayEquals(shared.journal().bytes(), dedicated.journal().bytes());
        assertEquals(shared.root(), dedicated.root());
        for (final PipelineRun run : List.of(shared, dedicated)) {
            final LogTape tape = LogTape.of(run.journal().reader());
            assertEquals(steps.size(), tape.entries().size());
            final Result played = tape.play(2 * MEMORY_BYTES, steps.size());
            assertEquals(run.root(), played.roots().get((long) steps.size()));
            assertEquals(run.digests(), played.digests());
        }
        final LogTape direct = new LogTape();
        final Result live = live(steps, direct);
        assertEquals(live.roots().lastEntry().getValue(), shared.root(), "without a pipeline");
    }

    @ParameterizedTest
    @ValueSource(longs = 5)
    void shouldFailWhereALogDoesNotFollowOn(long seed) {
        final LogTape tape = new LogTape();
        live(stream(seed, false, 50), tape);
        tape.entries().remove(20);
        final CompletableFuture<Result> playing =
            CompletableFuture.supplyAsync(() -> tape.play(MEMORY_BYTES, ROOT_EVERY));
        final CompletionException failure = assertThrows(
            CompletionException.class, playing::join);
        assertEquals(IllegalStateException.class, failure.getCause().getClass());
    }
}
