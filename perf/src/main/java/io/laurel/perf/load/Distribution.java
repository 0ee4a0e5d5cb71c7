package io.laurel.perf.load;

import java.util.Locale;

/** How the next player is chosen. */
public enum Distribution {
    /** Everybody alike: the worst for caches. */
    UNIFORM,
    /** Zipf with exponent 0.99: few play most of the rounds. */
    ZIPF;

    /** Returns the name that users see. */
    public String token() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns what chooses among so many players. */
    public PlayerChoice among(long players) {
        return this == UNIFORM ? mix -> mix.below(players) : zipf(players);
    }

    /** After Gray et al., "Quickly generating billion-record synthetic databases", 1994. */
    private static PlayerChoice zipf(long players) {
        final double theta = 0.99;
        double sum = 0;
        for (long i = players; i > 0; i--) {
            sum += Math.pow(i, -theta);
        }
        final double zeta = sum;
        final double zetaTwo = 1 + Math.pow(2, -theta);
        final double alpha = 1 / (1 - theta);
        final double eta = (1 - Math.pow(2.0 / players, 1 - theta)) / (1 - zetaTwo / zeta);
        return mix -> {
            final double u = mix.unit();
            if (u * zeta < 1) {
                return 0;
            }
            if (u * zeta < zetaTwo) {
                return Math.min(1, players - 1);
            }
            final long rank = (long) (players * Math.pow(eta * u - eta + 1, alpha));
            // who plays much is scattered over the ids
            return Math.min(rank, players - 1) * 2_654_435_761L % players;
        };
    }
}
