package io.laurel.perf.rival;

import io.laurel.perf.load.BoardMix;
import io.laurel.perf.load.Distribution;
import io.laurel.perf.load.PlayerChoice;
import io.laurel.perf.load.RoundWriter;
import io.laurel.perf.load.Rounds;
import io.laurel.perf.machine.Figures;
import io.laurel.perf.proc.ChildLoop;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The process that plays into Redis: takes {@code preload}, {@code load
 * ids|bare|boards}, {@code same WARM SECONDS}, {@code bare
 * WARM SECONDS} and {@code count ROUNDS} from its input.
 */
public final class RedisMain {
    private static final int GROUP = 64;
    private static final int START_SECONDS = 10;
    private static final long SHORT_NS = 1_000_000;
    private static final byte[] EVENT = Resp.ascii("e_");
    private static final byte[] USER = Resp.ascii("u_");
    private static final byte[] BARE = Resp.ascii("bare");
    private static final int ID_DIGITS = RoundWriter.ID_BYTES - 2;
    private static final int USER_DIGITS = RoundWriter.USER_BYTES - 2;
    private static final int ARGUMENTS = 6;
    private static final long BEST_POINTS = 5_000;

    private final Resp out;
    private final Replies replies;
    private final List<RedisScript.Shape> shapes = new ArrayList<>();
    private final List<byte[]> boards = new ArrayList<>();
    private final List<byte[]> hashes = new ArrayList<>();
    private final List<byte[]> kept = new ArrayList<>();
    private final long players;
    private final int depth;
    private final PlayerChoice choice;
    private final long seed;
    private final byte[] sha;
    private long asked;
    private Rounds rounds;

    private RedisMain(Path socket, long players, int matched, Distribution distribution,
        long seed, int depth) throws IOException {
        final SocketChannel channel = RedisClient.connect(socket, START_SECONDS);
        out = new Resp(channel);
        replies = new Replies(channel);
        this.players = players;
        this.depth = depth;
        this.seed = seed;
        choice = distribution.among(players);
        for (int i = 0; i < matched; i++) {
            shapes.add(RedisScript.Shape.of(BoardMix.USUAL.get(i % BoardMix.USUAL.size())));
            boards.add(Resp.ascii("board:" + i));
            hashes.add(Resp.ascii("h:" + i + ":"));
            kept.add(Resp.ascii("k:" + i + ":"));
        }
        out.command(3).part(Resp.ascii("SCRIPT")).part(Resp.ascii("LOAD"))
            .part(Resp.ascii(RedisScript.of(shapes)));
        asked++;
        finish();
        sha = Resp.ascii(replies.last());
        rounds = new Rounds(seed, choice, 1);
    }

    /** Arguments: socket, players, matched, distribution, seed, commands under way at most. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        final RedisMain client = new RedisMain(Path.of(arguments[0]),
            Long.parseLong(arguments[1]), Integer.parseInt(arguments[2]),
            Distribution.valueOf(arguments[3].toUpperCase(Locale.ROOT)),
            Long.parseLong(arguments[4]), Integer.parseInt(arguments[5]));
        ChildLoop.run(client::work, () -> { });
    }

    private Map<String, Object> work(String[] words) throws IOException {
        return switch (words[0]) {
            case "preload" -> preload(true, true, true);
            case "load" -> preload(words[1].equals("ids"), words[1].equals("bare"),
                words[1].equals("boards"));
            case "same" -> run(this::round, words);
            case "bare" -> run(this::increment, words);
            case "count" -> count(Long.parseLong(words[1]));
            default -> throw new IOException("unknown command");
        };
    }

    private Map<String, Object> preload(boolean ids, boolean bare, boolean board)
        throws IOException {
        final long begun = System.nanoTime();
        final long[] next = new long[1];
        final Rounds each = new Rounds(seed, mix -> next[0]++, 1);
        for (long i = 0; i < players; i++) {
            each.next();
            if (ids) {
                out.command(5).part(SET).part(EVENT, each.number(), ID_DIGITS).part(ONE).part(EX)
                    .number(RedisScript.REMEMBERED_SECONDS);
                asked++;
            }
            if (bare) {
                out.command(4).part(ZADD).part(BARE).number(1)
                    .part(USER, each.player(), USER_DIGITS);
                asked++;
            }
            if (board) {
                first(each);
            }
            if (i % GROUP == 0) {
                awaitRoom();
            }
        }
        finish();
        rounds = new Rounds(seed + 1, choice, players + 1);
        return Map.of("rounds", players, "seconds",
            Figures.round((System.nanoTime() - begun) / 1e9, 2));
    }

    /** A player's first round as plain commands: what the script would leave, sooner. */
    private void first(Rounds round) throws IOException {
        final long points = points(round);
        for (int i = 0; i < shapes.size(); i++) {
            final long score = switch (shapes.get(i)) {
                case SUM -> round.winMinor();
                case KEPT -> points;
                case MOST -> multiplier(round);
            };
            out.command(10).part(HSET).part(hashes.get(i), round.player(), USER_DIGITS).part(R)
                .part(ONE).part(M).number(multiplier(round)).part(F)
                .number(System.currentTimeMillis()).part(S).number(score);
            out.command(4).part(ZADD).part(boards.get(i)).number(score)
                .part(USER, round.player(), USER_DIGITS);
            asked += 2;
            if (shapes.get(i) == RedisScript.Shape.KEPT) {
                out.command(4).part(ZADD).part(kept.get(i), round.player(), USER_DIGITS)
                    .number(points).part(EVENT, round.number(), ID_DIGITS);
                asked++;
            }
        }
    }

