package io.laurel.replay.export;

import io.laurel.engine.Engine;
import io.laurel.engine.contest.ContestState;
import io.laurel.engine.query.BoardPage;
import io.laurel.engine.query.BoardRequest;
import io.laurel.engine.query.BoardRow;
import io.laurel.engine.query.ContestInfo;
import io.laurel.engine.query.EntryInfo;
import io.laurel.engine.reward.Award;
import io.laurel.engine.reward.Payout;
import io.laurel.engine.reward.Payouts;
import io.laurel.engine.rules.ContestDefinition.Distribution;
import io.laurel.engine.rules.ContestDefinition.Rewards;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What a regulator wants to know of one contest (South Dakota, ARSD 20:18:35:19): read from the
 * state, page by page, and from the log where the state does not keep it.
 */
final class TournamentRecord {
    private final Engine engine;
    private final ContestInfo contest;
    private final Entrants entrants;
    private final Payout payout;
    private final Map<Integer, Award> awards = new HashMap<>();

    /**
     * One who took part.
     *
     * @param id of the player; of the provider or game where those stand on the board
     * @param alias empty where there is none
     * @param status ranked, frozen, disqualified, left, or entered: without a scored round
     * @param enteredNs log time, ns since the Unix epoch; null where the log does not tell
     * @param row on the board; null where there is none
     * @param award what the place wins; null = nothing
     */
    record Patron(String id, String alias, String status, Long enteredNs, BoardRow row,
        Award award) {
    }

    TournamentRecord(Engine engine, ContestInfo contest, Entrants entrants) {
        this.engine = engine;
        this.contest = contest;
        this.entrants = entrants;
        payout = payout();
        payout.awards().forEach(award -> awards.put(award.place(), award));
    }

    ContestInfo contest() {
        return contest;
    }

    long sequence() {
        return engine.sequence();
    }

    long timeNs() {
        return engine.timeNs();
    }

    /** Returns the prizes of the board as it stands. */
    Payout prizes() {
        return payout;
    }

    /** Returns what the prizes rest on; empty where none can be named. */
    String prizeBasis() {
        final Rewards rewards = contest.definition().rewards();
        if (rewards == null || contest.state() == ContestState.CANCELLED
            || rewards.distribution() == Distribution.TICKET_DRAW) {
            return "";
        }
        return contest.state() == ContestState.FINAL || contest.state() == ContestState.SETTLED
            ? "final board" : "board as it stands";
    }

    private Payout payout() {
        if (prizeBasis().isEmpty()) {
            return new Payout(List.of(), null, 0, 0);
        }
        final long places =
            Math.min(contest.entries(), Payouts.paidPlaces(contest.definition()));
        final long[] scores = new long[(int) places];
        final int[] count = {0};
        pages(places, row -> scores[count[0]++] = row.score());
        return Payouts.of(contest.definition(), Arrays.copyOf(scores, count[0]));
    }

    private void pages(long mostRows, Consumer<BoardRow> rows) {
        long after = 0;
        while (after < mostRows) {
            final BoardPage page = engine.reads().board(new BoardRequest(contest.id(), "", 0, "",
                0, List.of(), after, (int) Math.min(BoardRequest.MAX_ROWS, mostRows - after)));
            if (page == null || page.top().isEmpty()) {
                return;
            }
            page.top().forEach(rows);
            after += page.top().size();
        }
    }

    /** Hands over all who took part: by rank, then the others by id. */
    void patrons(Consumer<Patron> patrons) {
        final Map<String, Long> others = new TreeMap<>(entrants.enteredNs());
        pages(Long.MAX_VALUE, row -> {
            final Long entered = others.remove(row.user());
            patrons.accept(new Patron(row.user(), row.alias(), "ranked", entered, row,
                awards.get((int) row.position())));
        });
        others.forEach((id, entered) -> {
            final BoardRow row = hidden(id);
            patrons.accept(new Patron(id, "", row == null ? entrants.mark(id) : "frozen", entered,
                row, null));
        });
    }

    /** Who is frozen scores on out of sight; the record tells of it at place 0. */
    private BoardRow hidden(String id) {
        final EntryInfo entry = engine.reads().entry(contest.id(), id);
        return !entrants.mark(id).equals("entered") || entry == null || entry.rounds() == 0 ? null
            : new BoardRow(0, id, "", entry.score(), entry.multiplierE4(), entry.rounds(),
                entry.finishTs(), 0, 0, entry.rebuilding());
    }
}
