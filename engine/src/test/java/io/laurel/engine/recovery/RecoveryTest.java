package io.laurel.engine.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.command.CommandWriter;
import io.laurel.engine.pipeline.AckMode;
import io.laurel.engine.pipeline.PipelineConfig;
import io.laurel.engine.pipeline.SynchronousPipeline;
import io.laurel.engine.pipeline.Threading;
import io.laurel.engine.pipeline.WaitMode;
import io.laurel.engine.port.JournalCorruptException;
import io.laurel.engine.port.JournalReader;
import io.laurel.engine.port.LogRecord;
import io.laurel.engine.port.MemoryJournal;
import io.laurel.engine.port.RecordingReplies;
import io.laurel.engine.port.StubTarget;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class RecoveryTest {
    private final CommandWriter writer = new CommandWriter();
    private final MemoryJournal journal = new MemoryJournal();
    private long clockNs = 1_000;

    private SynchronousPipeline over(StubTarget target, MemoryJournal log) {
        return new SynchronousPipeline(new PipelineConfig(Threading.SHARED, WaitMode.BLOCK,
            AckMode.DURABLE, false, 64, 64, 16, () -> clockNs++), target, log,
            new RecordingReplies());
    }

    private void run(SynchronousPipeline pipeline, CommandWriter command) {
        assertTrue(pipeline.tryPublish(command.templateId(), command.blockLength(),
            command.buffer(), 0, command.length(), 1));
        pipeline.drain();
    }

    /** Writes ten commands, one of them a refused event. */
    private StubTarget tenCommands(StubTarget target) {
        final SynchronousPipeline pipeline = over(target, journal);
        for (int i = 1; i <= 10; i++) {
            run(pipeline, i == 5 ? writer.eventRefused(1, 1, 1, 9, 0, 2)
                : writer.registerSource("s" + i));
        }
        return target;
    }

    private static RecoveryReport replay(JournalReader reader, StubTarget target, long skip)
        throws IOException {
        return Recovery.replay(reader, target, skip, Progress.NONE);
    }

    @Test
    void shouldComeToTheSameState() throws IOException {
        final StubTarget live = tenCommands(new StubTarget(false));
        final StubTarget again = new StubTarget(false);
        final List<Long> told = new ArrayList<>();
        final RecoveryReport report = Recovery.replay(journal.reader(), again, Recovery.NO_SKIP,
            (sequence, timeNs) -> told.add(sequence));
        assertEquals(live.hash(), again.hash());
        assertEquals(10, report.records());
        assertEquals(1, report.events());
        assertEquals(0, report.skipped());
        assertEquals(10, report.lastSequence());
        assertEquals(live.timeNs(), report.lastTimeNs());
        assertEquals(64, report.stateRoot().length());
        assertEquals(0, report.skipToLog());
        assertEquals(List.of(10L), told);
        assertEquals(report, replay(journal.reader(), new StubTarget(false), Recovery.NO_SKIP));
    }

    @Test
    void shouldReplayOnlyWhatLiesBehindTheTarget() throws IOException {
        tenCommands(new StubTarget(false));
        final StubTarget snapshot = new StubTarget(false);
        journal.reader().read(1, (buffer, offset, length) -> {
            apply(snapshot, buffer, offset, length);
            return snapshot.sequence() < 6;
        });
        final RecoveryReport report = replay(journal.reader(), snapshot, 0);
        assertEquals(4, report.records());
        assertEquals(10, report.lastSequence());
        final StubTarget whole = new StubTarget(false);
        replay(journal.reader(), whole, 0);
        assertEquals(whole.hash(), snapshot.hash());
    }

    private static void apply(StubTarget target, DirectBuffer buffer, int offset, int length) {
        target.apply(buffer.getLong(offset + LogRecord.SEQUENCE_OFFSET),
            buffer.getLong(offset + LogRecord.TIME_OFFSET),
            buffer.getShort(offset + LogRecord.TEMPLATE_OFFSET), 0,
            buffer.getShort(offset + LogRecord.BLOCK_LENGTH_OFFSET), buffer,
            offset + LogRecord.HEADER_BYTES, length - LogRecord.HEADER_BYTES);
    }

    @Test
    void shouldReportAnEmptyLog() throws IOException {
        final RecoveryReport report = replay(journal.reader(), new StubTarget(false), 0);
        assertEquals(0, report.records());
        assertEquals(0, report.lastSequence());
    }

    @Test
    void shouldStopAtTheCommandThatFails() {
        tenCommands(new StubTarget(false));
        final CommandFailedException e = assertThrows(CommandFailedException.class,
            () -> replay(journal.reader(), new StubTarget(false).failAt(7), 0));
        assertEquals(7, e.sequence());
        assertTrue(e.getMessage().contains("command 7"));
        assertEquals(ArithmeticException.class, e.getCause().getClass());
    }

    @Test
    void shouldNameTheCommandThatCannotEvenBeLookedAtAndPassItAllTheSame() throws IOException {
        tenCommands(new StubTarget(false));
        final CommandFailedException e = assertThrows(CommandFailedException.class,
            () -> replay(journal.reader(), new StubTarget(false).failLookAheadAt(7), 0));
        assertEquals(7, e.sequence());
        assertEquals(10,
            replay(journal.reader(), new StubTarget(false).failLookAheadAt(7), 7).records());
    }

    @Test
    void shouldPassTheNamedCommandAndEverAfterOnceTheLogSaysSo() throws IOException {
        tenCommands(new StubTarget(false));
        // the stub fails by sequence, so the one that passes must not fail; it sees a Tick at 7
        final StubTarget passing = new StubTarget(false);
        final RecoveryReport report = replay(journal.reader(), passing, 7);
        assertEquals(7, report.skipToLog());
        assertEquals(1, report.skipped());
        assertEquals(10, report.records());
        final StubTarget plain = new StubTarget(false);
        replay(journal.reader(), plain, 0);
        assertNotEquals(plain.hash(), passing.hash(), "the command was not tried");

        run(over(passing, journal), writer.skip(report.skipToLog(), "", ""));
        assertEquals(11, passing.sequence());
        final StubTarget later = new StubTarget(false);
        final RecoveryReport second = replay(journal.reader(), later, 0);
        assertEquals(passing.hash(), later.hash());
        assertEquals(1, second.skipped());
        assertEquals(0, second.skipToLog());
        assertEquals(0, replay(journal.reader(), new StubTarget(false), 7).skipToLog(),
            "the log knows it already");
    }

    @Test
    void shouldRefuseToSkipWhatTheLogDoesNotHave() {
        tenCommands(new StubTarget(false));
        assertThrows(IllegalArgumentException.class,
            () -> replay(journal.reader(), new StubTarget(false), 11));
        assertThrows(IllegalArgumentException.class,
            () -> replay(journal.reader(), new StubTarget(false), -1));
    }

    @Test
    void shouldStopAtAFlippedBit() {
        tenCommands(new StubTarget(false));
        journal.flipBit(journal.bytes().length / 2);
        assertThrows(JournalCorruptException.class,
            () -> replay(journal.reader(), new StubTarget(false), 0));
    }

    @Test
    void shouldStopAtAGapInSequencesAndAtTimeRunningBack() {
        assertThrows(JournalCorruptException.class,
            () -> replay(records(1, 5, 3, 6), new StubTarget(false), 0));
        assertThrows(JournalCorruptException.class,
            () -> replay(records(1, 5, 1, 6), new StubTarget(false), 0));
        final JournalCorruptException e = assertThrows(JournalCorruptException.class,
            () -> replay(records(1, 5, 2, 4), new StubTarget(false), 0));
        assertEquals(1, e.sequence());
    }

    /** Returns a log of ticks with the given sequences and times, in turn. */
    private static StoppingReader records(long... sequencesAndTimes) {
        return (from, handler) -> {
            for (int i = 0; i < sequencesAndTimes.length; i += 2) {
                final UnsafeBuffer record = new UnsafeBuffer(new byte[LogRecord.HEADER_BYTES]);
                record.putLong(LogRecord.SEQUENCE_OFFSET, sequencesAndTimes[i],
                    ByteOrder.LITTLE_ENDIAN);
                record.putLong(LogRecord.TIME_OFFSET, sequencesAndTimes[i + 1],
                    ByteOrder.LITTLE_ENDIAN);
                record.putShort(LogRecord.TEMPLATE_OFFSET, (short) 3, ByteOrder.LITTLE_ENDIAN);
                if (!handler.onRecord(record, 0, LogRecord.HEADER_BYTES)) {
                    break;
                }
            }
            return sequencesAndTimes[sequencesAndTimes.length - 2];
        };
    }

    /** A reader as one function. */
    @FunctionalInterface
    private interface StoppingReader extends JournalReader {
        @Override
        default void close() {
            // holds nothing
        }
    }
}