    private static long multiplier(Rounds round) {
        return round.winMinor() * 10_000 / round.betMinor();
    }

    private static long points(Rounds round) {
        return Math.min(round.winMinor() * 100 / round.betMinor(), BEST_POINTS);
    }

    private void round() throws IOException {
        rounds.next();
        final long player = rounds.player();
        final int keys = 1 + 3 * shapes.size();
        out.command(3 + keys + ARGUMENTS).part(EVALSHA).part(sha).number(keys)
            .part(EVENT, rounds.number(), ID_DIGITS);
        for (int i = 0; i < shapes.size(); i++) {
            out.part(boards.get(i)).part(hashes.get(i), player, USER_DIGITS)
                .part(kept.get(i), player, USER_DIGITS);
        }
        out.part(USER, player, USER_DIGITS).number(multiplier(rounds))
            .number(System.currentTimeMillis()).number(rounds.winMinor()).number(points(rounds))
            .part(EVENT, rounds.number(), ID_DIGITS);
        asked++;
    }

    private void increment() throws IOException {
        rounds.next();
        out.command(4).part(ZINCRBY).part(BARE).number(1 + rounds.winMinor())
            .part(USER, rounds.player(), USER_DIGITS);
        asked++;
    }

    /** One command. */
    @FunctionalInterface
    private interface Step {
        void take() throws IOException;
    }

    private Map<String, Object> run(Step step, String[] words) throws IOException {
        final double warm = Double.parseDouble(words[1]);
        final double seconds = Double.parseDouble(words[2]);
        fill(step, System.nanoTime() + (long) (warm * 1e9));
        final long from = replies.count();
        final long begun = System.nanoTime();
        fill(step, begun + (long) (seconds * 1e9));
        // where a moment was too short for a single reply, it lasts until there is one
        while (replies.count() == from) {
            fill(step, System.nanoTime() + SHORT_NS);
        }
        final long count = replies.count() - from;
        final long took = System.nanoTime() - begun;
        finish();
        return Map.of("count", count, "per_s", Math.round(count * 1e9 / took));
    }

    /** Plays so many rounds. */
    private Map<String, Object> count(long count) throws IOException {
        final long begun = System.nanoTime();
        for (long i = 0; i < count; i++) {
            round();
            if (i % GROUP == 0) {
                awaitRoom();
            }
        }
        finish();
        return Map.of("count", count, "per_s",
            Math.round(count * 1e9 / (System.nanoTime() - begun)));
    }

    private void fill(Step step, long untilNs) throws IOException {
        while (System.nanoTime() < untilNs) {
            for (int i = 0; i < GROUP; i++) {
                step.take();
            }
            awaitRoom();
        }
    }

    private void awaitRoom() throws IOException {
        if (asked - replies.count() >= depth) {
            out.flush();
            replies.await(asked - depth / 2);
        }
    }

    private void finish() throws IOException {
        out.flush();
        replies.await(asked);
    }

    private static final byte[] SET = Resp.ascii("SET");
    private static final byte[] EX = Resp.ascii("EX");
    private static final byte[] ONE = Resp.ascii("1");
    private static final byte[] HSET = Resp.ascii("HSET");
    private static final byte[] ZADD = Resp.ascii("ZADD");
    private static final byte[] ZINCRBY = Resp.ascii("ZINCRBY");
    private static final byte[] EVALSHA = Resp.ascii("EVALSHA");
    private static final byte[] R = Resp.ascii("r");
    private static final byte[] M = Resp.ascii("m");
    private static final byte[] F = Resp.ascii("f");
    private static final byte[] S = Resp.ascii("s");
}
