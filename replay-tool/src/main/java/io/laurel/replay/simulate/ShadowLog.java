package io.laurel.replay.simulate;

import io.laurel.engine.port.JournalReader;
import io.laurel.engine.port.LogRecord;
import io.laurel.engine.rules.FxTable;
import io.laurel.replay.LogPass;
import io.laurel.replay.LogPoint;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * The commands of a shadow as if they had been logged. They are kept nowhere: each reading is a
 * pass of its own over the log from which they follow.
 */
final class ShadowLog implements JournalReader {
    private final Path data;
    private final LogPoint end;
    private final List<Trial> trials;
    private final List<FxTable> tables;
    private final List<ShadowCommands.Answer> answers;
    private final ExpandableArrayBuffer record = new ExpandableArrayBuffer(1024);
    private boolean more;
    private long last;

    /** The log of a data directory up to a point, with the same candidates as the shadow. */
    ShadowLog(Path data, LogPoint end, List<Trial> trials, List<FxTable> tables,
        List<ShadowCommands.Answer> answers) {
        this.data = data;
        this.end = end;
        this.trials = trials;
        this.tables = tables;
        this.answers = answers;
    }

    @Override
    public long read(long fromSequence, RecordHandler handler) {
        more = true;
        last = fromSequence - 1;
        final ShadowCommands commands = new ShadowCommands(trials, tables, answers,
            (sequence, timeNs, template, version, block, buffer, offset, length, expected) -> {
                if (more && sequence >= fromSequence) {
                    last = sequence;
                    more = deliver(handler, sequence, timeNs, template, version, block, buffer,
                        offset, length);
                }
                return expected;
            });
        LogPass.over(data).to(end).observedBy(commands).run().close();
        commands.repeatAnswers(Long.MAX_VALUE);
        commands.check();
        return last;
    }

    private boolean deliver(RecordHandler handler, long sequence, long timeNs, int template,
        int version, int block, DirectBuffer buffer, int offset, int length) {
        final ByteOrder order = ByteOrder.LITTLE_ENDIAN;
        record.putInt(LogRecord.LENGTH_OFFSET, LogRecord.HEADER_BYTES + length, order);
        record.putLong(LogRecord.SEQUENCE_OFFSET, sequence, order);
        record.putLong(LogRecord.TIME_OFFSET, timeNs, order);
        record.putShort(LogRecord.TEMPLATE_OFFSET, (short) template, order);
        record.putShort(LogRecord.VERSION_OFFSET, (short) version, order);
        record.putShort(LogRecord.BLOCK_LENGTH_OFFSET, (short) block, order);
        record.putBytes(LogRecord.HEADER_BYTES, buffer, offset, length);
        return handler.onRecord(record, 0, LogRecord.HEADER_BYTES + length);
    }

    @Override
    public void close() {
        // each reading closes what it has opened
    }
}
