package io.laurel.perf.load;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * The contests of a run as documents: the first {@code matched} take every round, each of the
 * others differs in market, provider, game, kind of game, brand or currency and takes none.
 */
public final class ContestSet {
    private static final String[] OTHERS = {
        "markets: [SE, NO, FI]", "providers: [other_%d]", "games: [\"h_%d*\"]",
        "game_types: [live, table]", "brands: [Y_%d]", "currencies: [SEK]"};

    private final List<String> ids = new ArrayList<>();
    private final List<String> documents = new ArrayList<>();

    /**
     * Writes the documents.
     *
     * @param boards shapes, taken in turn
     * @param atNs ns since the Unix epoch; the contests are live for a day before and 30 after
     */
    public ContestSet(int contests, int matched, List<BoardMix> boards, long atNs) {
        final Instant now = Instant.ofEpochSecond(atNs / 1_000_000_000L);
        final String window = "window: {start: " + now.minus(1, ChronoUnit.DAYS) + ", end: "
            + now.plus(30, ChronoUnit.DAYS) + ", tz: UTC}\n";
        for (int i = 0; i < contests; i++) {
            final BoardMix board = boards.get(i % boards.size());
            final String id = "bench_" + i;
            final String scope = i < matched ? ""
                : "scope: {" + String.format(OTHERS[i % OTHERS.length], i) + "}\n";
            ids.add(id);
            documents.add("id: " + id + "\nname: {en: Bench " + i + "}\n" + window + scope
                + board.scoring() + board.leaderboard());
        }
    }

    /** Returns the ids, those that match first. */
    public List<String> ids() {
        return ids;
    }

    /** Returns one YAML document per contest. */
    public List<String> documents() {
        return documents;
    }
}
