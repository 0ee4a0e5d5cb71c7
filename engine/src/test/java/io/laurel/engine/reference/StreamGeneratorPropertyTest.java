package io.laurel.engine.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.reference.Command.Step;
import io.laurel.engine.scenario.ReferenceSubject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The streams reach what they are meant to reach, and boards keep their invariants. */
final class StreamGeneratorPropertyTest {
    private static final int SEEDS = 40;
    private static final int COMMANDS = 1_000;

    @Test
    void shouldGiveTheSameStreamForTheSameSeed() {
        assertEquals(StreamGenerator.generate(7, 300), StreamGenerator.generate(7, 300));
    }

    @Test
    void shouldReachEveryOutcomeAndEveryReason() {
        final Set<String> outcomes = new TreeSet<>();
        final Set<String> unscored = new TreeSet<>();
        final Set<String> states = new TreeSet<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            try (ReferenceSubject subject = new ReferenceSubject()) {
                long sequence = 0;
                for (final Step step : StreamGenerator.generate(seed, COMMANDS)) {
                    outcomes.add(subject.apply(++sequence, step).code());
                    if (sequence % 250 == 0) {
                        checkBoards(seed, subject);
                    }
                }
                subject.outcomes().values().forEach(counts -> outcomes.addAll(counts.keySet()));
                for (final String id : subject.engine().contests()) {
                    unscored.addAll(subject.contest(id).unscored().keySet());
                    states.add(subject.contest(id).state());
                }
            }
        }
        assertEquals(Set.of("accepted", "duplicate", "invalid", "too_early", "too_late",
            "id_conflict", "round_closed", "round_open", "currency_mismatch", "capacity",
            "not_found", "bad_state", "rules_locked", "unknown_round"), outcomes);
        assertEquals(Set.of("not_eligible_game", "player_blocked", "not_entered", "zero_bet",
            "min_bet", "currency", "asn_excluded", "headless", "too_short", "rate_limited",
            "formula_error", "disqualified"), unscored);
        assertEquals(Set.of("scheduled", "live", "closing", "provisional", "settled",
            "cancelled"), states);
    }

    private static void checkBoards(long seed, ReferenceSubject subject) {
        for (final String id : subject.engine().contests()) {
            final List<Row> rows = subject.board(id, "");
            final Set<String> users = new HashSet<>();
            long above = Long.MAX_VALUE;
            for (final Row row : rows) {
                assertTrue(users.add(row.user()), () -> "seed " + seed + ": twice " + row);
                assertTrue(row.score() <= above, () -> "seed " + seed + ": order of " + rows);
                above = row.score();
            }
            final List<String> parts = new ArrayList<>();
            for (final String partition : subject.engine().partitions(id)) {
                subject.board(id, partition).forEach(row -> parts.add(row.user()));
            }
            assertTrue(users.containsAll(parts), () -> "seed " + seed + ": " + id);
        }
    }
}
