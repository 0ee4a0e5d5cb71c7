package io.laurel.engine.reference;

import io.laurel.engine.rules.ContestDefinition;
import io.laurel.engine.rules.ContestDefinition.Schedule;
import io.laurel.engine.rules.FxTable;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Semantics 4: which contests there are, in which version, and their due moves. */
final class Catalog {
    private static final long SECOND_NS = 1_000_000_000L;

    private record Series(ContestDefinition definition, int version, FxTable fx,
        List<Long> starts) {
    }

    private final Map<String, ReferenceContest> contests = new TreeMap<>(Intake.BYTES);
    private final Map<String, Series> series = new TreeMap<>(Intake.BYTES);
    private final Map<String, FxTable> tables = new HashMap<>();
    private final Map<String, Integer> tableVersions = new HashMap<>();

    Collection<ReferenceContest> all() {
        return contests.values();
    }

    ReferenceContest contest(String id) {
        return contests.get(id);
    }

    /** Makes every move with deadline &lt;= time, in the order (deadline, id). */
    void runDue(long timeNs) {
        ReferenceContest due = nextDue(timeNs);
        while (due != null) {
            due.advance();
            due = nextDue(timeNs);
        }
    }

    private ReferenceContest nextDue(long timeNs) {
        return contests.values().stream()
            .filter(one -> one.deadlineNs() != null && one.deadlineNs() <= timeNs)
            .min(Comparator.comparing(ReferenceContest::deadlineNs)
                .thenComparing(ReferenceContest::id, Intake.BYTES))
            .orElse(null);
    }

    /** Takes a table of rates; contests published before keep the one they pinned. */
    Outcome publishFx(FxTable table) {
        if (!table.equals(tables.put(table.id(), table))) {
            tableVersions.merge(table.id(), 1, Integer::sum);
        }
        return Outcome.of("accepted", tableVersions.get(table.id()));
    }

    Outcome publish(long sequence, ContestDefinition definition, long maxContests) {
        return definition.schedule() == null ? publishOne(sequence, definition, maxContests)
            : publishSeries(sequence, definition, maxContests);
    }

    private Outcome publishOne(long sequence, ContestDefinition rules, long maxContests) {
        final ReferenceContest known = contests.get(rules.id());
        if (known != null && known.definition().equals(rules)) {
            return Outcome.of("accepted", known.version());
        }
        if (series.containsKey(rules.id())) {
            return Outcome.of("bad_state", sequence);
        }
        if (rules.fxTable() != null && !tables.containsKey(rules.fxTable())) {
            return Outcome.of("not_found", sequence);
        }
        if (known == null) {
            if (contests.size() >= maxContests) {
                return Outcome.of("capacity", sequence);
            }
            add(rules.id(), "", rules, rules.window().startNs(), rules.window().endNs(), 1,
                tables.get(rules.fxTable()));
            return Outcome.of("accepted", 1);
        }
        final String refusal = refuseChange(known, rules);
        if (refusal != null) {
            return Outcome.of(refusal, sequence);
        }
        change(known, rules, rules.window().startNs(), rules.window().endNs(),
            known.version() + 1, tables.get(rules.fxTable()));
        return Outcome.of("accepted", known.version());
    }

    private static String refuseChange(ReferenceContest known, ContestDefinition rules) {
        if (known.stage().over()) {
            return "bad_state";
        }
        if (known.stage().begun() && changesScores(known, rules) && !rules.restart()) {
            return "rules_locked";
        }
        return rules.restart() && known.stage() == Stage.PROVISIONAL ? "bad_state" : null;
    }

    private static boolean changesScores(ReferenceContest known, ContestDefinition rules) {
        return changesBoard(known, rules)
            || !java.util.Objects.equals(known.definition().rewards(), rules.rewards());
    }

    private static boolean changesBoard(ReferenceContest known, ContestDefinition rules) {
        return !known.definition().scoring().equals(rules.scoring())
            || !known.definition().board().equals(rules.board());
    }

    private static void change(ReferenceContest known, ContestDefinition rules, long start,
        long end, int version, FxTable fx) {
        // before live only a few early rounds can stand, made by rules that never held
        final boolean voids =
            known.stage().begun() ? rules.restart() : changesBoard(known, rules);
        if (voids) {
            known.voidStandings();
        }
        known.take(rules, start, end, fx, version);
    }

    private void add(String id, String schedule, ContestDefinition rules, long start, long end,
        int version, FxTable fx) {
        final ReferenceContest contest = new ReferenceContest(id, schedule);
        contest.take(rules, start, end, fx, version);
        contests.put(id, contest);
    }

    private Outcome publishSeries(long sequence, ContestDefinition rules, long maxContests) {
        final Series known = series.get(rules.id());
        if (known != null && known.definition.equals(rules)) {
            return Outcome.of("accepted", known.version);
        }
        if (contests.containsKey(rules.id())) {
            return Outcome.of("bad_state", sequence);
        }
        if (rules.fxTable() != null && !tables.containsKey(rules.fxTable())) {
            return Outcome.of("not_found", sequence);
        }
        final Schedule schedule = rules.schedule();
        if (contests.size() + countNew(rules.id(), schedule.starts()) > maxContests) {
            return Outcome.of("capacity", sequence);
        }
        final Series taken = new Series(rules, known == null ? 1 : known.version + 1,
            tables.get(rules.fxTable()), new ArrayList<>(schedule.starts()));
        series.put(rules.id(), taken);
        for (final ReferenceContest instance : List.copyOf(contests.values())) {
            if (instance.schedule().equals(rules.id()) && instance.stage() == Stage.SCHEDULED) {
                renew(instance, taken);
            }
        }
        taken.starts.forEach(start -> addInstance(taken, start));
        return Outcome.of("accepted", taken.version);
    }

    /** Gives a coming instance the new rules, or calls it off where its start is gone. */
    private static void renew(ReferenceContest instance, Series taken) {
        final ContestDefinition rules = taken.definition;
        for (final long start : taken.starts) {
            if (instance.id().equals(instanceId(rules.id(), start))) {
                change(instance, rules, start, start + rules.schedule().durationNs(),
                    taken.version, taken.fx);
                return;
            }
        }
        instance.cancel();
    }

    Outcome extend(long sequence, String id, List<Long> starts, long maxContests) {
        final Series known = series.get(id);
        if (known == null) {
            return Outcome.of(contests.containsKey(id) ? "bad_state" : "not_found", sequence);
        }
        if (contests.size() + countNew(id, starts) > maxContests) {
            return Outcome.of("capacity", sequence);
        }
        starts.forEach(start -> addInstance(known, start));
        return Outcome.of("accepted", sequence);
    }

    private long countNew(String id, List<Long> starts) {
        return starts.stream().map(start -> instanceId(id, start)).distinct()
            .filter(instance -> !contests.containsKey(instance)).count();
    }

    private void addInstance(Series of, long start) {
        final String id = instanceId(of.definition.id(), start);
        if (!contests.containsKey(id)) {
            add(id, of.definition.id(), of.definition, start,
                start + of.definition.schedule().durationNs(), of.version, of.fx);
        }
    }

    /** Returns ID@start in UTC, such as {@code daily@2025-10-25T15:00Z}. */
    static String instanceId(String id, long startNs) {
        return id + "@" + LocalDateTime.ofEpochSecond(Math.floorDiv(startNs, SECOND_NS),
            (int) Math.floorMod(startNs, SECOND_NS), ZoneOffset.UTC) + "Z";
    }
}
