package io.laurel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.laurel.engine.command.CommandWriter;
import io.laurel.engine.rules.ContestDefinition;
import io.laurel.engine.rules.ContestDefinitionCodec;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

class EngineAllocationTest {
    private static final int PLAYERS = 2_000;
    private static final int ROUNDS = 200_000;
    /** The reading itself, a late compilation: a constant, and nothing per round. */
    private static final long SLACK_BYTES = 64 * 1024;

    @Test
    void shouldAllocateNothingPerRoundWhenWarm() {
        try (Engine engine = new Engine(512L << 20)) {
            final RoundFeed feed = new RoundFeed(engine);
            begin(feed);
            play(feed, 0, ROUNDS);
            final ThreadMXBean threads =
                (ThreadMXBean) ManagementFactory.getThreadMXBean();
            final long id = Thread.currentThread().getId();
            final long before = threads.getThreadAllocatedBytes(id);
            play(feed, ROUNDS, ROUNDS);
            final long allocated = threads.getThreadAllocatedBytes(id) - before;
            assertTrue(allocated < SLACK_BYTES,
                ROUNDS + " rounds allocated " + allocated + " bytes");
        }
    }

    private static void begin(RoundFeed feed) {
        feed.at(ContestDefinitions.START_NS);
        feed.writer().genesis(new CommandWriter.Limits(900_000_000_000L, 60_000_000_000L,
            1_000_000, 100, 512L << 20, 1), false, 7);
        assertEquals(ResultCode.ACCEPTED, feed.apply());
        feed.writer().registerSource("local");
        assertEquals(ResultCode.ACCEPTED, feed.apply());
        for (final ContestDefinition contest : List.of(ContestDefinitions.total("a"),
            ContestDefinitions.bestRounds("b", 20), ContestDefinitions.maxMultiplier("c"))) {
            feed.writer().publishContest("test", ContestDefinitionCodec.encode(contest));
            assertEquals(ResultCode.ACCEPTED, feed.apply());
        }
    }

    private static void play(RoundFeed feed, long from, int rounds) {
        for (long i = from; i < from + rounds; i++) {
            feed.at(ContestDefinitions.START_NS + i * 1_000);
            final long mixed = i * 0x9E37_79B9_7F4A_7C15L >>> 33;
            final ResultCode result =
                feed.spin(i, mixed % PLAYERS, 100 + mixed % 900, mixed % 5_000);
            if (result != ResultCode.ACCEPTED) {
                throw new AssertionError("round " + i + ": " + result);
            }
        }
    }
}
