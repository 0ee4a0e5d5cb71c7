package io.laurel.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.Engine;
import io.laurel.engine.port.JournalCorruptException;
import io.laurel.engine.port.JournalReader;
import io.laurel.engine.port.LogRecord;
import io.laurel.engine.recovery.CommandFailedException;
import io.laurel.engine.recovery.Progress;
import io.laurel.engine.recovery.Recovery;
import io.laurel.engine.recovery.RecoveryReport;
import io.laurel.journal.DataDirectory;
import io.laurel.journal.Envelope;
import io.laurel.journal.JournalFiles;
import io.laurel.replay.CommandFailure;
import io.laurel.replay.ExitCode;
import io.laurel.replay.LoggedSettings;
import io.laurel.server.config.ConfigLoader;
import io.laurel.server.config.ConfigTree;
import io.laurel.server.config.LaurelConfig;
import io.laurel.snapshot.Snapshot;
import io.laurel.snapshot.SnapshotDirectory;
import io.laurel.snapshot.SnapshotListener;
import io.laurel.snapshot.SnapshotWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A node comes to what the log says, wherever it says so, and though it is applied while it is
 * verified: a replay that knows the whole log before is the judge.
 */
class NodeRecoveryTest {
    private static final long MEMORY_BYTES = HandMadeLog.MEMORY_BYTES;
    private static final long MORE_BYTES = 48L << 20;

    @TempDir
    private Path data;
    private DataDirectory directory;
    private SnapshotDirectory snapshots;
    private HandMadeLog log;

    @BeforeEach
    void open() throws IOException {
        directory = DataDirectory.open(data);
        snapshots = SnapshotDirectory.open(directory.snapshots());
        log = new HandMadeLog(directory.journal());
    }

    @AfterEach
    void close() throws IOException {
        directory.close();
    }

    private LaurelConfig config(String clock) {
        final ConfigTree flags = ConfigTree.empty();
        flags.put("data", data.toString(), "test");
        flags.put("clock", clock, "test");
        flags.put("limits.memory", (MEMORY_BYTES >> 20) + "MiB", "test");
        return ConfigLoader.load(null, flags, Map.of(), line -> { });
    }

    private RecoveredState recover(long skip) throws IOException {
        return RecoveredState.recover(directory, snapshots, config("event"), skip, Progress.NONE,
            () -> { });
    }

    /** Recovers, and checks the state against a replay in two passes. */
    private RecoveryReport recovered(long skip, long memoryBytes) throws IOException {
        final RecoveredState state = recover(skip);
        try (Engine engine = state.engine(); Engine judge = new Engine(2 * MORE_BYTES);
             JournalReader reader = JournalFiles.openReader(directory.journal())) {
            final RecoveryReport expected = Recovery.replay(reader, judge, skip, Progress.NONE);
            assertEquals(expected.stateRoot(), state.report().stateRoot());
            assertEquals(expected.lastSequence(), engine.sequence());
            assertEquals(expected.skipToLog(), state.report().skipToLog());
            assertEquals(expected.lastSequence(), state.scan().lastSequence());
            assertEquals(memoryBytes, engine.memoryBytes());
            assertEquals(memoryBytes, state.logged().largestMemoryBytes());
        }
        return state.report();
    }

    @Test
    void shouldBeginWithNothing() throws IOException {
        final RecoveredState state = recover(Recovery.NO_SKIP);
        try (Engine engine = state.engine()) {
            assertEquals(0, engine.sequence());
            assertFalse(state.logged().hasGenesis());
            assertEquals(1, state.scan().nextSegment());
        }
    }

