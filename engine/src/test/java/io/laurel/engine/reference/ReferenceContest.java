package io.laurel.engine.reference;

import io.laurel.engine.rules.ContestDefinition;
import io.laurel.engine.rules.ContestDefinition.AntiAbuse;
import io.laurel.engine.rules.ContestDefinition.Entity;
import io.laurel.engine.rules.Expression.Name;
import io.laurel.engine.rules.FxTable;
import io.laurel.engine.rules.PlayerDefinition;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** One contest or instance: every round that scored in it, and what stands beside them. */
final class ReferenceContest {
    private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);

    private final String id;
    private final String schedule;
    private final Entrants entrants = new Entrants();
    private final Map<String, List<Scored>> byEntity = new TreeMap<>(Intake.BYTES);
    private final Map<String, List<Scored>> byPlayer = new TreeMap<>(Intake.BYTES);
    private final Map<String, List<Scored>> lookedAt = new TreeMap<>(Intake.BYTES);
    private final Map<String, BigInteger> tats = new TreeMap<>(Intake.BYTES);
    private final Map<String, Long> unscored = new TreeMap<>();
    private final Changes changes = new Changes();
    private final Map<String, Long> heldFor = new TreeMap<>();
    private final Set<String> marked = new TreeSet<>();
    private ContestDefinition definition;
    private FxTable fx;
    private long startNs;
    private long endNs;
    private int version;
    private Stage stage = Stage.SCHEDULED;
    private Map<String, List<Row>> heldView;

    ReferenceContest(String id, String schedule) {
        this.id = id;
        this.schedule = schedule;
    }

    /** Takes rules, first or changed ones. */
    void take(ContestDefinition rules, long start, long end, FxTable table, int newVersion) {
        definition = rules;
        startNs = start;
        endNs = end;
        fx = table;
        version = newVersion;
    }

    String id() {
        return id;
    }

    String schedule() {
        return schedule;
    }

    long startNs() {
        return startNs;
    }

    ContestDefinition definition() {
        return definition;
    }

    int version() {
        return version;
    }

    Stage stage() {
        return stage;
    }

    boolean frozen() {
        return heldView != null;
    }

    Entrants entrants() {
        return entrants;
    }

    Map<String, Long> unscored() {
        return unscored;
    }

    /** Returns when the next move is due; null where none is, or a freeze holds it. */
    Long deadlineNs() {
        if (frozen() || stage == Stage.PROVISIONAL && isHeld()) {
            return null;
        }
        return switch (stage) {
            case SCHEDULED -> startNs;
            case LIVE -> endNs;
            case CLOSING -> endNs + definition.lateGraceNs();
            case PROVISIONAL -> endNs + definition.lateGraceNs() + definition.appealNs();
            case FINAL, SETTLED, CANCELLED -> null;
        };
    }

    /** Makes the move that is due. */
    void advance() {
        if (stage == Stage.PROVISIONAL) {
            settle();
        } else {
            stage = Stage.values()[stage.ordinal() + 1];
        }
    }

    String freeze() {
        if (frozen()) {
            return "accepted";
        }
        if (!stage.canFreeze()) {
            return "bad_state";
        }
        final Map<String, List<Row>> view = new TreeMap<>(Intake.BYTES);
        view.put("", board(""));
        for (final String partition : partitions()) {
            view.put(partition, board(partition));
        }
        heldView = view;
        return "accepted";
    }

    String unfreeze() {
        heldView = null;
        return "accepted";
    }

    String finish() {
        if (stage == Stage.FINAL || stage == Stage.SETTLED) {
            return "accepted";
        }
        if (!stage.canFreeze() || isHeld()) {
            return "bad_state";
        }
        settle();
        return "accepted";
    }

    String cancel() {
        if (stage == Stage.CANCELLED) {
            return "accepted";
        }
        if (stage.over()) {
            return "bad_state";
        }
        heldView = null;
        heldFor.clear();
        marked.clear();
        stage = Stage.CANCELLED;
        return "accepted";
    }

    private void settle() {
        heldView = null;
        stage = Stage.SETTLED;
    }

    /** Takes back every score and what scoring looks back on; people keep their standing. */
    void voidStandings() {
        byEntity.clear();
        byPlayer.clear();
        lookedAt.clear();
        tats.clear();
        changes.clear();
        heldFor.clear();
        marked.clear();
    }

    private boolean isHeld() {
        return !heldFor.isEmpty() || !marked.isEmpty();
    }

    boolean holds(long ts) {
        return ts >= startNs && ts < endNs;
    }

    /** Holds the contest for a player's rollback; returns whether that has any rounds here. */
    boolean hold(String user, long number) {
        final boolean any = !stage.over() && (definition.board().entity() == Entity.PLAYER
            ? byEntity : byPlayer).containsKey(user);
        if (any) {
            heldFor.put(user, number);
        }
        return any;
    }

    /** Lets go what was held for rollbacks of a player before one. */
    void release(String user, long before) {
        heldFor.computeIfPresent(user, (key, number) -> number < before ? null : number);
    }

    /** Marks the entry that a void round may count in. */
    void mark(Round round) {
        final String entity = Standings.entity(definition.board(), round);
        if (!stage.over() && holds(round.ts()) && byEntity.containsKey(entity)) {
            marked.add(entity);
        }
    }

    /** Works every marked entry out anew. */
    void rebuild(Set<Round> voided) {
        marked.forEach(entity -> rebuild(entity, byEntity.get(entity), voided));
        marked.clear();
    }

    private void rebuild(String entity, List<Scored> before, Set<Round> voided) {
        final List<Scored> after =
            before.stream().filter(one -> !voided.contains(one.round())).toList();
        changes.onRebuilt(definition.board(), entity, before, after);
        if (after.isEmpty()) {
            byEntity.remove(entity);
        } else {
            byEntity.put(entity, after);
        }
    }

    /** Lets a closed round score; returns null, or the reason why it did not. */
    String offer(Round round, long timeNs, PlayerDefinition player) {
        if (!stage.takesRounds() || round.ts() < startNs || round.ts() >= endNs
            || timeNs >= endNs + definition.lateGraceNs()) {
            return "outside_window";
        }
        if (!Eligibility.inScope(definition.scope(), round, player)) {
            return "out_of_scope";
        }
        final String reason = score(round, player);
        if (reason != null) {
            unscored.merge(reason, 1L, Long::sum);
        }
        return reason;
    }

    private String score(Round round, PlayerDefinition player) {
        final String reason = ineligible(round, player);
        if (reason != null) {
            return reason;
        }
        final Long points = points(round);
        if (points == null) {
            return "formula_error";
        }
        if (entrants.isDisqualified(round.userId())) {
            return "disqualified";
        }
        final String entity = Standings.entity(definition.board(), round);
        final List<Scored> entry = new ArrayList<>(byEntity.getOrDefault(entity, List.of()));
        entry.add(new Scored(round, points, version));
        if (overflows(entry, Standings.partition(definition.board(), round))) {
            return "score_overflow";
        }
        byEntity.put(entity, entry);
        changes.onScored(entity, Standings.partition(definition.board(), round));
        remember(round, entry.get(entry.size() - 1));
        return null;
    }

    private boolean overflows(List<Scored> entry, String partition) {
        // 1,023 rounds of 2^53 points each cannot overflow
        return entry.size() > 1_023 && (Standings.overflows(definition.board(), entry)
            || Standings.overflows(definition.board(),
                Standings.within(definition.board(), entry, partition)));
    }

    private void remember(Round round, Scored scored) {
        final AntiAbuse rules = definition.antiAbuse();
        final String user = round.userId();
        final List<Scored> mine = byPlayer.computeIfAbsent(user, key -> new ArrayList<>());
        mine.add(scored);
        entrants.enter(user);
        if (rules.rateIntervalNs() > 0) {
            tats.put(user, tat(user).max(BigInteger.valueOf(round.ts()))
                .add(BigInteger.valueOf(rules.rateIntervalNs())));
        }
        if (lookedAt.containsKey(user) || rules.periodicity() != null
            || rules.minRoundDurationNs() > 0 || rules.rateIntervalNs() > 0) {
            lookedAt.computeIfAbsent(user, key -> new ArrayList<>()).add(scored);
        }
        if (rules.periodicity() != null
            && Regularity.isTooRegular(rules.periodicity(), lookedAt.get(user))) {
            entrants.flag(user, rules.periodicity().freeze());
        }
    }

    private String ineligible(Round round, PlayerDefinition player) {
        final AntiAbuse rules = definition.antiAbuse();
        if (!Eligibility.matches(definition.scoring().eligibleGames(), round.gameId())) {
            return "not_eligible_game";
        }
        if (Eligibility.isBlocked(player, round.ts())) {
            return "player_blocked";
        }
        if (!entrants.takesPart(round.userId(), definition.optIn())) {
            return "not_entered";
        }
        if (round.betMinor() == 0) {
            return "zero_bet";
        }
        final String bet = Eligibility.minBet(definition.scoring().minBet(), round);
        if (bet != null) {
            return bet;
        }
        if (!Eligibility.hasRate(fx, round.currency())) {
            return "currency";
        }
        if (rules.excludedAsnCategories().contains(round.asn())) {
            return "asn_excluded";
        }
        if (rules.excludeHeadless() && round.headless()) {
            return "headless";
        }
        if (Eligibility.isTooShort(rules, round, previousTs(round.userId()))) {
            return "too_short";
        }
        return Eligibility.conforms(rules, round.ts(), tat(round.userId())) ? null
            : "rate_limited";
    }

    private Long points(Round round) {
        final BigInteger betBase = base(round.betMinor(), round.currency());
        final BigInteger winBase = base(round.winMinor(), round.currency());
        if (betBase.max(winBase).compareTo(LONG_MAX) > 0) {
            return null;
        }
        final double weight = Eligibility.weight(definition.scoring(), round);
        final long durationNs = round.durationNs() == null ? 0 : round.durationNs();
        final Map<Name, Double> variables = new EnumMap<>(Name.class);
        variables.put(Name.BET_AMOUNT, (double) round.betMinor());
        variables.put(Name.WIN_AMOUNT, (double) round.winMinor());
        variables.put(Name.BET_BASE, (double) betBase.longValueExact());
        variables.put(Name.WIN_BASE, (double) winBase.longValueExact());
        variables.put(Name.WIN_MULTIPLIER, round.multiplierE4() / 1e4);
        variables.put(Name.ROUND_DURATION_MS, (double) (durationNs / 1_000_000));
        variables.put(Name.ROUND_COUNT, (double) scoredOf(round.userId()).size());
        variables.put(Name.GAME_WEIGHT, weight);
        final var scoring = definition.scoring();
        return Formula.units(Formula.value(scoring.formula(), variables), weight,
            scoring.scoreScale(), scoring.floorAtZero());
    }

    private BigInteger base(long amountMinor, String currency) {
        if (fx == null || fx.base().equals(currency)) {
            return BigInteger.valueOf(amountMinor);
        }
        final FxTable.Rate rate = fx.rates().get(currency);
        return new BigDecimal(amountMinor)
            .multiply(BigDecimal.valueOf(rate.mantissa(), rate.scale()))
            .setScale(0, RoundingMode.HALF_EVEN).toBigIntegerExact();
    }

    private List<Scored> scoredOf(String user) {
        return byPlayer.getOrDefault(user, List.of());
    }

    private Long previousTs(String user) {
        final List<Scored> mine = lookedAt.get(user);
        return mine == null ? null : mine.get(mine.size() - 1).round().ts();
    }

    private BigInteger tat(String user) {
        return tats.getOrDefault(user, BigInteger.ZERO);
    }

    /** Returns the board that the public sees; empty = the main one. */
    List<Row> publicBoard(String partition) {
        return frozen() ? heldView.getOrDefault(partition, List.of()) : board(partition);
    }

    /** Returns the partitions that hold a round, in byte order; a freeze holds them too. */
    List<String> publicPartitions() {
        return frozen() ? heldView.keySet().stream().filter(key -> !key.isEmpty()).toList()
            : partitions();
    }

    private List<String> partitions() {
        return byEntity.values().stream().flatMap(List::stream)
            .map(scored -> Standings.partition(definition.board(), scored.round()))
            .filter(partition -> !partition.isEmpty()).distinct().sorted(Intake.BYTES).toList();
    }

    private List<Row> board(String partition) {
        final boolean players = definition.board().entity() == Entity.PLAYER;
        final List<Row> rows = new ArrayList<>();
        byEntity.forEach((user, all) -> {
            final List<Scored> here = Standings.within(definition.board(), all, partition);
            if (!here.isEmpty() && !(players && entrants.isHidden(user))) {
                rows.add(changes.row(definition.board(), user, here, partition));
            }
        });
        return Standings.ordered(definition.board(), rows);
    }
}
