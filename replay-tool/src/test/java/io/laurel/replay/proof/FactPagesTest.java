package io.laurel.replay.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.ContestDefinitions;
import io.laurel.engine.Engine;
import io.laurel.engine.ResultCode;
import io.laurel.engine.RoundFeed;
import io.laurel.engine.command.CommandWriter;
import io.laurel.engine.rules.ContestDefinitionCodec;
import io.laurel.journal.checkpoint.Fact;
import io.laurel.journal.checkpoint.Fact.ContestResult;
import io.laurel.journal.checkpoint.Fact.FinalEntry;
import io.laurel.protocol.storage.ContestOperation;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Facts come out the same whoever reads them when, in pages of whatever size. */
final class FactPagesTest {
    private static final long MEMORY_BYTES = 64L << 20;
    private static final int PLAYERS = 30;

    private final Engine engine = new Engine(MEMORY_BYTES);
    private final RoundFeed feed = new RoundFeed(engine);

    @BeforeEach
    void play() {
        assertEquals(List.of(), read(7), "there is nothing before Genesis");
        feed.at(ContestDefinitions.START_NS);
        feed.writer().genesis(new CommandWriter.Limits(900_000_000_000L, 60_000_000_000L, 1_000,
            100, MEMORY_BYTES, 1), false, 7);
        accepted();
        feed.writer().registerSource("local");
        accepted();
        for (final String contest : List.of("a", "b")) {
            feed.writer().publishContest("test",
                ContestDefinitionCodec.encode(ContestDefinitions.total(contest)));
            accepted();
        }
        for (int i = 0; i < PLAYERS; i++) {
            assertEquals(ResultCode.ACCEPTED, feed.spin(i, i, 100, i * 31L % 7));
        }
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private void accepted() {
        assertEquals(ResultCode.ACCEPTED, feed.apply());
    }

    private void finish(String contest) {
        feed.writer().contestAction(ContestOperation.FINALIZE, contest, "test", "");
        accepted();
    }

    private List<Fact> read(int rows) {
        final List<Fact> facts = new ArrayList<>();
        FactPages.Page page = FactPages.read(engine, FactPages.Place.START, rows);
        while (!page.facts().isEmpty()) {
            assertTrue(page.facts().size() <= rows + 1);
            facts.addAll(page.facts());
            page = FactPages.read(engine, page.next(), rows);
        }
        assertTrue(page.next().isBetweenContests());
        return facts;
    }

    private static List<String> text(List<Fact> facts) {
        return facts.stream().map(fact -> HexFormat.of().formatHex(fact.toLeaf()))
            .toList();
    }

    @Test
    void shouldGiveTheSameFactsInPagesOfAnySize() {
        finish("b");
        final List<String> first = text(read(1));
        assertEquals(1 + PLAYERS, first.size());
        finish("a");
        final List<Fact> all = read(1_000);
        assertEquals(2 * (1 + PLAYERS), all.size());
        assertEquals(first, text(all).subList(0, first.size()), "settled first, listed first");
        for (final int rows : new int[] {1, 7, PLAYERS, PLAYERS + 1}) {
            assertEquals(text(all), text(read(rows)), rows + " rows");
        }
        final List<Fact> whole = new ArrayList<>();
        FactPages.readAll(engine, whole::add);
        assertEquals(text(all), text(whole));
    }

    @Test
    void shouldHoldWhatTheBoardShowsAndSurviveAnErasure() {
        finish("a");
        final List<Fact> facts = read(10);
        final ContestResult result = (ContestResult) facts.get(0);
        assertEquals(PLAYERS, result.entries());
        assertEquals(engine.sequence(), result.sequence());
        long above = Long.MAX_VALUE;
        for (int rank = 1; rank <= PLAYERS; rank++) {
            final FinalEntry entry = (FinalEntry) facts.get(rank);
            assertEquals(rank, entry.rank());
            assertTrue(entry.score() <= above, "ordered by score");
            above = entry.score();
        }
        final FinalEntry best = (FinalEntry) facts.get(1);
        feed.writer().erasePlayer(best.user(), "test", "");
        accepted();
        assertEquals(text(facts), text(read(10)));
    }
}