    @Test
    void shouldPassWhatTheFrontOfAnEpochNames() throws IOException {
        log.begin();
        log.log(log.genesis());
        log.logWhatFails();
        log.log(log.writer.registerSource("a"));
        log.end();
        log.begin();
        log.log(log.writer.skip(2, "", ""));
        log.log(log.limits(MORE_BYTES));
        log.log(log.writer.registerSource("b"));
        log.end();
        final LogOutline assumed =
            LogOutline.assumed(directory.journal(), 1, new LoggedSettings());
        assertTrue(assumed.skipped().contains(2));
        assertEquals(MORE_BYTES, assumed.settings().largestMemoryBytes());
        assertEquals(1, recovered(Recovery.NO_SKIP, MORE_BYTES).skipped());
    }

    @Test
    void shouldPassWhatACommandInTheMiddleOfAnEpochNames() throws IOException {
        log.begin();
        log.log(log.genesis());
        log.log(log.writer.registerSource("never"));
        log.logWhatFails();
        log.logMany();
        log.log(log.writer.skip(3, "", ""));
        log.logMany();
        // applied before it is known to be passed, with nothing to tell so but the state
        log.log(log.writer.skip(2, "", ""));
        log.log(log.writer.registerSource("last"));
        log.end();
        final LogOutline assumed =
            LogOutline.assumed(directory.journal(), 1, new LoggedSettings());
        assertEquals(0, assumed.skipped().size());
        final VerifiedLog verified = new VerifiedLog(directory.journal(), assumed,
            new LogOutline(new LoggedSettings()));
        assertEquals(103, verified.read(1, (buffer, offset, length) -> true),
            "nothing is applied any more once it is known to be wrong");
        assertFalse(verified.isAsAssumed());
        assertEquals(206, verified.scan().lastSequence());
        final RecoveryReport report = recovered(Recovery.NO_SKIP, MEMORY_BYTES);
        assertEquals(2, report.skipped());
        assertEquals(206, report.records());
        // the operator's word adds nothing to what the log says
        assertEquals(0, recovered(3, MEMORY_BYTES).skipToLog());
        assertEquals(50, recovered(50, MEMORY_BYTES).skipToLog());
    }

    @Test
    void shouldTakeTheMemoryThatIsAskedForInTheMiddleOfAnEpoch() throws IOException {
        log.begin();
        log.log(log.genesis());
        log.logMany();
        log.log(log.limits(MORE_BYTES));
        log.logMany();
        log.log(log.limits(MEMORY_BYTES));
        log.end();
        assertEquals(MEMORY_BYTES, LogOutline.assumed(directory.journal(), 1,
            new LoggedSettings()).settings().largestMemoryBytes());
        recovered(Recovery.NO_SKIP, MORE_BYTES);
    }

    @Test
    void shouldBeginOnceMoreWithTheSnapshot() throws Exception {
        log.begin();
        log.log(log.genesis());
        log.logMany();
        log.end();
        snapshot();
        log.begin();
        log.logMany();
        log.logWhatFails();
        log.logMany();
        log.log(log.limits(MORE_BYTES));
        log.log(log.writer.skip(202, "", ""));
        log.log(log.writer.registerSource("last"));
        log.end();
        final RecoveryReport report = recovered(Recovery.NO_SKIP, MORE_BYTES);
        assertEquals(204, report.records(), "behind the snapshot");
        assertEquals(1, report.skipped());
    }

    private void snapshot() throws Exception {
        final SnapshotListener listener = new SnapshotListener() {
            @Override
            public void onWritten(Snapshot snapshot, long durationNs) {
                // asked for by last()
            }

            @Override
            public void onNoRoom(Throwable cause) {
                throw new AssertionError(cause);
            }

            @Override
            public void onFailed(long sequence, Throwable cause) {
                throw new AssertionError(cause);
            }
        };
        try (Engine engine = recover(Recovery.NO_SKIP).engine();
             SnapshotWriter images =
                 new SnapshotWriter(snapshots, 2, null, Long.MAX_VALUE, listener)) {
            engine.images().begin();
            while (!engine.images().copySlice(Integer.MAX_VALUE)) {
                Thread.onSpinWait();
            }
            images.take(engine.images().end(), engine::sequence);
            assertTrue(images.awaitIdle(TimeUnit.SECONDS.toNanos(60)));
            assertNotNull(images.last());
        }
    }

