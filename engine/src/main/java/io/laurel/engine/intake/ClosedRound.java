package io.laurel.engine.intake;

import io.laurel.engine.intake.EventView.Text;
import java.math.BigInteger;

/**
 * A whole round, as it scores: totals of its parts, everything else of the closing event
 * (semantics 2). One object, filled anew for each round; references are those of the dictionaries.
 */
public final class ClosedRound {
    /** Duration of a round that nobody measured. */
    public static final long UNKNOWN_DURATION = -1;

    private static final long E4 = 10_000;

    // plain fields: this is a struct between intake and scoring, not an interface
    long ts;
    long betMinor;
    long winMinor;
    long multiplierE4;
    long durationNs;
    int currency;
    int market;
    int gameType;
    int asn;
    boolean headless;
    int player;
    int brand;
    int provider;
    int game;
    EventView event;

    /** Returns when the closing event happened, ns since the Unix epoch. */
    public long ts() {
        return ts;
    }

    /** Returns the sum of the bets, minor units. */
    public long betMinor() {
        return betMinor;
    }

    /** Returns the sum of the wins, minor units. */
    public long winMinor() {
        return winMinor;
    }

    /** Returns the multiplier x 10^4. */
    public long multiplierE4() {
        return multiplierE4;
    }

    /** Returns the duration in ns, or {@link #UNKNOWN_DURATION}. */
    public long durationNs() {
        return durationNs;
    }

    /** Returns the currency as {@link EventView#currency()} packs it, 0 where there is none. */
    public int currency() {
        return currency;
    }

    /** Returns the market as {@link EventView#market()} packs it. */
    public int market() {
        return market;
    }

    /** Returns the raw value of {@link io.laurel.protocol.wire.GameType}. */
    public int gameType() {
        return gameType;
    }

    /** Returns the raw value of {@link io.laurel.protocol.wire.AsnCategory}. */
    public int asn() {
        return asn;
    }

    /** Returns whether the device has no screen. */
    public boolean headless() {
        return headless;
    }

    /** Returns the reference of the player. */
    public int player() {
        return player;
    }

    /** Returns the reference of the brand. */
    public int brand() {
        return brand;
    }

    /** Returns the reference of the provider. */
    public int provider() {
        return provider;
    }

    /** Returns the reference of the game. */
    public int game() {
        return game;
    }

    /** Returns whether whatever contests ask of the scope is the same as of another round. */
    public boolean hasScopeOf(ClosedRound other) {
        return player == other.player && brand == other.brand && provider == other.provider
            && game == other.game && market == other.market && gameType == other.gameType
            && currency == other.currency;
    }

    /** Returns whether formulas see the same amounts and times as in another round. */
    public boolean hasWorthOf(ClosedRound other) {
        return betMinor == other.betMinor && winMinor == other.winMinor && ts == other.ts
            && multiplierE4 == other.multiplierE4 && durationNs == other.durationNs;
    }

    /** Returns the first byte of the round id in {@link #event()}'s buffer. */
    public int roundIdOffset() {
        return event.offsetOf(Text.ROUND_ID);
    }

    /** Returns the length of the round id in bytes. */
    public int roundIdLength() {
        return event.lengthOf(Text.ROUND_ID);
    }

    /** Returns the closing event. */
    public EventView event() {
        return event;
    }

    /**
     * Returns floor(win x 10^4 / bet), 0 where the bet is 0, saturating at 2^63 - 1.
     *
     * @param winMinor not negative
     * @param betMinor not negative
     */
    static long multiplierE4(long winMinor, long betMinor) {
        if (betMinor == 0) {
            return 0;
        }
        if (winMinor <= Long.MAX_VALUE / E4) {
            return winMinor * E4 / betMinor;
        }
        final BigInteger exact = BigInteger.valueOf(winMinor).multiply(BigInteger.valueOf(E4))
            .divide(BigInteger.valueOf(betMinor));
        return exact.bitLength() > 63 ? Long.MAX_VALUE : exact.longValue();
    }
}
