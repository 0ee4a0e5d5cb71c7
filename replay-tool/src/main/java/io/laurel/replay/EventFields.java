package io.laurel.replay;

import io.laurel.protocol.storage.EventCommandDecoder;
import io.laurel.protocol.wire.EventType;
import io.laurel.protocol.wire.GameEventDecoder;
import java.util.Locale;
import java.util.Map;
import org.agrona.DirectBuffer;

/** The fields of an event in the log. */
final class EventFields {
    private EventFields() {
    }

    static void put(Map<String, Object> to, EventCommandDecoder from, DirectBuffer buffer) {
        final GameEventDecoder event = new GameEventDecoder().wrap(buffer,
            from.limit() + EventCommandDecoder.payloadHeaderLength(), from.eventBlockLength(),
            from.eventVersion());
        to.put("command", "Event");
        to.put("source", (long) from.source());
        if (from.sessionId() != 0) {
            to.put("session", Long.toUnsignedString(from.sessionId()));
            to.put("seq_no", event.seqNo());
        }
        to.put("event_id", event.eventId());
        to.put("user", event.userId());
        to.put("brand", event.brand());
        to.put("game", event.gameId());
        to.put("provider", event.gameProvider());
        to.put("round", event.roundId());
        to.put("market", event.market());
        to.put("ts", LogTimes.text(event.ts()));
        if (event.eventType() != EventType.NULL_VAL) {
            to.put("type", event.eventType().name().toLowerCase(Locale.ROOT));
        }
        amount(to, "bet", event.betAmountMinor(), GameEventDecoder.betAmountMinorNullValue());
        if (to.containsKey("bet")) {
            to.put("currency", event.betCurrency());
        }
        amount(to, "win", event.winAmountMinor(), GameEventDecoder.winAmountMinorNullValue());
        amount(to, "multiplier_e4", event.winMultiplierE4(),
            GameEventDecoder.winMultiplierE4NullValue());
    }

    private static void amount(Map<String, Object> to, String name, long value, long absent) {
        if (value != absent) {
            to.put(name, value);
        }
    }
}
