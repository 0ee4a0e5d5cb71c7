package io.laurel.perf.load;

/**
 * Made-up rounds: bets of usual sizes; 45% of the rounds win, with multipliers whose tail is as
 * heavy as that of a crash game. After {@link #next} the fields describe the round.
 */
public final class Rounds {
    private static final long[] BETS_MINOR = {20, 50, 100, 100, 200, 200, 500, 1_000};
    private static final double WINNING = 0.45;
    private static final double MOST = 10_000;

    private final Mix mix;
    private final PlayerChoice choice;
    private long number;
    private long player;
    private long betMinor;
    private long winMinor;

    /**
     * Begins a series.
     *
     * @param firstNumber of the round that comes first; no two rounds of a log share a number
     */
    public Rounds(long seed, PlayerChoice choice, long firstNumber) {
        mix = new Mix(seed);
        this.choice = choice;
        number = firstNumber - 1;
    }

    /** Makes the next round. */
    public void next() {
        number++;
        player = choice.next(mix);
        betMinor = BETS_MINOR[(int) mix.next() & BETS_MINOR.length - 1];
        final double u = mix.unit();
        final double multiplier = u >= WINNING ? 0 : Math.min(WINNING / (WINNING - u), MOST);
        winMinor = (long) (multiplier * betMinor);
    }

    /** Returns the number that makes event and round id. */
    public long number() {
        return number;
    }

    /** Returns the player's number. */
    public long player() {
        return player;
    }

    /** Returns the bet in minor units of EUR. */
    public long betMinor() {
        return betMinor;
    }

    /** Returns the win in minor units of EUR. */
    public long winMinor() {
        return winMinor;
    }
}
