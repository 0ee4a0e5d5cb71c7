package io.laurel.gateway.event;

import io.laurel.protocol.wire.GameEventEncoder;
import org.agrona.MutableDirectBuffer;

/**
 * Writes a draft that the validator has passed as the wire form of an event: block and strings, no
 * header. The same content gives the same bytes, whichever way it came in.
 */
public final class EventEncoder {
    /** Most bytes that an event takes: block, seven strings and their lengths. */
    public static final int MAX_BYTES = GameEventEncoder.BLOCK_LENGTH
        + 7 * (GameEventEncoder.eventIdHeaderLength() + EventText.CAPACITY);

    private static final int EVENT_TYPE = GameEventEncoder.eventTypeEncodingOffset();
    private static final int GAME_TYPE = GameEventEncoder.gameTypeEncodingOffset();
    private static final int ROUND_STATUS = GameEventEncoder.roundStatusEncodingOffset();
    private static final int DEVICE_PLATFORM = GameEventEncoder.devicePlatformEncodingOffset();
    private static final int DEVICE_ASN = GameEventEncoder.deviceAsnEncodingOffset();
    private static final int DEVICE_HEADLESS = GameEventEncoder.deviceHeadlessEncodingOffset();

    private final GameEventEncoder to = new GameEventEncoder();

    /**
     * Writes an event.
     *
     * @param seqNo place in its session; 0 where it comes from none
     * @param buffer has room for {@link #MAX_BYTES} behind offset, or grows
     * @return bytes written
     */
    public int encode(EventDraft draft, long seqNo, MutableDirectBuffer buffer, int offset) {
        to.wrap(buffer, offset).seqNo(seqNo).ts(draft.ts())
            .betAmountMinor(draft.betAmountMinor()).winAmountMinor(draft.winAmountMinor())
            .winMultiplierE4(draft.winMultiplierE4()).roundStartedTs(draft.roundStartedTs());
        buffer.putByte(offset + EVENT_TYPE, (byte) draft.eventType());
        buffer.putByte(offset + GAME_TYPE, (byte) draft.gameType());
        buffer.putByte(offset + ROUND_STATUS, (byte) draft.roundStatus());
        buffer.putByte(offset + DEVICE_PLATFORM, (byte) draft.devicePlatform());
        buffer.putByte(offset + DEVICE_ASN, (byte) draft.deviceAsn());
        buffer.putByte(offset + DEVICE_HEADLESS, (byte) draft.deviceHeadless());
        final byte[] market = draft.market().bytes();
        to.putMarket(market[0], market[1]);
        final EventText currency = draft.betCurrency();
        if (currency.isPresent()) {
            final byte[] letters = currency.bytes();
            to.putBetCurrency(letters[0], letters[1], letters[2]);
        } else {
            to.putBetCurrency((byte) 0, (byte) 0, (byte) 0);
        }
        to.putEventId(draft.eventId().bytes(), 0, draft.eventId().length());
        to.putUserId(draft.userId().bytes(), 0, draft.userId().length());
        to.putBrand(draft.brand().bytes(), 0, draft.brand().length());
        to.putGameId(draft.gameId().bytes(), 0, draft.gameId().length());
        to.putGameProvider(draft.gameProvider().bytes(), 0, draft.gameProvider().length());
        to.putRoundId(draft.roundId().bytes(), 0, draft.roundId().length());
        to.putTraceId(draft.traceId().bytes(), 0, Math.max(0, draft.traceId().length()));
        return to.encodedLength();
    }
}
