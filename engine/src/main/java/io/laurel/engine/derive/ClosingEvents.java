package io.laurel.engine.derive;

import io.laurel.engine.intake.EventView;
import io.laurel.engine.intake.EventView.Text;
import io.laurel.engine.port.JournalReader;
import io.laurel.engine.port.LogRecord;
import io.laurel.engine.query.RebuildWork.Rollback;
import io.laurel.protocol.storage.EventCommandDecoder;
import io.laurel.protocol.wire.EventType;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * Looks through the records of the log for the events that may have closed rounds which were rolled
 * back. Whether one was accepted stands nowhere in it; only an engine can say. Of a round that is
 * remembered the place is known; any other may lie in every part of the log that the filters do not
 * rule out.
 */
final class ClosingEvents implements JournalReader.RecordHandler {
    private static final int SPIN = EventType.SPIN.value();
    private static final int ROUND_END = EventType.ROUND_END.value();

    /** An event that may have closed a round. */
    record Closing(long sequence, long ts, String provider, String game) {
    }

    private static final long FNV_BASIS = 0xCBF2_9CE4_8422_2325L;
    private static final long FNV_PRIME = 0x100_0000_01B3L;

    private final ClosingFilters filters;
    private final Long2ObjectHashMap<List<Rollback>> byHash = new Long2ObjectHashMap<>();
    private final Map<Rollback, List<Closing>> found = new HashMap<>();
    private final EventCommandDecoder command = new EventCommandDecoder();
    private final EventView event = new EventView();
    private ClosingFilters.Gathering gathering;
    private long lastSequence;

    /** Looks for the rounds of some rollbacks. */
    ClosingEvents(List<Rollback> rollbacks, ClosingFilters filters) {
        this.filters = filters;
        for (final Rollback rollback : rollbacks) {
            byHash.computeIfAbsent(hash(rollback), hash -> new ArrayList<>()).add(rollback);
            found.put(rollback, new ArrayList<>());
        }
    }

    /**
     * Reads what may hold them, each record at most once.
     *
     * @param log is opened where something must be read that was read before
     * @param tail goes on where the last search ended
     * @param first sequence with which the log begins
     * @throws IOException where it cannot be read
     */
    void search(JournalReader log, JournalReader tail, long first) throws IOException {
        final ClosingFilters.Gathering behind = filters.tail(first);
        final long followed = filters.tailSequence();
        long end = 0;
        final TreeMap<Long, Long> ranges = new TreeMap<>();
        for (final Rollback rollback : found.keySet()) {
            end = Math.max(end, rollback.closingSequence() == 0 ? rollback.sequence() - 1
                : rollback.closingSequence());
            add(rollback, first, followed, ranges);
        }
        while (!ranges.isEmpty()) {
            final Map.Entry<Long, Long> range = ranges.pollFirstEntry();
            long to = range.getValue();
            while (!ranges.isEmpty() && ranges.firstKey() <= to + 1) {
                to = Math.max(to, ranges.pollFirstEntry().getValue());
            }
            read(log, range.getKey(), to, filters.at(range.getKey()));
        }
        if (end > followed) {
            read(tail, followed + 1, end, behind);
        }
        if (filters.tailSequence() < end) {
            // not every reader sees what was written since it was opened
            read(log, filters.tailSequence() + 1, end, behind);
        }
        if (filters.tailSequence() < end) {
            throw new IOException("the log ends at sequence " + filters.tailSequence()
                + ", and sequence " + end + " is wanted");
        }
    }

    /** Adds what was read before and must be read again for a rollback. */
    private void add(Rollback rollback, long first, long followed, TreeMap<Long, Long> ranges) {
        if (rollback.closingSequence() != 0) {
            if (rollback.closingSequence() <= followed) {
                ranges.merge(rollback.closingSequence(), rollback.closingSequence(), Math::max);
            }
            return;
        }
        final long hash = hash(rollback);
        final long end = Math.min(followed, rollback.sequence() - 1);
        for (long part = filters.partOf(first); filters.firstOf(part) <= end; part++) {
            if (filters.mayHold(part, hash)) {
                ranges.merge(Math.max(first, filters.firstOf(part)),
                    Math.min(end, filters.firstOf(part + 1) - 1), Math::max);
            }
        }
    }

