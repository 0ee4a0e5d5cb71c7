package io.laurel.engine.reference;

import io.laurel.engine.rules.ContestDefinition;
import io.laurel.engine.rules.FxTable;
import io.laurel.engine.rules.PlayerDefinition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The judge: what semantics.md says, in plain collections, with nothing kept that can be worked
 * out anew. Sequence and time come with each command; the time never decreases.
 */
public final class ReferenceEngine {
    private final Catalog catalog = new Catalog();
    private final Intake intake = new Intake();
    private final Rollbacks rollbacks = new Rollbacks(catalog);
    private final Map<String, PlayerDefinition> players = new HashMap<>();
    private final Map<String, Integer> profileVersions = new HashMap<>();
    private final Map<String, Integer> sources = new HashMap<>();
    private final Map<String, Map<String, Long>> outcomes = new TreeMap<>();
    private Limits limits;
    private boolean eventClock;
    private long timeNs = Long.MIN_VALUE;

    /** The first command. */
    public Outcome genesis(long sequence, long time, Limits first, boolean clockOfEvents) {
        if (limits != null) {
            return Outcome.of("bad_state", sequence);
        }
        limits = first;
        eventClock = clockOfEvents;
        begin(time);
        return Outcome.of("accepted", sequence);
    }

    /** Runs what is due before a command of that time. */
    private void begin(long time) {
        timeNs = Math.max(timeNs, time);
        catalog.runDue(timeNs);
        intake.passTime(timeNs, limits);
    }

    /** Gives a sender its number; the same name gets the same one. */
    public Outcome registerSource(long sequence, long time, String name) {
        begin(time);
        outcomes.computeIfAbsent(name, key -> new TreeMap<>());
        return Outcome.of("accepted",
            sources.computeIfAbsent(name, key -> sources.size() + 1));
    }

    /** Offers an event: intake, then every contest. */
    public Outcome event(long sequence, long time, String source, Event event) {
        begin(time);
        final Intake.Decision decision =
            intake.offer(sequence, timeNs, limits, eventClock, source, event);
        final String counted = decision.rolledBack() == null ? decision.counted()
            : rollbacks.onRollback(decision.rolledBack());
        if (counted != null) {
            count(source, counted);
        }
        final Round round = decision.closed();
        if (round != null) {
            rollbacks.onClosed(source, round);
            final PlayerDefinition player = players.get(round.userId());
            catalog.all().forEach(contest -> contest.offer(round, timeNs, player));
        }
        return decision.outcome();
    }

    /** Lets what waits be answered once: what rollbacks mean, or else entries anew. */
    public Outcome readLog(long sequence, long time) {
        begin(time);
        rollbacks.answer(this::count, () -> catalog.runDue(timeNs));
        catalog.runDue(timeNs);
        return Outcome.of("accepted", sequence);
    }

    /** Counts an event that decodes and is invalid. */
    public Outcome eventRefused(long sequence, long time, String source, String code) {
        begin(time);
        count(source, code);
        return Outcome.of(code, sequence);
    }

    private void count(String source, String code) {
        outcomes.computeIfAbsent(source, key -> new TreeMap<>()).merge(code, 1L, Long::sum);
    }

    /** Publishes a contest or a series of them; the value is the version. */
    public Outcome publishContest(long sequence, long time, ContestDefinition definition) {
        begin(time);
        final Outcome outcome = catalog.publish(sequence, definition, limits.maxContests());
        catalog.runDue(timeNs);
        return outcome;
    }

    /** Adds instances to a series. */
    public Outcome extendSchedule(long sequence, long time, String id, List<Long> starts) {
        begin(time);
        final Outcome outcome = catalog.extend(sequence, id, starts, limits.maxContests());
        catalog.runDue(timeNs);
        return outcome;
    }

    /** Changes the state of a contest by hand. */
    public Outcome contestAction(long sequence, long time, ContestOp operation, String id) {
        begin(time);
        if (catalog.isSeries(id)) {
            return operation == ContestOp.CANCEL ? catalog.cancelSeries(sequence, id)
                : Outcome.of("bad_state", sequence);
        }
        final ReferenceContest contest = catalog.contest(id);
        if (contest == null) {
            return Outcome.of("not_found", sequence);
        }
        final String code = switch (operation) {
            case FREEZE -> contest.freeze();
            case UNFREEZE -> contest.unfreeze();
            case FINALIZE -> contest.finish();
            case CANCEL -> contest.cancel();
        };
        catalog.runDue(timeNs);
        return Outcome.of(code, sequence);
    }