    /** What is named behind the end of the log is not passed. */
    @Test
    void shouldApplyWhatOnlyACutTailNames() throws IOException {
        log.begin();
        log.log(log.genesis());
        log.log(log.writer.registerSource("a"));
        log.log(log.writer.skip(2, "", ""));
        final Path killed = log.copy();
        log.end();
        log.replace(killed);
        // whole for itself, but it does not follow: in an open epoch that is a torn tail
        log.spoil(3, Envelope.PREVIOUS_HASH_OFFSET, true);
        assertTrue(LogOutline.assumed(directory.journal(), 1, new LoggedSettings()).skipped()
            .contains(2));
        final RecoveryReport report = recovered(Recovery.NO_SKIP, MEMORY_BYTES);
        assertEquals(2, report.lastSequence());
        assertEquals(0, report.skipped());
    }

    @Test
    void shouldTellOfTheCommandThatFailsAndPassItOnTheOperatorsWord() throws IOException {
        log.begin();
        log.log(log.genesis());
        log.logMany();
        log.logWhatFails();
        log.logMany();
        log.end();
        assertEquals(102, assertThrows(CommandFailedException.class,
            () -> recover(Recovery.NO_SKIP)).sequence());
        final RecoveryReport report = recovered(102, MEMORY_BYTES);
        assertEquals(102, report.skipToLog());
        assertEquals(1, report.skipped());
        // what is wrong with the order goes before the command that fails
        assertEquals("no command 203 to skip: the log ends at 202",
            assertThrows(IllegalArgumentException.class, () -> recover(203)).getMessage());
        assertThrows(IllegalArgumentException.class, () -> recover(-1));
    }

    @Test
    void shouldTellOfDamageBeforeAllElse() throws IOException {
        log.begin();
        log.log(log.genesis());
        log.logWhatFails();
        log.logMany();
        log.log(log.writer.registerSource("last"));
        log.end();
        log.spoil(13, Envelope.HEADER_BYTES + LogRecord.HEADER_BYTES, false);
        assertThrows(JournalCorruptException.class, () -> recover(Recovery.NO_SKIP));
        assertThrows(JournalCorruptException.class, () -> recover(999));
        assertThrows(JournalCorruptException.class, () -> RecoveredState.recover(directory,
            snapshots, config("system"), Recovery.NO_SKIP, Progress.NONE, () -> { }));
        // the first block too, where the outline would be
        log.spoil(1, Envelope.HEADER_BYTES + LogRecord.HEADER_BYTES, false);
        assertThrows(JournalCorruptException.class, () -> recover(Recovery.NO_SKIP));
    }

    @Test
    void shouldTellOfAnotherClockBeforeAnythingIsApplied() throws IOException {
        log.begin();
        log.log(log.genesis());
        log.logWhatFails();
        log.end();
        final CommandFailure failure = assertThrows(CommandFailure.class,
            () -> RecoveredState.recover(directory, snapshots, config("system"),
                Recovery.NO_SKIP, Progress.NONE, () -> { }));
        assertEquals(ExitCode.CORRUPT, failure.exitCode());
        assertEquals("clock: " + data + " was created with clock mode event",
            failure.getMessage());
    }

    @Test
    void shouldTellOfNewerRulesWhereverTheyStand() throws IOException {
        log.begin();
        log.log(log.genesis());
        log.logWhatFails();
        log.logMany();
        log.log(log.newerRules());
        log.end();
        assertEquals(ExitCode.NEWER_DATA, assertThrows(CommandFailure.class,
            () -> recover(Recovery.NO_SKIP)).exitCode());
        log.begin();
        log.log(log.newerRules());
        log.end();
        assertNull(LogOutline.assumed(directory.journal(), 1, new LoggedSettings()));
        assertEquals(ExitCode.NEWER_DATA, assertThrows(CommandFailure.class,
            () -> recover(Recovery.NO_SKIP)).exitCode());
    }
}
