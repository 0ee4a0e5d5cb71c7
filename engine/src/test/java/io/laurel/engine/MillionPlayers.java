package io.laurel.engine;

import io.laurel.engine.command.CommandWriter;
import io.laurel.engine.query.BoardPage;
import io.laurel.engine.query.BoardRequest;
import io.laurel.engine.query.BoardRow;
import io.laurel.engine.query.StatusInfo;
import io.laurel.engine.rules.ContestDefinitionCodec;
import java.util.List;
import java.util.Random;

/**
 * A process of its own for {@link MillionPlayersTest}: so many players on three boards, with a heap
 * that would not hold them. Prints bytes per store and compares ranks with a plain count of who is
 * better. Exits with 0 where all agree.
 */
final class MillionPlayers {
    private static final long MEMORY_BYTES = 4L << 30;
    private static final int SAMPLE = 60;
    private static final int MANY_ROUNDS = 25;
    private static final int KEPT = 20;
    private static final int EVERY = 100;
    private static final int FIRST_WINS = 2_000;
    private static final long BET = 100;

    private final Engine engine = new Engine(MEMORY_BYTES);
    private final RoundFeed feed = new RoundFeed(engine);
    private final int players;
    private final long[] total;
    private final long[] best;
    private final long[] highest;
    private final long[] finishNs;
    private long rounds;

    private MillionPlayers(int players) {
        this.players = players;
        total = new long[players];
        best = new long[players];
        highest = new long[players];
        finishNs = new long[players];
    }

    /** Takes the number of players. */
    public static void main(String[] arguments) {
        new MillionPlayers(Integer.parseInt(arguments[0])).run();
    }

    private void run() {
        final long begun = System.nanoTime();
        begin();
        final Random random = new Random(7);
        for (int player = 0; player < players; player++) {
            final int win = 1 + random.nextInt(FIRST_WINS);
            spin(player, win);
            best[player] = win;
        }
        // some play so much that not all of it is kept, ever better
        for (int player = 0; player < players; player += EVERY) {
            final long win = FIRST_WINS + random.nextInt(FIRST_WINS);
            best[player] = 0;
            for (int i = 1; i < MANY_ROUNDS; i++) {
                spin(player, win + i);
                best[player] += i >= MANY_ROUNDS - KEPT ? win + i : 0;
            }
        }
        System.out.printf("%,d players, %,d rounds in %.1f s, %,d MiB of heap at most%n", players,
            rounds, (System.nanoTime() - begun) / 1e9, Runtime.getRuntime().maxMemory() >> 20);
        printStores();
        for (int i = 0; i < SAMPLE; i++) {
            final int player = i % 3 == 0 ? random.nextInt(players / EVERY) * EVERY
                : random.nextInt(players);
            check("total", total, player);
            check("best", best, player);
            check("highest", highest, player);
        }
        System.out.println("ranks agree");
    }

    private void begin() {
        feed.at(ContestDefinitions.START_NS);
        feed.writer().genesis(new CommandWriter.Limits(900_000_000_000L, 60_000_000_000L,
            10_000_000, 100, MEMORY_BYTES, 1), false, 7);
        accepted(feed.apply());
        feed.writer().registerSource("local");
        accepted(feed.apply());
        for (final var contest : List.of(ContestDefinitions.total("total"),
            ContestDefinitions.bestRounds("best", KEPT),
            ContestDefinitions.maxMultiplier("highest"))) {
            feed.writer().publishContest("test", ContestDefinitionCodec.encode(contest));
            accepted(feed.apply());
        }
    }

    private static void accepted(ResultCode result) {
        if (result != ResultCode.ACCEPTED) {
            throw new IllegalStateException("not accepted: " + result);
        }
    }

    private void spin(int player, long win) {
        feed.at(ContestDefinitions.START_NS + ++rounds * 1_000);
        accepted(feed.spin(rounds, player, BET, win));
        total[player] += win;
        highest[player] = win;
        finishNs[player] = feed.timeNs();
    }

    private void printStores() {
        final StatusInfo status = engine.reads().status();
        long sum = 0;
        for (final var store : status.memoryBytes().entrySet()) {
            System.out.printf("%12s %,15d bytes %8.1f per player%n", store.getKey(),
                store.getValue(), (double) store.getValue() / players);
            sum += store.getValue();
        }
        System.out.printf("%12s %,15d bytes %8.1f per player%n", "all", sum,
            (double) sum / players);
    }

    private void check(String contest, long[] scores, int player) {
        final String user = BoardRig.user(player);
        final BoardPage page = engine.reads().board(
            new BoardRequest(contest, "", 0, user, 1, List.of(), -1, 0));
        long position = 1;
        for (int other = 0; other < players; other++) {
            position += isBetter(scores, other, player) ? 1 : 0;
        }
        final BoardRow me = page.me();
        if (page.entries() != players || me.position() != position
            || me.score() != scores[player] || me.multiplierE4() != highest[player] * 100
            || me.rounds() != roundsOf(player) || me.finishTs() != finishNs[player]) {
            throw new IllegalStateException(contest + " of " + page.entries() + ": " + me
                + ", not " + position + " with " + scores[player]);
        }
    }

    /** Score, then all three tie-breaks; ids ascend with the numbers. */
    private boolean isBetter(long[] scores, int one, int other) {
        if (scores[one] != scores[other]) {
            return scores[one] > scores[other];
        }
        if (highest[one] != highest[other]) {
            return highest[one] > highest[other];
        }
        if (roundsOf(one) != roundsOf(other)) {
            return roundsOf(one) < roundsOf(other);
        }
        return finishNs[one] != finishNs[other] ? finishNs[one] < finishNs[other] : one < other;
    }

    private static int roundsOf(int player) {
        return player % EVERY == 0 ? MANY_ROUNDS : 1;
    }
}