    /** Does something to a player in a contest. */
    public Outcome playerAction(long sequence, long time, PlayerOp operation, String id,
        String user) {
        begin(time);
        final ReferenceContest contest = catalog.contest(id);
        if (contest == null) {
            return Outcome.of(catalog.isSeries(id) ? "bad_state" : "not_found", sequence);
        }
        return Outcome.of(contest.entrants().apply(operation, user, contest.stage(),
            contest.definition().optIn()), sequence);
    }

    /** Replaces what is known of a player, the locale apart; the value is its version. */
    public Outcome playerProfile(long sequence, long time, PlayerDefinition player) {
        begin(time);
        know(new PlayerDefinition(player.id(), player.alias(), player.segments(), player.kyc(),
            player.blocked(), player.selfExcludedUntilNs(), player.birthDay(), ""));
        return Outcome.of("accepted", profileVersions.get(player.id()));
    }

    private void know(PlayerDefinition player) {
        if (!player.equals(players.put(player.id(), player))) {
            profileVersions.merge(player.id(), 1, Integer::sum);
        }
    }

    /** Overwrites what is personal; what keeps a player out stays. */
    public Outcome erasePlayer(long sequence, long time, String user) {
        begin(time);
        final PlayerDefinition player = players.get(user);
        if (player != null) {
            know(new PlayerDefinition(user, "", List.of(), player.kyc(), player.blocked(),
                player.selfExcludedUntilNs(), Integer.MIN_VALUE, ""));
        }
        return Outcome.of("accepted", sequence);
    }

    /** Publishes a table of rates; the value is its version. */
    public Outcome publishFx(long sequence, long time, FxTable table) {
        begin(time);
        return catalog.publishFx(table);
    }

    /** Changes the limits, from the next command on. */
    public Outcome setLimits(long sequence, long time, Limits changed) {
        begin(time);
        limits = changed;
        return Outcome.of("accepted", sequence);
    }

    /** Lets time pass. */
    public Outcome tick(long sequence, long time) {
        begin(time);
        return Outcome.of("accepted", sequence);
    }

    /** Moves event time forward. */
    public Outcome advanceTime(long sequence, long time, long toNs) {
        begin(eventClock ? Math.max(time, toNs) : time);
        return Outcome.of(eventClock ? "accepted" : "bad_state", sequence);
    }

    /** Returns a board in rank order; partition "" is the main one; null for no such contest. */
    public List<Row> board(String contest, String partition) {
        final ReferenceContest known = catalog.contest(contest);
        return known == null ? null : known.publicBoard(partition);
    }

    /** Returns the partitions of a contest that hold a scored round. */
    public List<String> partitions(String contest) {
        return catalog.contest(contest).publicPartitions();
    }

    /** Returns the ids of all contests in byte order. */
    public List<String> contests() {
        return catalog.all().stream().map(ReferenceContest::id).toList();
    }

    /** Returns where a contest stands, or null. */
    public ContestView contest(String id) {
        final ReferenceContest known = catalog.contest(id);
        return known == null ? null : new ContestView(id, known.stage().token(), known.frozen(),
            known.version(), Map.copyOf(known.unscored()));
    }

    /** Returns how many outcomes of each kind a source's events had. */
    public Map<String, Map<String, Long>> outcomes() {
        return outcomes;
    }

    /** Returns how many open rounds were forgotten. */
    public long discardedRounds() {
        return intake.discardedRounds();
    }

    /** Returns the log time. */
    public long timeNs() {
        return timeNs;
    }

    /**
     * Where a contest stands.
     *
     * @param id of the contest or instance
     * @param state in lower case
     * @param frozen whether view and moves are held
     * @param version of the rules
     * @param unscored rounds looked at and not scored, per reason
     */
    public record ContestView(String id, String state, boolean frozen, int version,
        Map<String, Long> unscored) {
    }
}
