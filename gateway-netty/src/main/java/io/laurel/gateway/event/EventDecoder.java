package io.laurel.gateway.event;

import static io.laurel.protocol.wire.GameEventDecoder.betAmountMinorEncodingOffset;
import static io.laurel.protocol.wire.GameEventDecoder.betCurrencyEncodingOffset;
import static io.laurel.protocol.wire.GameEventDecoder.deviceAsnEncodingOffset;
import static io.laurel.protocol.wire.GameEventDecoder.deviceHeadlessEncodingOffset;
import static io.laurel.protocol.wire.GameEventDecoder.devicePlatformEncodingOffset;
import static io.laurel.protocol.wire.GameEventDecoder.eventTypeEncodingOffset;
import static io.laurel.protocol.wire.GameEventDecoder.gameTypeEncodingOffset;
import static io.laurel.protocol.wire.GameEventDecoder.marketEncodingOffset;
import static io.laurel.protocol.wire.GameEventDecoder.roundStartedTsEncodingOffset;
import static io.laurel.protocol.wire.GameEventDecoder.roundStatusEncodingOffset;
import static io.laurel.protocol.wire.GameEventDecoder.tsEncodingOffset;
import static io.laurel.protocol.wire.GameEventDecoder.winAmountMinorEncodingOffset;
import static io.laurel.protocol.wire.GameEventDecoder.winMultiplierE4EncodingOffset;

import io.laurel.engine.command.ContentHash;
import io.laurel.protocol.wire.GameEventDecoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * Reads the wire form of an event into a draft. The input is hostile: every length is checked
 * before it is followed, and an enumeration value that nobody knows is passed on for the validator
 * to refuse. The generated decoder throws on both, so only its offsets are used.
 */
public final class EventDecoder {
    private static final ContentHash CONTENT_HASH = new ContentHash();
    private static final int SEQ_NO_BYTES = Long.BYTES;
    private static final int LENGTH_BYTES = GameEventDecoder.eventIdHeaderLength();

    private EventDecoder() {
    }

    /**
     * Reads one event.
     *
     * @param buffer holds block and strings, without message header
     * @param offset first byte of the block
     * @param length bytes up to the end of the frame
     * @param blockLength as the message header has it
     * @param version as the message header has it
     * @return false where the bytes are not a GameEvent: a short block, a string that runs over
     *     the end, or something behind the last string
     */
    public static boolean decode(DirectBuffer buffer, int offset, int length, int blockLength,
        int version, EventDraft draft) {
        if (!blockFits(length, blockLength, version, GameEventDecoder.BLOCK_LENGTH)) {
            return false;
        }
        draft.clear();
        block(buffer, offset, draft);
        final int end = offset + length;
        int at = offset + blockLength;
        at = text(buffer, at, end, draft.eventId());
        at = text(buffer, at, end, draft.userId());
        at = text(buffer, at, end, draft.brand());
        at = text(buffer, at, end, draft.gameId());
        at = text(buffer, at, end, draft.gameProvider());
        at = text(buffer, at, end, draft.roundId());
        at = text(buffer, at, end, draft.traceId());
        return at == end || at > 0 && version > GameEventDecoder.SCHEMA_VERSION;
    }

    /** Returns the seqNo of an event or a match result. */
    public static long seqNo(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Returns whether bytes have the shape of a message with a block and strings behind it.
     *
     * @param knownBlockLength block length of the schema that this build knows
     * @param strings how many follow the block
     */
    public static boolean isWellFormed(DirectBuffer buffer, int offset, int length,
        int blockLength, int version, int knownBlockLength, int strings) {
        if (!blockFits(length, blockLength, version, knownBlockLength)) {
            return false;
        }
        final int end = offset + length;
        final int at = skip(buffer, offset + blockLength, end, strings);
        return at == end || at > 0 && version > GameEventDecoder.SCHEMA_VERSION;
    }

    /**
     * Returns the content hash of an event in canonical form: over its bytes behind seqNo up to,
     * and not including, traceId with its length.
     *
     * @param offset first byte of the block
     * @param length bytes of block and strings
     */
    public static long contentHash(DirectBuffer buffer, int offset, int length) {
        return contentHash(buffer, offset, length, GameEventDecoder.BLOCK_LENGTH);
    }

    /**
     * Returns the content hash of any well-formed event, canonical or not, over the same bytes.
     *
     * @param blockLength as the message header has it
     */
    public static long contentHash(DirectBuffer buffer, int offset, int length, int blockLength) {
        final int end = skip(buffer, offset + blockLength, offset + length, 6);
        return CONTENT_HASH.of(buffer, offset + SEQ_NO_BYTES, end - offset - SEQ_NO_BYTES);
    }

    private static boolean blockFits(int length, int blockLength, int version, int known) {
        return blockLength <= length && (blockLength == known
            || version > GameEventDecoder.SCHEMA_VERSION && blockLength > known);
    }

    private static void block(DirectBuffer buffer, int offset, EventDraft draft) {
        draft.ts(number(buffer, offset + tsEncodingOffset()))
            .betAmountMinor(number(buffer, offset + betAmountMinorEncodingOffset()))
            .winAmountMinor(number(buffer, offset + winAmountMinorEncodingOffset()))
            .winMultiplierE4(number(buffer, offset + winMultiplierE4EncodingOffset()))
            .roundStartedTs(number(buffer, offset + roundStartedTsEncodingOffset()))
            .eventType(kind(buffer, offset + eventTypeEncodingOffset()))
            .gameType(kind(buffer, offset + gameTypeEncodingOffset()))
            .roundStatus(kind(buffer, offset + roundStatusEncodingOffset()))
            .devicePlatform(kind(buffer, offset + devicePlatformEncodingOffset()))
            .deviceAsn(kind(buffer, offset + deviceAsnEncodingOffset()))
            .deviceHeadless(kind(buffer, offset + deviceHeadlessEncodingOffset()));
        draft.market().set(buffer, offset + marketEncodingOffset(), 2);
        final int currency = offset + betCurrencyEncodingOffset();
        if ((buffer.getByte(currency) | buffer.getByte(currency + 1)
            | buffer.getByte(currency + 2)) != 0) {
            draft.betCurrency().set(buffer, currency, 3);
        }
    }

    private static long number(DirectBuffer buffer, int at) {
        return buffer.getLong(at, ByteOrder.LITTLE_ENDIAN);
    }

    private static int kind(DirectBuffer buffer, int at) {
        return buffer.getByte(at) & 0xFF;
    }

    // returns where the next string begins, or -1 for good where one runs over the end
    private static int text(DirectBuffer buffer, int at, int end, EventText to) {
        final int next = skip(buffer, at, end, 1);
        if (next > 0) {
            to.set(buffer, at + LENGTH_BYTES, next - at - LENGTH_BYTES);
        }
        return next;
    }

    private static int skip(DirectBuffer buffer, int from, int end, int strings) {
        int at = from;
        for (int i = 0; i < strings; i++) {
            if (at < 0 || end - at < LENGTH_BYTES) {
                return -1;
            }
            final int size = buffer.getShort(at, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
            if (size > end - at - LENGTH_BYTES) {
                return -1;
            }
            at += LENGTH_BYTES + size;
        }
        return at;
    }
}
