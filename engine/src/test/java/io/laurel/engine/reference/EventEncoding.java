package io.laurel.engine.reference;

import io.laurel.protocol.wire.AsnCategory;
import io.laurel.protocol.wire.BooleanType;
import io.laurel.protocol.wire.EventType;
import io.laurel.protocol.wire.GameEventEncoder;
import io.laurel.protocol.wire.GameType;
import io.laurel.protocol.wire.Platform;
import io.laurel.protocol.wire.RoundStatus;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/** Writes an event as the wire schema has it, block and strings, from offset 0 on. */
final class EventEncoding {
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(1024);
    private final GameEventEncoder to = new GameEventEncoder();

    DirectBuffer buffer() {
        return buffer;
    }

    /** Returns the length in bytes. */
    int encode(long seqNo, Event event) {
        to.wrap(buffer, 0).seqNo(seqNo).ts(event.ts())
            .betAmountMinor(or(event.betAmountMinor(), GameEventEncoder.betAmountMinorNullValue()))
            .winAmountMinor(or(event.winAmountMinor(), GameEventEncoder.winAmountMinorNullValue()))
            .winMultiplierE4(
                or(event.winMultiplierE4(), GameEventEncoder.winMultiplierE4NullValue()))
            .roundStartedTs(or(event.roundStartedTs(), GameEventEncoder.roundStartedTsNullValue()))
            .eventType(event.type() == null ? EventType.NULL_VAL
                : EventType.valueOf(upper(event.type())))
            .gameType(GameType.valueOf(upper(event.gameType())))
            .roundStatus(status(event.roundStatus()))
            .devicePlatform(event.platform() == null ? Platform.NULL_VAL
                : Platform.valueOf(upper(event.platform())))
            .deviceAsn(event.asn() == null ? AsnCategory.NULL_VAL
                : AsnCategory.valueOf(upper(event.asn())))
            .deviceHeadless(headless(event.headless()))
            .market(event.market())
            .betCurrency(event.betCurrency() == null ? "" : event.betCurrency());
        final byte[] user = event.userId().getBytes(StandardCharsets.UTF_8);
        to.eventId(event.eventId()).putUserId(user, 0, user.length).brand(event.brand())
            .gameId(event.gameId()).gameProvider(event.provider()).roundId(event.roundId())
            .traceId(event.traceId() == null ? "" : event.traceId());
        return to.limit();
    }

    private static RoundStatus status(String status) {
        if (status == null) {
            return RoundStatus.NULL_VAL;
        }
        return status.equals("void") ? RoundStatus.VOIDED : RoundStatus.valueOf(upper(status));
    }

    private static BooleanType headless(Boolean headless) {
        if (headless == null) {
            return BooleanType.NULL_VAL;
        }
        return headless ? BooleanType.TRUE : BooleanType.FALSE;
    }

    private static long or(Long value, long nullValue) {
        return value == null ? nullValue : value;
    }

    private static String upper(String word) {
        return word.toUpperCase(Locale.ROOT);
    }
}
