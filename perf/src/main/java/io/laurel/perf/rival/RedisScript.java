package io.laurel.perf.rival;

import io.laurel.perf.load.BoardMix;
import java.util.List;

/**
 * The work of one round as one script: the event's id once, and for each board the number of
 * rounds, the highest multiplier and the finish time in a hash, the best twenty rounds in a small
 * sorted set with their sum, and one entry in the board's sorted set.
 *
 * <p>KEYS: the event's id, then for each board its sorted set, the player's hash in it, and where
 * it keeps rounds the player's small set. ARGV: player, multiplier, time, win, points, round.
 */
final class RedisScript {
    /** Events are remembered as long as a node does: 16 minutes. */
    static final int REMEMBERED_SECONDS = 960;

    private static final String HEAD = """
        if not redis.call('SET', KEYS[1], '1', 'NX', 'EX', 960) then return 0 end
        local user, mult, ts = ARGV[1], ARGV[2], ARGV[3]
        """;
    private static final String TOTAL = """
        local f = redis.call('HMGET', KEYS[%2$d], 'm', 's')
        local m = f[1]
        if not m or tonumber(mult) > tonumber(m) then m = mult end
        local s = tonumber(f[2] or '0') + tonumber(ARGV[4])
        redis.call('HINCRBY', KEYS[%2$d], 'r', 1)
        redis.call('HSET', KEYS[%2$d], 'm', m, 'f', ts, 's', string.format('%%.0f', s))
        redis.call('ZADD', KEYS[%1$d], s, user)
        """;
    private static final String BEST = """
        local f = redis.call('HMGET', KEYS[%2$d], 'm', 's')
        local m = f[1]
        if not m or tonumber(mult) > tonumber(m) then m = mult end
        local s = tonumber(f[2] or '0') + tonumber(ARGV[5])
        redis.call('ZADD', KEYS[%3$d], ARGV[5], ARGV[6])
        if redis.call('HINCRBY', KEYS[%2$d], 'r', 1) > 20 then
            s = s - tonumber(redis.call('ZPOPMIN', KEYS[%3$d])[2])
        end
        redis.call('HSET', KEYS[%2$d], 'm', m, 'f', ts, 's', string.format('%%.0f', s))
        redis.call('ZADD', KEYS[%1$d], s, user)
        """;
    private static final String HIGHEST = """
        local m = redis.call('HGET', KEYS[%2$d], 'm')
        if not m or tonumber(mult) > tonumber(m) then m = mult end
        redis.call('HINCRBY', KEYS[%2$d], 'r', 1)
        redis.call('HSET', KEYS[%2$d], 'm', m, 'f', ts)
        redis.call('ZADD', KEYS[%1$d], m, user)
        """;

    /** What a board needs. */
    enum Shape {
        /** A sum. */
        SUM(TOTAL),
        /** The best twenty. */
        KEPT(BEST),
        /** The highest. */
        MOST(HIGHEST);

        private final String text;

        Shape(String text) {
            this.text = text;
        }

        static Shape of(BoardMix board) {
            return switch (board) {
                case TOTAL -> SUM;
                case BEST_N_ROUNDS, FIRST_N_ROUNDS -> KEPT;
                case MAX_MULTIPLIER, MAX_ROUND -> MOST;
            };
        }
    }

    private RedisScript() {
    }

    /** Returns the script for some boards. */
    static String of(List<Shape> boards) {
        final StringBuilder script = new StringBuilder(HEAD);
        for (int i = 0; i < boards.size(); i++) {
            final int first = 2 + 3 * i;
            script.append("do\n")
                .append(String.format(boards.get(i).text, first, first + 1, first + 2))
                .append("end\n");
        }
        return script.append("return 1\n").toString();
    }
}