    private void read(JournalReader log, long from, long to, ClosingFilters.Gathering into)
        throws IOException {
        gathering = into;
        lastSequence = to;
        log.read(from, this);
    }

    /** Returns the events that may have closed the round of a rollback, in log order. */
    List<Closing> of(Rollback rollback) {
        return found.get(rollback);
    }

    @Override
    public boolean onRecord(DirectBuffer buffer, int offset, int length) {
        final long sequence =
            buffer.getLong(offset + LogRecord.SEQUENCE_OFFSET, ByteOrder.LITTLE_ENDIAN);
        if (LogRecord.u16(buffer, offset + LogRecord.TEMPLATE_OFFSET)
            == EventCommandDecoder.TEMPLATE_ID) {
            onEvent(sequence, buffer, offset);
        }
        gathering.onRead(sequence);
        return sequence < lastSequence;
    }

    private void onEvent(long sequence, DirectBuffer buffer, int offset) {
        final int block = LogRecord.u16(buffer, offset + LogRecord.BLOCK_LENGTH_OFFSET);
        final int body = offset + LogRecord.HEADER_BYTES;
        command.wrap(buffer, body, block, LogRecord.u16(buffer, offset + LogRecord.VERSION_OFFSET));
        if (!event.wrap(buffer, body + block + EventCommandDecoder.payloadHeaderLength(),
            command.eventBlockLength(), LogRecord.u16(buffer, body + block))
            || event.type() != SPIN && event.type() != ROUND_END) {
            return;
        }
        final long hash = hash(command.source());
        gathering.onClosing(hash);
        final List<Rollback> wanted = byHash.get(hash);
        if (wanted == null) {
            return;
        }
        for (final Rollback rollback : wanted) {
            if (sequence < rollback.sequence() && command.source() == rollback.source()
                && text(Text.USER_ID).equals(rollback.user()) && isRound(rollback.roundId())) {
                found.get(rollback).add(new Closing(sequence, event.ts(),
                    text(Text.GAME_PROVIDER), text(Text.GAME_ID)));
            }
        }
    }

    /** Returns the hash of the round of the event at hand, as of a rollback of it. */
    private long hash(int source) {
        return spread(with(with((FNV_BASIS ^ source) * FNV_PRIME, Text.USER_ID), Text.ROUND_ID));
    }

    private long with(long before, Text text) {
        final int from = event.offsetOf(text);
        final int end = from + event.lengthOf(text);
        long hash = before;
        for (int at = from; at < end; at++) {
            hash = (hash ^ event.buffer().getByte(at)) * FNV_PRIME;
        }
        return hash * FNV_PRIME;
    }

    private static long hash(Rollback rollback) {
        final long user = with((FNV_BASIS ^ rollback.source()) * FNV_PRIME,
            rollback.user().getBytes(StandardCharsets.UTF_8));
        return spread(with(user, rollback.roundId()));
    }

    private static long with(long before, byte[] text) {
        long hash = before;
        for (final byte one : text) {
            hash = (hash ^ one) * FNV_PRIME;
        }
        return hash * FNV_PRIME;
    }

    private static long spread(long hash) {
        final long mixed = (hash ^ hash >>> 33) * 0xFF51_AFD7_ED55_8CCDL;
        return mixed ^ mixed >>> 33;
    }

    private boolean isRound(byte[] id) {
        if (event.lengthOf(Text.ROUND_ID) != id.length) {
            return false;
        }
        for (int i = 0; i < id.length; i++) {
            if (event.buffer().getByte(event.offsetOf(Text.ROUND_ID) + i) != id[i]) {
                return false;
            }
        }
        return true;
    }

    private String text(Text text) {
        final byte[] bytes = new byte[event.lengthOf(text)];
        event.buffer().getBytes(event.offsetOf(text), bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
