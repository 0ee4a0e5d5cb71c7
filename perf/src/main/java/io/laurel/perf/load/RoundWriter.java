package io.laurel.perf.load;

import io.laurel.protocol.wire.AsnCategory;
import io.laurel.protocol.wire.BooleanType;
import io.laurel.protocol.wire.EventType;
import io.laurel.protocol.wire.GameEventEncoder;
import io.laurel.protocol.wire.GameType;
import io.laurel.protocol.wire.Platform;
import io.laurel.protocol.wire.RoundStatus;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes rounds as whole events of the wire schema, without header. All have the same length: a
 * model is copied and what differs is written over it.
 */
public final class RoundWriter {
    /** Characters of an event id and of a round id. */
    public static final int ID_BYTES = 18;
    /** Characters of a player's id. */
    public static final int USER_BYTES = 12;

    private static final int MODEL_BYTES = 512;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int GAMES = 64;
    private static final int PROVIDERS = 8;

    private final UnsafeBuffer model = new UnsafeBuffer(new byte[MODEL_BYTES]);
    private final int length;
    private final int eventIdAt;
    private final int userIdAt;
    private final int gameAt;
    private final int providerAt;
    private final int roundIdAt;

    /** Prepares the model. */
    public RoundWriter() {
        final GameEventEncoder to = new GameEventEncoder();
        to.wrap(model, 0).seqNo(0).winMultiplierE4(GameEventEncoder.winMultiplierE4NullValue())
            .roundStartedTs(GameEventEncoder.roundStartedTsNullValue()).eventType(EventType.SPIN)
            .gameType(GameType.SLOT).roundStatus(RoundStatus.ENDED).devicePlatform(Platform.WEB)
            .deviceAsn(AsnCategory.ISP).deviceHeadless(BooleanType.FALSE);
        to.putMarket((byte) 'D', (byte) 'E').putBetCurrency((byte) 'E', (byte) 'U', (byte) 'R');
        final int header = GameEventEncoder.eventIdHeaderLength();
        eventIdAt = to.limit() + header;
        to.eventId("e_0000000000000000");
        userIdAt = to.limit() + header;
        to.userId("u_0000000000").brand("X");
        gameAt = to.limit() + header;
        to.gameId("g_00");
        providerAt = to.limit() + header;
        to.gameProvider("provider_0");
        roundIdAt = to.limit() + header;
        to.roundId("r_0000000000000000").traceId("");
        length = to.limit();
    }

    /** Returns the bytes of every event. */
    public int length() {
        return length;
    }

    /** Writes a round of its player that happened at a time, ns since the Unix epoch. */
    public void write(Rounds round, long ts, MutableDirectBuffer to, int at) {
        write(round, round.player(), ts, to, at);
    }

    /** As above, of another player. */
    public void write(Rounds round, long player, long ts, MutableDirectBuffer to, int at) {
        to.putBytes(at, model, 0, length);
        to.putLong(at + GameEventEncoder.tsEncodingOffset(), ts, ByteOrder.LITTLE_ENDIAN);
        to.putLong(at + GameEventEncoder.betAmountMinorEncodingOffset(), round.betMinor(),
            ByteOrder.LITTLE_ENDIAN);
        to.putLong(at + GameEventEncoder.winAmountMinorEncodingOffset(), round.winMinor(),
            ByteOrder.LITTLE_ENDIAN);
        final long number = round.number();
        hex(number, to, at + eventIdAt + 2);
        hex(number, to, at + roundIdAt + 2);
        decimal(player, USER_BYTES - 2, to, at + userIdAt + 2);
        decimal(number & GAMES - 1, 2, to, at + gameAt + 2);
        to.putByte(at + providerAt + "provider_".length(),
            (byte) ('0' + (number & PROVIDERS - 1)));
    }

    private static void hex(long number, MutableDirectBuffer to, int at) {
        for (int i = 0; i < 16; i++) {
            to.putByte(at + i, HEX[(int) (number >>> 60 - 4 * i) & 0xF]);
        }
    }

    private static void decimal(long number, int digits, MutableDirectBuffer to, int at) {
        long rest = number;
        for (int i = digits - 1; i >= 0; i--) {
            to.putByte(at + i, (byte) ('0' + rest % 10));
            rest /= 10;
        }
    }

    /** Returns the id of a player. */
    public static String user(long player) {
        final String digits = Long.toString(player);
        return "u_" + "0".repeat(USER_BYTES - 2 - digits.length()) + digits;
    }
}
