package io.laurel.engine.derive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.ContestDefinitions;
import io.laurel.engine.Engine;
import io.laurel.engine.ResultCode;
import io.laurel.engine.command.CommandWriter;
import io.laurel.engine.pipeline.BlockWriter;
import io.laurel.engine.port.JournalReader;
import io.laurel.engine.port.MemoryJournal;
import io.laurel.engine.port.MemorySnapshots;
import io.laurel.engine.port.MemorySnapshots.Kept;
import io.laurel.engine.query.EntryInfo;
import io.laurel.engine.reference.Command;
import io.laurel.engine.reference.CommandEncoding;
import io.laurel.engine.reference.Event;
import io.laurel.engine.reference.Limits;
import io.laurel.engine.rules.ContestDefinitionCodec;
import io.laurel.engine.rules.Document;
import io.laurel.engine.rules.Documents;
import io.laurel.engine.rules.FxTableCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rollbacks of closed rounds where older segments of the log are gone. */
final class PrunedLogTest {
    private static final long MEMORY_BYTES = 64L << 20;
    private static final long START_NS = ContestDefinitions.START_NS;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final String RULES = "id: t\nwindow: {start: 2025-10-25T18:00Z, end:"
        + " 2025-10-25T19:00Z}\nscoring: {formula: win.amount}\nleaderboard: {type: total}\n";

    private final Engine engine = new Engine(MEMORY_BYTES);
    private final MemoryJournal journal = new MemoryJournal();
    private final MemorySnapshots snapshots = new MemorySnapshots();
    private final CommandEncoding encoding =
        new CommandEncoding(ContestDefinitionCodec::encode, FxTableCodec::encode);
    private long firstSequence = 1;
    private final AtomicLong delivered = new AtomicLong();
    private final RebuildReader reader = new RebuildReader(new RebuildReader.Logs() {
        @Override
        public JournalReader open() {
            return new Pruned(journal.reader(), firstSequence, delivered);
        }

        @Override
        public long firstSequence() {
            return firstSequence;
        }
    }, this::engineBefore, (sequence, timeNs) -> { });

