package io.laurel.engine.intake;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.laurel.protocol.wire.EventType;
import io.laurel.protocol.wire.GameEventDecoder;
import io.laurel.protocol.wire.RoundStatus;
import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;

/**
 * A game event as it lies in a command: fixed block, then seven strings. The gateway has validated
 * it (semantics 2) and made it canonical, so that equal content is equal bytes between {@link
 * #contentOffset()} and {@link #contentEnd()}.
 */
public final class EventView {
    private static final int STRINGS = 7;
    private static final int LENGTH_BYTES = Short.BYTES;
    private static final int NO_TYPE = EventType.NULL_VAL.value();
    private static final int[] TYPE_BY_STATUS = new int[4];

    static {
        TYPE_BY_STATUS[RoundStatus.STARTED.value()] = EventType.BET.value();
        TYPE_BY_STATUS[RoundStatus.ENDED.value()] = EventType.ROUND_END.value();
        TYPE_BY_STATUS[RoundStatus.VOIDED.value()] = EventType.ROLLBACK.value();
    }

    private final int[] offsets = new int[STRINGS];
    private final int[] lengths = new int[STRINGS];
    private DirectBuffer buffer;
    private int offset;
    /** Where the block lies: bounds are checked once, since its fields are read many times. */
    private byte[] array;
    private long block;
    private int checkedBytes;

    /**
     * Lays the view over an event, whose bytes must stay where they are as long as it is read.
     *
     * @param source holds it
     * @param start first byte of the block
     * @param blockLength of the block
     * @param length bytes of block and strings
     * @return false where block or strings do not fit the length; then the view is unusable
     * @throws IndexOutOfBoundsException where the source is shorter than that
     */
    public boolean wrap(DirectBuffer source, int start, int blockLength, int length) {
        source.boundsCheck(start, length);
        buffer = source;
        offset = start;
        array = source.byteArray();
        block = source.addressOffset() + start;
        checkedBytes = length;
        final int end = start + length;
        int at = start + blockLength;
        for (int i = 0; i < STRINGS; i++) {
            if (at + LENGTH_BYTES > end) {
                return false;
            }
            lengths[i] = source.getShort(at, LITTLE_ENDIAN) & 0xFFFF;
            offsets[i] = at + LENGTH_BYTES;
            at = offsets[i] + lengths[i];
        }
        return at <= end && blockLength >= GameEventDecoder.BLOCK_LENGTH;
    }

    /** Returns the buffer that holds the event. */
    public DirectBuffer buffer() {
        return buffer;
    }

    /** Returns the first byte of what counts as content: all but seqNo and traceId. */
    public int contentOffset() {
        return offset + Long.BYTES;
    }

    /** Returns the first byte behind the content. */
    public int contentEnd() {
        return offsets[STRINGS - 1] - LENGTH_BYTES;
    }

    /** Returns the place in its session, 0 where it came without one. */
    public long seqNo() {
        return longAt(GameEventDecoder.seqNoEncodingOffset());
    }

    /** Returns ns since the Unix epoch. */
    public long ts() {
        return longAt(GameEventDecoder.tsEncodingOffset());
    }

    /** Returns the bet in minor units, 0 where there is none. */
    public long betAmountMinor() {
        final long value = longAt(GameEventDecoder.betAmountMinorEncodingOffset());
        return value == GameEventDecoder.betAmountMinorNullValue() ? 0 : value;
    }

    /** Returns the win in minor units, 0 where there is none. */
    public long winAmountMinor() {
        final long value = longAt(GameEventDecoder.winAmountMinorEncodingOffset());
        return value == GameEventDecoder.winAmountMinorNullValue() ? 0 : value;
    }

    /** Returns the multiplier x 10^4, negative where there is none. */
    public long winMultiplierE4() {
        return longAt(GameEventDecoder.winMultiplierE4EncodingOffset());
    }

    /** Returns ns since the Unix epoch, Long.MAX_VALUE where there is none. */
    public long roundStartedTs() {
        final long value = longAt(GameEventDecoder.roundStartedTsEncodingOffset());
        return value == GameEventDecoder.roundStartedTsNullValue() ? Long.MAX_VALUE : value;
    }

    /**
     * Returns the raw value of {@link io.laurel.protocol.wire.EventType}; where the event does not
     * say it, the state of the round does.
     */
    public int type() {
        final int type = byteAt(GameEventDecoder.eventTypeEncodingOffset());
        return type != NO_TYPE ? type
            : TYPE_BY_STATUS[byteAt(GameEventDecoder.roundStatusEncodingOffset()) & 0x3];
    }

    /** Returns the raw value of {@link io.laurel.protocol.wire.GameType}. */
    public int gameType() {
        return byteAt(GameEventDecoder.gameTypeEncodingOffset());
    }

    /** Returns the raw value of {@link io.laurel.protocol.wire.AsnCategory}. */
    public int asn() {
        return byteAt(GameEventDecoder.deviceAsnEncodingOffset());
    }

    /** Returns whether the device has no screen. */
    public boolean headless() {
        return byteAt(GameEventDecoder.deviceHeadlessEncodingOffset()) == 1;
    }

    /** Returns the market, two letters in the lowest 16 bits, the first one highest. */
    public int market() {
        final int at = GameEventDecoder.marketEncodingOffset();
        return byteAt(at) << 8 | byteAt(at + 1);
    }

    /** Returns the currency, three letters in the lowest 24 bits; 0 where there is none. */
    public int currency() {
        final int at = GameEventDecoder.betCurrencyEncodingOffset();
        return byteAt(at) << 16 | byteAt(at + 1) << 8 | byteAt(at + 2);
    }

    /** Returns the first byte of a string. */
    public int offsetOf(Text text) {
        return offsets[text.ordinal()];
    }

    /** Returns the length of a string in bytes. */
    public int lengthOf(Text text) {
        return lengths[text.ordinal()];
    }

    private long longAt(int at) {
        assert at + Long.BYTES <= checkedBytes : "the view is unusable";
        return UnsafeApi.getLong(array, block + at);
    }

    private int byteAt(int at) {
        assert at < checkedBytes : "the view is unusable";
        return UnsafeApi.getByte(array, block + at) & 0xFF;
    }

    /** The strings of an event, in their order. */
    public enum Text {
        EVENT_ID, USER_ID, BRAND, GAME_ID, GAME_PROVIDER, ROUND_ID, TRACE_ID
    }
}
