package io.laurel.engine;

import io.laurel.engine.command.CommandWriter;
import io.laurel.protocol.wire.AsnCategory;
import io.laurel.protocol.wire.BooleanType;
import io.laurel.protocol.wire.EventType;
import io.laurel.protocol.wire.GameEventEncoder;
import io.laurel.protocol.wire.GameType;
import io.laurel.protocol.wire.Platform;
import io.laurel.protocol.wire.RoundStatus;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Feeds an engine with commands, without a pipeline: keeps sequence and time, writes events of
 * numbered players, and allocates nothing once it is warm.
 */
public final class RoundFeed {
    private static final byte[] BRAND = {'X'};

    private final Engine engine;
    private final LogTape tape;
    private final CommandWriter writer = new CommandWriter();
    private final GameEventEncoder encoder = new GameEventEncoder();
    private final MutableDirectBuffer event = new UnsafeBuffer(new byte[512]);
    private final byte[] text = new byte[16];
    private long sequence;
    private long timeNs;

    /** Feeds an engine, which may have seen something. */
    public RoundFeed(Engine engine) {
        this(engine, null);
    }

    /** As the other one; a tape takes all that is applied. */
    RoundFeed(Engine engine, LogTape tape) {
        this.engine = engine;
        this.tape = tape;
        sequence = engine.sequence();
        timeNs = engine.timeNs();
    }

    /** Returns the writer of commands; publish what it wrote by {@link #apply}. */
    public CommandWriter writer() {
        return writer;
    }

    /** Returns the log time, ns since the Unix epoch. */
    public long timeNs() {
        return timeNs;
    }

    /** Moves the clock; never back. */
    public void at(long ns) {
        timeNs = Math.max(timeNs, ns);
    }

    /** Applies what the writer wrote last and returns its result. */
    public ResultCode apply() {
        engine.apply(++sequence, timeNs, writer.templateId(), 0, writer.blockLength(),
            writer.buffer(), 0, writer.length());
        if (tape != null) {
            final byte[] body = new byte[writer.length()];
            writer.buffer().getBytes(0, body);
            tape.add(new LogTape.Entry(sequence, timeNs, writer.templateId(), 0,
                writer.blockLength(), body));
        }
        return ResultCode.of(engine.resultCode());
    }

    /**
     * Applies one whole round at the present time.
     *
     * @param number makes event and round ids
     * @param player number of the player
     * @param betMinor minor units of EUR
     * @param winMinor minor units of EUR
     */
    public ResultCode spin(long number, long player, long betMinor, long winMinor) {
        encoder.wrap(event, 0).seqNo(0).ts(timeNs).betAmountMinor(betMinor)
            .winAmountMinor(winMinor).winMultiplierE4(GameEventEncoder.winMultiplierE4NullValue())
            .roundStartedTs(GameEventEncoder.roundStartedTsNullValue()).eventType(EventType.SPIN)
            .gameType(GameType.SLOT).roundStatus(RoundStatus.ENDED).devicePlatform(Platform.WEB)
            .deviceAsn(AsnCategory.ISP).deviceHeadless(BooleanType.FALSE);
        encoder.putMarket((byte) 'D', (byte) 'E').putBetCurrency((byte) 'E', (byte) 'U',
            (byte) 'R');
        id('e', number);
        encoder.putEventId(text, 0, text.length);
        id('u', player);
        encoder.putUserId(text, 0, text.length).putBrand(BRAND, 0, 1);
        id('g', number & 63);
        encoder.putGameId(text, 0, text.length);
        id('p', number & 7);
        encoder.putGameProvider(text, 0, text.length);
        id('r', number);
        encoder.putRoundId(text, 0, text.length).putTraceId(text, 0, 0);
        writer.event(0, 0, 0, GameEventEncoder.BLOCK_LENGTH, 0, event, 0, encoder.limit());
        return apply();
    }

    /** Writes a letter and 15 digits. */
    private void id(char letter, long number) {
        text[0] = (byte) letter;
        long rest = number;
        for (int i = text.length - 1; i > 0; i--) {
            text[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
