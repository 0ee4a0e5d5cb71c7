package io.laurel.replay;

import io.laurel.protocol.storage.EventCommandDecoder;
import io.laurel.protocol.wire.AsnCategory;
import io.laurel.protocol.wire.BooleanType;
import io.laurel.protocol.wire.EventType;
import io.laurel.protocol.wire.GameEventDecoder;
import io.laurel.protocol.wire.GameType;
import io.laurel.protocol.wire.Platform;
import io.laurel.protocol.wire.RoundStatus;
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
            to.put("session_version", Long.toUnsignedString(from.sessionVerId()));
            to.put("seq_no", event.seqNo());
        }
        to.put("event_id", event.eventId());
        to.put("user", event.userId());
        to.put("brand", event.brand());
        to.put("game", event.gameId());
        to.put("provider", event.gameProvider());
        to.put("round", event.roundId());
        final String trace = event.traceId();
        to.put("market", event.market());
        to.put("ts", LogTimes.text(event.ts()));
        word(to, "type", event.eventType(), EventType.NULL_VAL);
        word(to, "game_type", event.gameType(), GameType.NULL_VAL);
        if (event.roundStatus() == RoundStatus.VOIDED) {
            to.put("status", "void");
        } else {
            word(to, "status", event.roundStatus(), RoundStatus.NULL_VAL);
        }
        if (event.roundStartedTs() != GameEventDecoder.roundStartedTsNullValue()) {
            to.put("started_ts", LogTimes.text(event.roundStartedTs()));
        }
        amount(to, "bet", event.betAmountMinor(), GameEventDecoder.betAmountMinorNullValue());
        if (to.containsKey("bet")) {
            to.put("currency", event.betCurrency());
        }
        amount(to, "win", event.winAmountMinor(), GameEventDecoder.winAmountMinorNullValue());
        amount(to, "multiplier_e4", event.winMultiplierE4(),
            GameEventDecoder.winMultiplierE4NullValue());
        word(to, "platform", event.devicePlatform(), Platform.NULL_VAL);
        word(to, "asn", event.deviceAsn(), AsnCategory.NULL_VAL);
        if (event.deviceHeadless() != BooleanType.NULL_VAL) {
            to.put("headless", event.deviceHeadless() == BooleanType.TRUE);
        }
        if (!trace.isEmpty()) {
            to.put("trace_id", trace);
        }
    }

    private static <E extends Enum<E>> void word(Map<String, Object> to, String name, E value,
        E absent) {
        if (value != absent) {
            to.put(name, value.name().toLowerCase(Locale.ROOT));
        }
    }

    private static void amount(Map<String, Object> to, String name, long value, long absent) {
        if (value != absent) {
            to.put(name, value);
        }
    }
}
