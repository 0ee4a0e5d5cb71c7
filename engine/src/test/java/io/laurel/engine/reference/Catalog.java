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

    /** A recurring contest: starts that have no instance yet, and whether it was called off. */
    private record Series(ContestDefinition definition, int version, FxTable fx,
        List<Long> starts, boolean[] cancelled) {
    }

    private final Map<String, ReferenceContest> contests = new TreeMap<>(Intake.BYTES);
    private final Map<String, Series> series = new TreeMap<>(Intake.BYTES);
    private final Map<String, FxTable> tables = new HashMap<>();
    private final Map<String, Integer> tableVersions = new HashMap<>();
    private long limit;

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
            if (due.stage() == Stage.LIVE && !due.schedule().isEmpty()) {
                makeNext(series.get(due.schedule()));
            }
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
            limit = maxContests;
            if (size() >= maxContests) {
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
        return known.stage().begun() && changesScores(known, rules)
            && (known.stage() == Stage.PROVISIONAL || known.frozen()) ? "bad_state" : null;
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
        if (known.stage().begun() ? changesScores(known, rules) : changesBoard(known, rules)) {
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

    /** Rules that differ only in what was worked out from the time of publication are the same. */
    private static List<Object> writtenAs(ContestDefinition rules) {
        final Schedule schedule = rules.schedule();
        return List.of(schedule.rrule(), schedule.durationNs(), schedule.zone(),
            schedule.fromGiven(), schedule.fromGiven() ? schedule.fromNs() : "open",
            schedule.untilNs(), rules.name(), rules.scope(), rules.optIn(), rules.scoring(),
            rules.board(), rules.antiAbuse(), java.util.Optional.ofNullable(rules.rewards()),
            java.util.Optional.ofNullable(rules.fxTable()), rules.lateGraceNs(), rules.appealNs(),
            rules.restart());
    }

    private Outcome publishSeries(long sequence, ContestDefinition rules, long maxContests) {
        final Series known = series.get(rules.id());
        if (known != null && writtenAs(known.definition).equals(writtenAs(rules))) {
            return Outcome.of("accepted", known.version);
        }
        if (contests.containsKey(rules.id())) {
            return Outcome.of("bad_state", sequence);
        }
        if (rules.fxTable() != null && !tables.containsKey(rules.fxTable())) {
            return Outcome.of("not_found", sequence);
        }
        final Schedule schedule = rules.schedule();
        limit = maxContests;
        if (known == null && size() + 2 > maxContests) {
            return Outcome.of("capacity", sequence);
        }
        if (known != null && known.cancelled[0]) {
            return Outcome.of("bad_state", sequence);
        }
        final Series taken = new Series(rules, known == null ? 1 : known.version + 1,
            tables.get(rules.fxTable()), new ArrayList<>(schedule.starts()),
            new boolean[1]);
        series.put(rules.id(), taken);
        long after = Long.MIN_VALUE;
        for (final ReferenceContest instance : List.copyOf(contests.values())) {
            if (instance.schedule().equals(rules.id())) {
                if (instance.stage() == Stage.SCHEDULED) {
                    renew(instance, taken);
                }
                if (instance.stage() != Stage.CANCELLED) {
                    after = Math.max(after, instance.startNs());
                }
            }
        }
        final long begun = after;
        taken.starts.removeIf(start -> start <= begun);
        if (!hasInstanceToCome(rules.id())) {
            makeNext(taken);
        }
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
        limit = maxContests;
        final Series known = series.get(id);
        if (known == null) {
            return Outcome.of(contests.containsKey(id) ? "bad_state" : "not_found", sequence);
        }
        if (known.cancelled[0]) {
            return Outcome.of("bad_state", sequence);
        }
        final boolean ranDry = known.starts.isEmpty();
        for (final long start : starts) {
            if (start > latestStart(known)) {
                known.starts.add(start);
            }
        }
        if (ranDry && !hasInstanceToCome(id)) {
            makeNext(known);
        }
        return Outcome.of("accepted", sequence);
    }

    /** Ends a series: what has begun goes on, what was to come does not. */
    Outcome cancelSeries(long sequence, String id) {
        final Series known = series.get(id);
        known.starts.clear();
        known.cancelled[0] = true;
        contests.values().stream().filter(one -> one.schedule().equals(id)
            && one.stage() == Stage.SCHEDULED).forEach(ReferenceContest::cancel);
        return Outcome.of("accepted", sequence);
    }

    boolean isSeries(String id) {
        return series.containsKey(id);
    }

    private int size() {
        return contests.size() + series.size();
    }

    private long latestStart(Series of) {
        return of.starts.isEmpty() ? contests.values().stream()
            .filter(one -> one.schedule().equals(of.definition.id()))
            .mapToLong(ReferenceContest::startNs).max().orElse(Long.MIN_VALUE)
            : of.starts.get(of.starts.size() - 1);
    }

    private boolean hasInstanceToCome(String id) {
        return contests.values().stream().anyMatch(
            one -> one.schedule().equals(id) && one.stage() == Stage.SCHEDULED);
    }

    /** Makes the instance of the next start that has none. */
    private void makeNext(Series of) {
        while (!of.starts.isEmpty()
            && contests.containsKey(instanceId(of.definition.id(), of.starts.get(0)))) {
            of.starts.remove(0);
        }
        if (!of.starts.isEmpty() && size() < limit) {
            final long start = of.starts.remove(0);
            add(instanceId(of.definition.id(), start), of.definition.id(), of.definition, start,
                start + of.definition.schedule().durationNs(), of.version, of.fx);
        }
    }

    /** Returns ID@start in UTC, such as {@code daily@2025-10-25T15:00Z}. */
    static String instanceId(String id, long startNs) {
        return id + "@" + LocalDateTime.ofEpochSecond(Math.floorDiv(startNs, SECOND_NS),
            (int) Math.floorMod(startNs, SECOND_NS), ZoneOffset.UTC) + "Z";
    }
}
