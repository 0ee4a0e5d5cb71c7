package io.laurel.engine.recovery;

import io.laurel.engine.Engine;
import io.laurel.engine.command.CommandWriter;
import io.laurel.engine.command.StandIn;
import io.laurel.engine.port.CommandTarget;
import io.laurel.engine.port.JournalCorruptException;
import io.laurel.engine.port.JournalReader;
import io.laurel.engine.port.LogRecord;
import io.laurel.engine.port.RecordBatch;
import io.laurel.protocol.storage.EventCommandDecoder;
import io.laurel.protocol.storage.EventRefusedDecoder;
import io.laurel.protocol.storage.TickDecoder;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.agrona.DirectBuffer;

/**
 * Plays a log through the state machine, from the record behind its sequence on.
 *
 * <p>Skipping. What a failed command has half done cannot be taken back, so a command is passed by
 * never trying it: the replay applies a {@link StandIn} in its place, at its sequence and time.
 * That is done for the sequence that the operator names, which is reported as {@link
 * RecoveryReport#skipToLog()}; the caller then appends a {@code SkipCommand} as the next record.
 * Later replays know that record ({@link SkippedSequences}) and come to the same state without
 * the operator.
 */
public final class Recovery {
    /** Stands for: nothing is passed but what the log says. */
    public static final long NO_SKIP = 0;

    private static final int PROGRESS_EVERY = 1 << 16;

    private final CommandTarget target;
    private final SkippedSequences skipped;
    private final Progress progress;
    private final StandIn standIn = new StandIn();
    private long records;
    private long events;
    private long passed;
    private CommandFailedException failure;
    private String gap;

    private Recovery(CommandTarget target, SkippedSequences skipped, Progress progress) {
        this.target = target;
        this.skipped = skipped;
        this.progress = progress;
    }

    /** As the other one, over an engine. */
    public static RecoveryReport replay(JournalReader reader, Engine engine, long skip,
        Progress progress) throws IOException {
        return replay(reader, CommandTarget.of(engine), skip, progress);
    }

    /**
     * Replays the whole log behind the target's sequence.
     *
     * @param reader reads the verified log; read twice
     * @param target fresh, or as a snapshot left it; not to be used any more after an exception
     * @param skip sequence that the operator passes, or {@link #NO_SKIP}
     * @param progress is told now and then
     * @throws CommandFailedException where a command cannot be applied (exit code 71)
     * @throws JournalCorruptException where sequences or times do not follow on (exit code 78)
     * @throws IllegalArgumentException where there is no command of the sequence to skip
     * @throws IOException where the log cannot be read
     */
    public static RecoveryReport replay(JournalReader reader, CommandTarget target, long skip,
        Progress progress) throws IOException {
        final long from = target.sequence() + 1;
        final SkippedSequences skipped = SkippedSequences.find(reader, from);
        final long skipToLog = skipped.toLog(skip, from);
        return replay(reader, target, skipped.with(skip), progress).withSkipToLog(skipToLog);
    }

    /**
     * As the other one, where the caller knows, or assumes, which commands are passed.
     *
     * @param reader reads the log behind the target's sequence; read once
     */
    public static RecoveryReport replay(JournalReader reader, CommandTarget target,
        SkippedSequences skipped, Progress progress) throws IOException {
        final Recovery recovery = new Recovery(target, skipped, progress);
        reader.readBatches(target.sequence() + 1, recovery::play);
        recovery.rethrow();
        return recovery.report();
    }

    /** Looks ahead as is done behind the ring. */
    private boolean play(RecordBatch batch) {
        boolean more = true;
        int seen = 0;
        for (int i = 0; more && i < batch.size(); i++) {
            if (i == seen) {
                seen = lookAhead(batch, i);
            }
            more = failure == null
                && onRecord(batch.buffer(), batch.offset(i), batch.length(i));
        }
        return more;
    }

    private int lookAhead(RecordBatch batch, int from) {
        target.beginLookahead();
        final DirectBuffer buffer = batch.buffer();
        int next = from;
        boolean more = true;
        while (more && next < batch.size()) {
            final int offset = batch.offset(next);
            final long sequence =
                buffer.getLong(offset + LogRecord.SEQUENCE_OFFSET, ByteOrder.LITTLE_ENDIAN);
            try {
                more = skipped.contains(sequence) || target.lookAhead(sequence,
                    LogRecord.u16(buffer, offset + LogRecord.TEMPLATE_OFFSET),
                    LogRecord.u16(buffer, offset + LogRecord.VERSION_OFFSET),
                    LogRecord.u16(buffer, offset + LogRecord.BLOCK_LENGTH_OFFSET), buffer,
                    offset + LogRecord.HEADER_BYTES, batch.hashes(next));
            } catch (RuntimeException | Error e) {
                failure = new CommandFailedException(sequence, e);
                more = false;
            }
            next++;
        }
        target.endLookahead();
        return next;
    }

    private boolean onRecord(DirectBuffer buffer, int offset, int length) {
        final long sequence =
            buffer.getLong(offset + LogRecord.SEQUENCE_OFFSET, ByteOrder.LITTLE_ENDIAN);
        final long timeNs =
            buffer.getLong(offset + LogRecord.TIME_OFFSET, ByteOrder.LITTLE_ENDIAN);
        if (sequence != target.sequence() + 1 || timeNs < target.timeNs()) {
            gap = "record " + sequence + " at time " + timeNs + " follows record "
                + target.sequence() + " at time " + target.timeNs();
            return false;
        }
        try {
            apply(sequence, timeNs, buffer, offset, length);
        } catch (RuntimeException | Error e) {
            failure = new CommandFailedException(sequence, e);
            return false;
        }
        records++;
        if (records % PROGRESS_EVERY == 0) {
            progress.onProgress(sequence, timeNs);
        }
        return true;
    }

    private void apply(long sequence, long timeNs, DirectBuffer buffer, int offset, int length) {
        final int template = LogRecord.u16(buffer, offset + LogRecord.TEMPLATE_OFFSET);
        final int version = LogRecord.u16(buffer, offset + LogRecord.VERSION_OFFSET);
        final int blockLength = LogRecord.u16(buffer, offset + LogRecord.BLOCK_LENGTH_OFFSET);
        if (skipped.contains(sequence)) {
            passed++;
            final CommandWriter command = standIn.of(template, version, blockLength, buffer,
                offset + LogRecord.HEADER_BYTES);
            target.apply(sequence, timeNs, command.templateId(), TickDecoder.SCHEMA_VERSION,
                command.blockLength(), command.buffer(), 0, command.length());
            return;
        }
        if (template == EventCommandDecoder.TEMPLATE_ID
            || template == EventRefusedDecoder.TEMPLATE_ID) {
            events++;
        }
        target.apply(sequence, timeNs, template, version, blockLength, buffer,
            offset + LogRecord.HEADER_BYTES, length - LogRecord.HEADER_BYTES);
    }

    private void rethrow() throws JournalCorruptException {
        if (failure != null) {
            throw failure;
        }
        if (gap != null) {
            throw new JournalCorruptException(gap, "as read", 0, target.sequence());
        }
    }

    private RecoveryReport report() {
        progress.onProgress(target.sequence(), target.timeNs());
        return new RecoveryReport(records, events, passed, target.sequence(), target.timeNs(),
            HexFormat.of().formatHex(target.stateRoot()), NO_SKIP);
    }
}
