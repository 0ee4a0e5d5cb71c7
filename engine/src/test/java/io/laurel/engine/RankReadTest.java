package io.laurel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.command.CommandWriter;
import io.laurel.engine.query.BoardRequest;
import io.laurel.engine.query.EngineReads;
import io.laurel.engine.rules.ContestDefinitionCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class RankReadTest {
    private static final int PLAYERS = 300;
    private static final int ROUNDS = 1_000;

    @Test
    void shouldGiveThePlaceThatTheBoardShows() {
        try (Engine engine = new Engine(64L << 20)) {
            final RoundFeed feed = new RoundFeed(engine);
            feed.at(ContestDefinitions.START_NS);
            feed.writer().genesis(new CommandWriter.Limits(900_000_000_000L, 60_000_000_000L,
                1_000, 10, 64L << 20, 1), false, 7);
            assertEquals(ResultCode.ACCEPTED, feed.apply());
            feed.writer().registerSource("local");
            assertEquals(ResultCode.ACCEPTED, feed.apply());
            feed.writer().publishContest("test",
                ContestDefinitionCodec.encode(ContestDefinitions.total("a")));
            assertEquals(ResultCode.ACCEPTED, feed.apply());
            for (int i = 0; i < ROUNDS; i++) {
                feed.at(ContestDefinitions.START_NS + i * 1_000L);
                assertEquals(ResultCode.ACCEPTED,
                    feed.spin(i, i * 37L % PLAYERS, 100, i * 7_919L % 5_000));
            }
            final EngineReads reads = engine.reads();
            final int contest = reads.contestNumber("a");
            for (int player = 0; player < PLAYERS; player++) {
                final String user = BoardRig.user(player);
                final long shown = reads.board(new BoardRequest("a", "", 0, user, 0, List.of(),
                    -1, 0)).me().position();
                assertTrue(shown > 0);
                assertEquals(shown, reads.rank(contest, number(reads, user)), user);
            }
            assertEquals(0, reads.contestNumber("nothing"));
            assertEquals(0, reads.rank(contest, number(reads, "nobody")));
        }
    }

    private static int number(EngineReads reads, String user) {
        final byte[] bytes = user.getBytes(StandardCharsets.UTF_8);
        return reads.playerNumber(new UnsafeBuffer(bytes), 0, bytes.length);
    }
}
