package io.laurel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.port.MemorySnapshots;
import io.laurel.engine.port.MemorySnapshots.Kept;
import io.laurel.engine.query.BoardRow;
import io.laurel.engine.rules.ContestDefinition;
import io.laurel.engine.rules.Document;
import io.laurel.engine.rules.Documents;
import io.laurel.protocol.storage.PlayerOperation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a contest held before it was restarted is given back, a slice per tick. */
class OldBoardsTest {
    private static final int PLAYERS = 3_000;
    private static final int ROUNDS = 5;
    private static final long ENTRY_BYTES = 64;
    private static final String OTHER = "other";
    private static final Set<String> BOARD_STORES =
        Set.of("entries", "trees", "kept_rounds", "abuse");

    /** Contests of every kind of further state; the version makes the difference. */
    private static List<ContestDefinition> contests(int version) {
        final String rest = "window: {start: 2025-10-25T18:00Z, end: 2025-10-26T18:00Z}\n"
            + "scoring: {formula: 'win.amount + " + version + "'}\nrestart: true\n";
        return List.of(
            contest("id: best\n" + rest + "leaderboard: {type: best_n_rounds, n: 3,"
                + " partition_by: provider}\nanti_abuse: {max_rps_per_user: 1000000}\n"),
            contest("id: first\n" + rest + "leaderboard: {type: first_n_rounds, n: "
                + (version % 2 == 0 ? "2" : "4") + ", partition_by: game, entity: "
                + (version % 2 == 0 ? "provider" : "player") + "}\n"));
    }

    private static ContestDefinition contest(String yaml) {
        return ((Document.ContestDocument) Documents.parseOne(
            yaml.getBytes(StandardCharsets.UTF_8), null, ContestDefinitions.START_NS)).definition();
    }

    private static BoardRig rig() {
        final BoardRig rig = new BoardRig(ContestDefinitions.bestRounds(OTHER, 2));
        contests(0).forEach(rig::publish);
        return rig;
    }

    private static void play(BoardRig rig) {
        for (int i = 0; i < ROUNDS; i++) {
            rig.play(0, PLAYERS, i);
        }
    }

    private static void restart(BoardRig rig, int version) {
        contests(version).forEach(rig::publish);
    }

    private static Map<String, Long> memory(BoardRig rig) {
        return rig.engine.reads().status().memoryBytes().entrySet().stream()
            .filter(store -> BOARD_STORES.contains(store.getKey()))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Long::sum,
                TreeMap::new));
    }

    private static long usedBytes(BoardRig rig) {
        final long used = rig.engine.images().begin();
        rig.engine.images().copySlice(Integer.MAX_VALUE);
        rig.engine.images().end().close();
        return used;
    }

    @Test
    void shouldTakeNoMoreMemoryHoweverOftenContestsAreRestarted() {
        try (BoardRig rig = rig()) {
            for (int version = 1; version <= 4; version++) {
                play(rig);
                final Map<String, Long> full = memory(rig);
                restart(rig, version);
                assertEquals(rig.engine.timeNs(), rig.engine.nextDeadlineNs(), "ticks must come");
                final List<BoardRow> others = rig.rows(OTHER);
                assertTrue(rig.tickWhileDue() > PLAYERS / 256, "it takes more than a slice");
                final Map<String, Long> empty = memory(rig);
                // what the third contest holds stays, and one entry for each who has entered
                assertTrue(empty.get("entries") <= full.get("entries") - PLAYERS * ENTRY_BYTES
                    && empty.get("trees") < full.get("trees") / 2
                    && empty.get("kept_rounds") < full.get("kept_rounds") / 2
                    && empty.get("abuse") == 0, () -> empty + " of " + full);
                assertEquals(others, rig.rows(OTHER));
            }
        }
    }

    @Test
    void shouldComeBackToTheSameMemoryWhenTheSameIsPlayedAgain() {
        try (BoardRig rig = rig()) {
            play(rig);
            restart(rig, 2);
            rig.tickWhileDue();
            play(rig);
            final Map<String, Long> full = memory(rig);
            final long used = usedBytes(rig);
            for (int version = 4; version <= 8; version += 2) {
                restart(rig, version);
                rig.tickWhileDue();
                play(rig);
                final Map<String, Long> again = memory(rig);
                // which entries share a bucket of the index is another matter each time
                full.forEach((store, bytes) -> assertEquals(bytes, again.get(store), bytes / 100.0,
                    () -> store + ": " + again + " of " + full));
            }
            // what is remembered of events grows
            assertTrue(usedBytes(rig) - used < 3L * ROUNDS * PLAYERS * 200, "the region grows");
        }
    }

    @Test
    void shouldKeepWhatLastsWhenAContestIsRestartedTwiceMeanwhile() {
        try (BoardRig rig = rig()) {
            play(rig);
            for (final int player : new int[] {7, 8, 9}) {
                rig.operate(PlayerOperation.DISQUALIFY, "best", player);
                rig.operate(PlayerOperation.FREEZE, "best", player + 100);
            }
            restart(rig, 1);
            rig.tick();
            rig.operate(PlayerOperation.UNFREEZE, "best", 107);
            restart(rig, 2);
            rig.tick();
            rig.tick();
            rig.operate(PlayerOperation.UNFREEZE, "best", 108);
            restart(rig, 3);
            rig.tickWhileDue();
            play(rig);
            final Set<String> shown =
                rig.rows("best").stream().map(BoardRow::user).collect(Collectors.toSet());
            assertEquals(PLAYERS - 4, shown.size());
            for (final int hidden : new int[] {7, 8, 9, 109}) {
                assertTrue(!shown.contains(BoardRig.user(hidden)), "player " + hidden);
            }
        }
    }

    @Test
    void shouldComeToTheSameStateFromTheLogAndFromASnapshotInTheMiddle() throws IOException {
        final MemorySnapshots snapshots = new MemorySnapshots();
        try (BoardRig rig = rig()) {
            play(rig);
            restart(rig, 1);
            for (int ticks = 0; rig.engine.nextDeadlineNs() <= rig.engine.timeNs(); ticks++) {
                rig.tick();
                rig.play(ticks, 3, 1);
                if (ticks == 5) {
                    restart(rig, 2);
                }
                if (ticks % 10 == 0) {
                    rig.engine.images().begin();
                    rig.engine.images().copySlice(Integer.MAX_VALUE);
                    snapshots.take(rig.engine.images().end(), rig.engine::sequence);
                }
            }
            final String root = LogTape.root(rig.engine);
            final long last = rig.engine.sequence();
            assertEquals(root,
                rig.tape.play(rig.engine.memoryBytes(), (int) last).roots().get(last));
            assertEquals(root,
                rig.tape.playAhead(rig.engine.memoryBytes(), (int) last).roots().get(last));
            assertTrue(snapshots.kept().size() > 5);
            for (final Kept kept : snapshots.kept()) {
                try (Engine opened = Engine.open(kept, 0)) {
                    rig.tape.entries().subList((int) opened.sequence(), (int) last)
                        .forEach(entry -> entry.applyTo(opened));
                    assertEquals(root, LogTape.root(opened));
                }
            }
        }
    }
}
