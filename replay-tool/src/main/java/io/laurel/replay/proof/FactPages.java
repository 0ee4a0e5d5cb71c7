package io.laurel.replay.proof;

import io.laurel.engine.Engine;
import io.laurel.engine.query.BoardPage;
import io.laurel.engine.query.BoardRequest;
import io.laurel.engine.query.BoardRow;
import io.laurel.engine.query.EngineReads;
import io.laurel.engine.query.SettledContest;
import io.laurel.journal.checkpoint.Fact;
import io.laurel.journal.checkpoint.Fact.ContestResult;
import io.laurel.journal.checkpoint.Fact.FinalEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads the facts of an engine in the order of the log, a page at a time. What is settled changes
 * no more, so pages that are read at different sequences fit together.
 */
public final class FactPages {
    private FactPages() {
    }

    /**
     * Where the next page begins.
     *
     * @param before last contest that was read whole; empty = none
     * @param contest the one that is being read, null = the one that comes next
     * @param entries how many of its entries were read
     */
    public record Place(String before, SettledContest contest, long entries) {
        /** Before the first fact. */
        public static final Place START = after("");

        /** Behind all facts of a contest. */
        public static Place after(String contest) {
            return new Place(contest, null, 0);
        }

        /** Returns whether the facts of a contest are read whole here. */
        public boolean isBetweenContests() {
            return contest == null;
        }
    }

    /**
     * Some facts.
     *
     * @param facts in order; none where there are no more yet
     * @param next where the next page begins
     */
    public record Page(List<Fact> facts, Place next) {
    }

    /**
     * Reads a page; on the engine's thread.
     *
     * @param rows most entries in it, 1 to {@link BoardRequest#MAX_ROWS}
     */
    public static Page read(Engine engine, Place place, int rows) {
        if (engine.sequence() == 0) {
            return new Page(List.of(), place);
        }
        final EngineReads reads = engine.reads();
        final List<Fact> facts = new ArrayList<>();
        SettledContest contest = place.contest();
        if (contest == null) {
            contest = reads.settledAfter(place.before());
            if (contest == null) {
                return new Page(facts, place);
            }
            facts.add(new ContestResult(contest.id(), contest.sequence(), contest.rulesVersion(),
                contest.rulesHash(), contest.scoreScale(), contest.entries(),
                contest.boardHash()));
        }
        final BoardPage page = reads.board(new BoardRequest(contest.id(), "", 0, "", 0, List.of(),
            place.entries(), rows));
        for (final BoardRow row : page.top()) {
            facts.add(entry(engine, contest.id(), row));
        }
        final long read = place.entries() + page.top().size();
        return new Page(facts, read < contest.entries()
            ? new Place(place.before(), contest, read) : Place.after(contest.id()));
    }

    private static FinalEntry entry(Engine engine, String contest, BoardRow row) {
        return new FinalEntry(FinalEntry.salt(engine.hashSeed(), contest, row.user()), contest,
            row.position(), row.user(), row.score(), row.multiplierE4(), row.rounds(),
            row.finishTs());
    }

    /** Hands over all facts that there are, for tools that have the engine to themselves. */
    public static void readAll(Engine engine, Consumer<Fact> facts) {
        Page page = read(engine, Place.START, BoardRequest.MAX_ROWS);
        while (!page.facts().isEmpty()) {
            page.facts().forEach(facts);
            page = read(engine, page.next(), BoardRequest.MAX_ROWS);
        }
    }
}
