package io.laurel.engine.derive;

import io.laurel.engine.intake.EventView;
import io.laurel.engine.intake.EventView.Text;
import io.laurel.engine.port.JournalReader;
import io.laurel.engine.port.LogRecord;
import io.laurel.engine.query.RebuildWork.Rollback;
import io.laurel.protocol.storage.EventCommandDecoder;
import io.laurel.protocol.wire.EventType;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;

/**
 * Looks through the records of the log for the events that may have closed rounds which were rolled
 * back. Whether one was accepted stands nowhere in it; only an engine can say.
 */
final class ClosingEvents implements JournalReader.RecordHandler {
    private static final int SPIN = EventType.SPIN.value();
    private static final int ROUND_END = EventType.ROUND_END.value();

    /** An event that may have closed a round. */
    record Closing(long sequence, long ts, String provider, String game) {
    }

    private final long lastSequence;
    private final Map<String, List<Rollback>> byUser = new HashMap<>();
    private final Map<Rollback, List<Closing>> found = new HashMap<>();
    private final EventCommandDecoder command = new EventCommandDecoder();
    private final EventView event = new EventView();

    /** Looks for the rounds of some rollbacks; the last of these ends the search. */
    ClosingEvents(List<Rollback> rollbacks) {
        lastSequence = rollbacks.stream().mapToLong(Rollback::sequence).max().orElseThrow();
        for (final Rollback rollback : rollbacks) {
            byUser.computeIfAbsent(rollback.user(), user -> new ArrayList<>()).add(rollback);
            found.put(rollback, new ArrayList<>());
        }
    }

    /** Returns the events that may have closed the round of a rollback, in log order. */
    List<Closing> of(Rollback rollback) {
        return found.get(rollback);
    }

    @Override
    public boolean onRecord(DirectBuffer buffer, int offset, int length) {
        final long sequence =
            buffer.getLong(offset + LogRecord.SEQUENCE_OFFSET, ByteOrder.LITTLE_ENDIAN);
        if (u16(buffer, offset + LogRecord.TEMPLATE_OFFSET) == EventCommandDecoder.TEMPLATE_ID) {
            onEvent(sequence, buffer, offset);
        }
        return sequence < lastSequence;
    }

    private void onEvent(long sequence, DirectBuffer buffer, int offset) {
        final int block = u16(buffer, offset + LogRecord.BLOCK_LENGTH_OFFSET);
        final int body = offset + LogRecord.HEADER_BYTES;
        command.wrap(buffer, body, block, u16(buffer, offset + LogRecord.VERSION_OFFSET));
        if (!event.wrap(buffer, body + block + EventCommandDecoder.payloadHeaderLength(),
            command.eventBlockLength(), u16(buffer, body + block))
            || event.type() != SPIN && event.type() != ROUND_END) {
            return;
        }
        for (final Rollback rollback : byUser.getOrDefault(text(Text.USER_ID), List.of())) {
            if (sequence < rollback.sequence() && command.source() == rollback.source()
                && isRound(rollback.roundId())) {
                found.get(rollback).add(new Closing(sequence, event.ts(),
                    text(Text.GAME_PROVIDER), text(Text.GAME_ID)));
            }
        }
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

    private static int u16(DirectBuffer buffer, int at) {
        return buffer.getShort(at, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }
}