    /** What a journal does whose older segments were pruned. */
    private record Pruned(JournalReader reader, long first, AtomicLong delivered)
        implements JournalReader {
        @Override
        public long read(long fromSequence, RecordHandler handler) throws IOException {
            if (fromSequence < first) {
                throw new IOException(fromSequence + " was pruned");
            }
            return reader.read(fromSequence, (buffer, offset, length) -> {
                delivered.incrementAndGet();
                return handler.onRecord(buffer, offset, length);
            });
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }

    private Engine engineBefore(long sequence) throws IOException {
        Kept newest = null;
        for (final Kept kept : snapshots.kept()) {
            newest = kept.facts().sequence() < sequence ? kept : newest;
        }
        return newest == null ? new Engine(MEMORY_BYTES) : Engine.open(newest, MEMORY_BYTES);
    }

    @BeforeEach
    void begin() throws IOException {
        apply(encoding.write(new Command.Genesis(
            new Limits(900 * SECOND_NS, 60 * SECOND_NS, 10), false)));
        apply(encoding.write(new Command.RegisterSource("local")));
        encoding.registered("local", (int) engine.resultValue());
        apply(encoding.write(new Command.PublishContest(((Document.ContestDocument) Documents
            .parse(RULES.getBytes(StandardCharsets.UTF_8), START_NS).get(0)).definition())));
        event("spin", "u_a", "r_1", 10);
        event("spin", "u_a", "r_2", 20);
        event("spin", "u_b", "r_3", 5);
    }

    @AfterEach
    void end() {
        engine.close();
    }

    private void event(String type, String user, String round, long win) throws IOException {
        final long ts = START_NS + engine.sequence() * SECOND_NS;
        apply(encoding.write(new Command.SendEvent("local", 0, new Event(type + round, type, ts,
            user, "DE", "X", "g_1", "P", "slot", 100L, "EUR", win, null, round, null, null, "web",
            "isp", false, null))));
    }

    private void apply(CommandWriter command) throws IOException {
        final long sequence = engine.sequence() + 1;
        final long timeNs = START_NS + sequence * SECOND_NS;
        final BlockWriter block = new BlockWriter();
        block.add(sequence, timeNs, command.templateId(), command.blockLength(),
            command.buffer(), 0, command.length());
        journal.append(block.buffer(), 0, block.length(), sequence, sequence, 0);
        engine.apply(sequence, timeNs, command.templateId(), 0, command.blockLength(),
            command.buffer(), 0, command.length());
        assertEquals(ResultCode.ACCEPTED.code(), engine.resultCode());
    }

    private void snapshot() {
        engine.images().begin();
        while (!engine.images().copySlice(1 << 16)) {
            continue;
        }
        final long sequence = engine.sequence();
        snapshots.take(engine.images().end(), () -> sequence);
    }

    /** Has what waits answered once; returns how many commands that took. */
    private int answer() throws IOException {
        final List<Consumer<CommandWriter>> answers =
            reader.answer(engine.reads().rebuildWork());
        for (final Consumer<CommandWriter> answer : answers) {
            final CommandWriter writer = new CommandWriter();
            answer.accept(writer);
            apply(writer);
        }
        return answers.size();
    }

    private EntryInfo entry(String user) {
        return engine.reads().entry("t", user);
    }

    private long counted(ResultCode outcome) {
        return engine.reads().status().sources().stream()
            .mapToLong(source -> source.outcomes().getOrDefault(outcome.token(), 0L)).sum();
    }

    @Test
    void shouldLeaveARollbackWhoseRoundWasPrunedUntilItIsBack() throws IOException {
        event("rollback", "u_a", "r_1", 0);
        firstSequence = 5;
        for (int i = 0; i < 2; i++) {
            assertEquals(0, answer());
            assertEquals(1, reader.stuck().rollbacks().size());
            assertEquals(5, reader.stuck().firstSequence());
        }
        assertTrue(entry("u_a").rebuilding());
        assertEquals(30, entry("u_a").score());
        firstSequence = 1;
        assertEquals(1, answer());
        assertEquals(1, answer());
        assertEquals(0, reader.stuck().size());
        assertFalse(entry("u_a").rebuilding());
        assertEquals(20, entry("u_a").score());
    }

    @Test
    void shouldNotKnowARoundThatTheRestOfTheLogDoesNotHold() throws IOException {
        event("rollback", "u_a", "r_never", 0);
        firstSequence = 5;
        assertEquals(1, answer());
        assertEquals(0, reader.stuck().size());
        assertEquals(1, counted(ResultCode.UNKNOWN_ROUND));
        assertFalse(entry("u_a").rebuilding());
        assertEquals(30, entry("u_a").score());
    }

    @Test
    void shouldReadTheLogOnceForRoundsThatWereNeverPlayed() throws IOException {
        for (int i = 0; i < 200; i++) {
            event("spin", "u_a", "r_more_" + i, 1);
        }
        event("rollback", "u_a", "r_never", 0);
        final long begins = engine.sequence();
        assertEquals(1, answer());
        assertTrue(delivered.get() >= begins - 1, delivered::toString);
        for (int i = 0; i < 20; i++) {
            event("spin", "u_a", "r_later_" + i, 1);
            event("rollback", "u_a", "r_never_" + i, 0);
            delivered.set(0);
            assertEquals(1, answer());
            // what was logged since: two events, the last answer and the rollback itself
            assertTrue(delivered.get() <= 4, delivered::toString);
        }
        assertEquals(21, counted(ResultCode.UNKNOWN_ROUND));
        assertFalse(entry("u_a").rebuilding());
        // and what was played is still found
        event("rollback", "u_a", "r_later_7", 0);
        assertEquals(1, answer());
        assertEquals(1, answer());
        assertEquals(30 + 200 + 19, entry("u_a").score());
    }

    @Test
    void shouldLeaveAMarkAsItIsAndGoOnWithOthers() throws IOException {
        event("rollback", "u_a", "r_1", 0);
        assertEquals(1, answer());
        firstSequence = 6;
        snapshot();
        for (int i = 0; i < 2; i++) {
            assertEquals(0, answer());
            assertEquals("u_a", reader.stuck().entries().get(0).entity());
        }
        event("spin", "u_b", "r_4", 7);
        event("rollback", "u_b", "r_4", 0);
        assertEquals(1, answer());
        assertEquals(1, answer());
        assertEquals(5, entry("u_b").score());
        assertFalse(entry("u_b").rebuilding());
        assertEquals(1, reader.stuck().size());
        assertTrue(entry("u_a").rebuilding());
        firstSequence = 1;
        assertEquals(1, answer());
        assertEquals(20, entry("u_a").score());
        assertEquals(0, reader.stuck().size());
    }
}
