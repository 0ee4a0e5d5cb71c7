package io.laurel.server.demo;

import io.laurel.server.demo.DemoEvent.DemoGame;
import io.laurel.server.demo.DemoEvent.DemoPlayer;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** One player of the made-up hour: habits, and when the next round begins. */
final class PlayerSession {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long[] STAKES = {20, 50, 100, 200, 500, 1_000, 2_500, 10_000};
    private static final String[] MARKETS = {"DE", "DE", "DE", "DE", "SE", "SE", "SE", "FI", "NO"};
    private static final List<DemoGame> GAMES = List.of(
        new DemoGame("g_11", "PragmaticPlay", "slot"),
        new DemoGame("g_66", "Hacksaw", "slot"),
        new DemoGame("g_77", "PragmaticPlay", "slot"),
        new DemoGame("g_67", "Hacksaw", "slot"),
        new DemoGame("g_12", "PragmaticPlay", "slot"),
        new DemoGame("g_13", "PragmaticPlay", "live"),
        new DemoGame("g_90", "NetEnt", "slot"),
        new DemoGame("g_91", "NetEnt", "slot"),
        new DemoGame("crash_1", "Spribe", "crash"));

    /** Share of rounds that win, and the tail of their multipliers: about 95 % return in all. */
    private static final double WIN_CHANCE = 0.28;
    private static final double TAIL = 1.3;
    private static final double SMALLEST_WIN = 0.8;
    private static final double LARGEST_WIN = 5_000;

    private final SplittableRandom random;
    private final DemoPlayer player;
    private final DemoGame[] favourites = new DemoGame[3];
    private final double tempoSeconds;
    private final double sessionSeconds;
    private final double pauseSeconds;
    private final int stake;
    private final boolean parts;
    private long nextNs;
    private long sessionEndNs;

    PlayerSession(SplittableRandom random, int number) {
        this.random = random;
        final String market = MARKETS[random.nextInt(MARKETS.length)];
        final double network = random.nextDouble();
        player = new DemoPlayer("u_" + (1_000 + number), market, currency(market),
            random.nextInt(10) < 7 ? "X" : "Y", random.nextInt(10) < 6 ? "mobile" : "web",
            network < 0.015 ? "hosting" : network < 0.025 ? "proxy" : network < 0.5 ? "isp" : "mno",
            random.nextInt(400) == 0);
        for (int i = 0; i < favourites.length; i++) {
            // squared: the first games of the list are the popular ones
            final double rank = random.nextDouble();
            favourites[i] = GAMES.get((int) (rank * rank * GAMES.size()));
        }
        tempoSeconds = 2.2 + exponential(4);
        sessionSeconds = 60 + exponential(540);
        pauseSeconds = 60 + exponential(600);
        stake = (int) Math.min(STAKES.length - 1, exponential(1.6));
        parts = random.nextInt(4) == 0;
        // one half is there at the start, the others drop in
        nextNs = RoundGenerator.START_NS + (long) (random.nextBoolean()
            ? exponential(20) * SECOND_NS
            : random.nextDouble() * 0.9 * RoundGenerator.LENGTH_NS);
        sessionEndNs = nextNs + (long) (sessionSeconds * SECOND_NS);
    }

    /** Returns when the next round begins, ns since the Unix epoch. */
    long nextNs() {
        return nextNs;
    }

    /** Returns the parts of the round that begins now, and moves on to the next one. */
    List<DemoEvent> playRound(String roundId, Supplier<String> ids) {
        final DemoGame game = favourites[random.nextInt(favourites.length)];
        final int wobble = random.nextInt(12) == 0 ? 1 : 0;
        final long bet = STAKES[Math.min(STAKES.length - 1, stake + wobble)] * unit();
        final long win = win(bet);
        final long startNs = nextNs;
        final long durationNs = (long) ((0.7 + exponential(1.4)) * SECOND_NS);
        nextNs = startNs + durationNs / 4 + (long) ((tempoSeconds * 0.6
            + exponential(tempoSeconds * 0.4)) * SECOND_NS);
        if (nextNs > sessionEndNs) {
            nextNs += (long) (exponential(pauseSeconds) * SECOND_NS);
            sessionEndNs = nextNs + (long) ((0.3 + random.nextDouble()) * sessionSeconds
                * SECOND_NS);
        }
        if (!parts) {
            return List.of(new DemoEvent(ids.get(), "spin", startNs, player, game, bet, win,
                bet == 0 ? 0 : win * 10_000 / bet, roundId));
        }
        final DemoEvent begin = new DemoEvent(ids.get(), "bet", startNs, player, game, bet, -1, -1,
            roundId);
        final DemoEvent end = new DemoEvent(ids.get(), "round_end", startNs + durationNs, player,
            game, -1, -1, -1, roundId);
        return win == 0 ? List.of(begin, end) : List.of(begin, new DemoEvent(ids.get(), "win",
            startNs + durationNs - durationNs / 8, player, game, -1, win, -1, roundId), end);
    }

    private long win(long bet) {
        if (random.nextDouble() >= WIN_CHANCE) {
            return 0;
        }
        final double multiplier = SMALLEST_WIN / StrictMath.pow(1 - random.nextDouble(), 1 / TAIL);
        return (long) (bet * Math.min(multiplier, LARGEST_WIN));
    }

    private double exponential(double mean) {
        return -mean * StrictMath.log(1 - random.nextDouble());
    }

    private long unit() {
        return player.currency().equals("EUR") ? 1 : 10;
    }

    private static String currency(String market) {
        return switch (market) {
            case "SE" -> "SEK";
            case "NO" -> "NOK";
            default -> "EUR";
        };
    }
}
