package io.laurel.engine.contest;

import io.laurel.engine.ResultCode;
import io.laurel.engine.abuse.LookBack;
import io.laurel.engine.intake.ClosedRound;
import io.laurel.engine.memory.IdDictionary;
import io.laurel.engine.memory.Pages;
import io.laurel.engine.player.Players;
import io.laurel.engine.port.RoundTrail;
import io.laurel.engine.rules.ContestDefinition;
import io.laurel.engine.rules.ContestDefinition.AntiAbuse;
import io.laurel.engine.rules.Formula;
import io.laurel.engine.rules.FxConversion;
import io.laurel.engine.rules.FxTable;
import io.laurel.engine.rules.Points;
import io.laurel.engine.state.State;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a closed round is worth in one contest: eligibility in the order of semantics 5, then
 * points, then the boards. Nothing changes unless everything about the round is known to fit.
 */
final class Scoring {
    private static final double NS_PER_MS = 1_000_000;

    private final State state;
    private final Pages pages;
    private final Contests contests;
    private final Boards boards;
    private final Entries entries;
    private final Participants participants;
    private final EntryScore entryScore;
    private final Marks marks;
    private final Rebuilds rebuilds;
    private final LookBack lookBack;
    private final Players players;
    private final Formula.Inputs inputs = new Formula.Inputs();
    private final UnsafeBuffer partition = new UnsafeBuffer(new byte[64]);
    private RoundTrail trail = RoundTrail.NONE;
    private int partitionLength;

    Scoring(State state, Contests contests, Boards boards, Entries entries,
        Participants participants, Players players, EntryScore entryScore, Marks marks,
        Rebuilds rebuilds) {
        this.participants = participants;
        this.state = state;
        this.contests = contests;
        this.boards = boards;
        this.entries = entries;
        this.players = players;
        pages = state.pages();
        this.entryScore = entryScore;
        this.marks = marks;
        this.rebuilds = rebuilds;
        lookBack = new LookBack(state);
    }

    /** Names who is told what becomes of rounds. */
    void setTrail(RoundTrail next) {
        trail = next;
    }

    /**
     * Scores a round in a contest whose scope it meets, segments aside.
     *
     * @param foreseen what may be known of it
     */
    void score(CompiledContest contest, ClosedRound round, Foreseen foreseen) {
        if (round.ts() < contests.startNs(contest.ref) || round.ts() >= contests.endNs(contest.ref)
            || state.timeNs() >= contests.provisionalNs(contest.ref)) {
            tell(contest, ResultCode.OUTSIDE_WINDOW);
            return;
        }
        if (!isInSegments(contest, round.player())) {
            tell(contest, ResultCode.OUT_OF_SCOPE);
            return;
        }
        final long participant = participants.find(contest.ref, round.player(), foreseen.entry);
        final ResultCode reason = check(contest, round, participant);
        if (reason != ResultCode.ACCEPTED) {
            refuse(contest, reason);
            return;
        }
        final int before = participant == 0 ? 0 : roundsBefore(contest, participant);
        long units = before == foreseen.roundsBefore ? foreseen.units
            : worth(contest, round, before);
        if (units == Points.FORMULA_ERROR) {
            refuse(contest, ResultCode.FORMULA_ERROR);
            return;
        }
        if (participant != 0 && entries.is(participant, Entries.DISQUALIFIED)) {
            refuse(contest, ResultCode.DISQUALIFIED);
            return;
        }
        if (units < 0 && contest.definition.scoring().floorAtZero()) {
            units = 0;
        }
        apply(contest, round, participant, units, foreseen);
    }

    /**
     * Finds out what a round is worth before it is known whether it counts; changes nothing.
     *
     * @param pair whose entry is known; takes the worth
     * @return what it would add to sums
     */
    long foresee(Foreseen pair) {
        pair.roundsBefore = roundsBefore(pair.contest, pair.entry);
        pair.units = worth(pair.contest, pair.round, pair.roundsBefore);
        return pair.units == Points.FORMULA_ERROR
            || pair.units < 0 && pair.contest.definition.scoring().floorAtZero() ? 0 : pair.units;
    }

    /** Returns the points of a round in units, or {@link Points#FORMULA_ERROR}. */
    private long worth(CompiledContest contest, ClosedRound round, int roundsBefore) {
        if (!fillInputs(contest, round, roundsBefore)) {
            return Points.FORMULA_ERROR;
        }
        return Points.toUnits(contest.formula.evaluate(inputs), inputs.gameWeight,
            contest.scoreScale);
    }

    private void refuse(CompiledContest contest, ResultCode reason) {
        contests.count(contest.ref, reason);
        tell(contest, reason);
    }

    private void tell(CompiledContest contest, ResultCode reason) {
        if (trail != RoundTrail.NONE) {
            trail.onNotScored(contest.definition.id(), contests.version(contest.ref), reason);
        }
    }

    private boolean isInSegments(CompiledContest contest, int player) {
        if (contest.segmentsNone.isEmpty() && contest.segmentsAny.isEmpty()) {
            return true;
        }
        boolean any = contest.segmentsAny.isEmpty();
        final int count = players.segmentCount(player);
        for (int i = 0; i < count; i++) {
            final int segment = players.segment(player, i);
            if (!contest.segmentsNone.isEmpty() && contest.segmentsNone.matches(segment)) {
                return false;
            }
            any |= contest.segmentsAny.matches(segment);
        }
        return any;
    }

    private ResultCode check(CompiledContest contest, ClosedRound round, long participant) {
        if (!contest.eligibleGames.matches(round.game())) {
            return ResultCode.NOT_ELIGIBLE_GAME;
        }
        if (players.isBarred(round.player(), round.ts())) {
            return ResultCode.PLAYER_BLOCKED;
        }
        if (!participants.takesPart(contest, participant)) {
            return ResultCode.NOT_ENTERED;
        }
        if (round.betMinor() == 0) {
            return ResultCode.ZERO_BET;
        }
        final long minBet = contest.minBet(round.currency());
        if (round.betMinor() < minBet) {
            return ResultCode.MIN_BET;
        }
        final FxTable.Rate rate = contest.rate(round.currency());
        if (minBet < 0 || contest.hasFx() && rate == null) {
            return ResultCode.CURRENCY;
        }
        if (contest.excludesAsn(round.asn())) {
            return ResultCode.ASN_EXCLUDED;
        }
        final AntiAbuse abuse = contest.definition.antiAbuse();
        if (abuse.excludeHeadless() && round.headless()) {
            return ResultCode.HEADLESS;
        }
        final long record = participant == 0 ? 0 : entries.lookBack(participant);
        if (isTooShort(abuse, round, record)) {
            return ResultCode.TOO_SHORT;
        }
        if (abuse.rateIntervalNs() > 0 && !lookBack.conforms(abuse, record, round.ts())) {
            return ResultCode.RATE_LIMITED;
        }
        return ResultCode.ACCEPTED;
    }

    /** What was rolled back counts in no score, but what follows it stays what it was. */
    private int roundsBefore(CompiledContest contest, long participant) {
        final int rounds = entries.rounds(participant);
        return entries.is(participant, Entries.VOIDED)
            ? rounds + marks.voided(contest.ref, entries.entity(participant)) : rounds;
    }

    private boolean isTooShort(AntiAbuse abuse, ClosedRound round, long record) {
        if (abuse.minRoundDurationNs() == 0) {
            return false;
        }
        if (round.durationNs() != ClosedRound.UNKNOWN_DURATION) {
            return round.durationNs() < abuse.minRoundDurationNs();
        }
        return record != 0 && lookBack.previousTs(record) != 0
            && round.ts() - lookBack.previousTs(record) < abuse.minRoundDurationNs();
    }

    /** Returns false where an amount does not fit in the base currency. */
    private boolean fillInputs(CompiledContest contest, ClosedRound round, int roundsBefore) {
        inputs.betAmount = round.betMinor();
        inputs.winAmount = round.winMinor();
        inputs.winMultiplier = round.multiplierE4() / 1e4;
        inputs.roundDurationMs = round.durationNs() == ClosedRound.UNKNOWN_DURATION ? 0
            : Math.floor(round.durationNs() / NS_PER_MS);
        inputs.roundCount = roundsBefore & 0xFFFF_FFFFL;
        inputs.gameWeight = contest.weight(round.game(), round.provider());
        inputs.betBase = round.betMinor();
        inputs.winBase = round.winMinor();
        final FxTable.Rate rate = contest.usesBase ? contest.rate(round.currency()) : null;
        if (rate != null) {
            final long bet = FxConversion.convert(round.betMinor(), rate.mantissa(), rate.scale());
            final long win = FxConversion.convert(round.winMinor(), rate.mantissa(), rate.scale());
            if (bet == FxConversion.OVERFLOW || win == FxConversion.OVERFLOW) {
                return false;
            }
            inputs.betBase = bet;
            inputs.winBase = win;
        }
        return true;
    }

    private void apply(CompiledContest contest, ClosedRound round, long known, long units,
        Foreseen foreseen) {
        final int board = contests.mainBoard(contest.ref);
        final int entity = switch (contest.definition.board().entity()) {
            case PLAYER -> round.player();
            case PROVIDER -> round.provider();
            case GAME -> round.game();
            default -> throw new IllegalStateException("unknown entity");
        };
        final int partitionBoard = partitionBoard(contest, round);
        // a player's entry on the main board is the participant's: no second way to it
        final long main = contest.entityIsPlayer ? known : entries.find(board, entity);
        final long part = partitionBoard == 0 ? 0 : entries.find(partitionBoard, entity);
        if (overflows(contest, main, units) || overflows(contest, part, units)) {
            refuse(contest, ResultCode.SCORE_OVERFLOW);
            return;
        }
        if (trail != RoundTrail.NONE) {
            trail.onScored(contest.definition.id(), contests.epoch(contest.ref),
                contests.version(contest.ref), units, partition, partitionLength);
        }
        final long participant = participant(contest, round, known);
        final boolean visible = !contest.entityIsPlayer || participants.isShown(participant);
        add(contest, contest.entityIsPlayer ? participant : orCreate(main, board, entity), round,
            units, visible, foreseen);
        if (partitionBoard != 0) {
            add(contest, orCreate(part, partitionBoard, entity), round, units, visible, foreseen);
        }
        noteForRebuild(contest, entity, partitionBoard, round, units);
        afterScored(contest, round, participant);
    }

    private long orCreate(long known, int board, int entity) {
        return known != 0 ? known : entries.create(board, entity);
    }

    /** An entry that awaits being derived anew must not lose what scores meanwhile. */
    private void noteForRebuild(CompiledContest contest, int entity, int partitionBoard,
        ClosedRound round, long units) {
        if (contests.rebuilding(contest.ref) == 0) {
            return;
        }
        final long entry = entries.find(contests.mainBoard(contest.ref), entity);
        if (entries.is(entry, Entries.REBUILDING)) {
            rebuilds.onScored(contest, entity, entry,
                partitionBoard == 0 ? 0 : entries.find(partitionBoard, entity), round, units);
        }
    }

    private long participant(CompiledContest contest, ClosedRound round, long known) {
        final long entry =
            orCreate(known, contests.participants(contest.ref), round.player());
        if (!entries.is(entry, Entries.ENTERED)) {
            entries.set(entry, Entries.ENTERED, true);
        }
        if (contest.looksBack && entries.lookBack(entry) == 0) {
            entries.setLookBack(entry, lookBack.create());
        }
        return entry;
    }

    private boolean overflows(CompiledContest contest, long entry, long units) {
        if (contest.type != ContestDefinition.BoardType.TOTAL) {
            // at most 1,000 rounds of at most 2^53 units are kept, which fits
            return false;
        }
        final long before = entry == 0 ? 0 : entries.score(entry);
        final long after = before + units;
        return ((before ^ after) & (units ^ after)) < 0;
    }

    private void add(CompiledContest contest, long entry, ClosedRound round, long units,
        boolean visible, Foreseen foreseen) {
        boards.beforeChange(contest, entry);
        entryScore.add(contest, entry, round, units, contests.version(contest.ref));
        boards.afterChange(contest, entry, visible, foreseen);
    }

    private void afterScored(CompiledContest contest, ClosedRound round, long participant) {
        if (!contest.entityIsPlayer) {
            entries.setRounds(participant, entries.rounds(participant) + 1);
        }
        final long record = entries.lookBack(participant);
        if (record == 0) {
            return;
        }
        final AntiAbuse abuse = contest.definition.antiAbuse();
        lookBack.onScored(abuse, record, round.ts());
        if (abuse.periodicity() != null && !entries.is(participant, Entries.FLAGGED)
            && lookBack.isPeriodic(abuse.periodicity(), record)) {
            entries.set(participant, Entries.FLAGGED, true);
            if (abuse.periodicity().freeze()) {
                participants.mark(contest, participant, Entries.FROZEN, true);
            }
        }
    }

    private int partitionBoard(CompiledContest contest, ClosedRound round) {
        int length = 0;
        switch (contest.definition.board().partitionBy()) {
            case NONE:
                partitionLength = 0;
                return 0;
            case MARKET:
                length = letters(round.market(), 2);
                break;
            case CURRENCY:
                length = letters(round.currency(), 3);
                break;
            case BET_BAND:
                length = partition.putIntAscii(0, betBand(contest, round.betMinor()));
                break;
            case BRAND:
                length = name(round.brand());
                break;
            case PROVIDER:
                length = name(round.provider());
                break;
            case GAME:
                length = name(round.game());
                break;
            default:
                throw new IllegalStateException("unknown partition");
        }
        partitionLength = length;
        return boards.findOrCreate(contest, Boards.KIND_PARTITION, partition, 0, length);
    }

    private int letters(int packed, int count) {
        for (int i = 0; i < count; i++) {
            partition.putByte(i, (byte) (packed >>> 8 * (count - 1 - i)));
        }
        return count;
    }

    private int name(int ref) {
        final int length = IdDictionary.idLength(pages, ref);
        pages.getBytes(IdDictionary.idAt(pages, ref), partition, 0, length);
        return length;
    }

    private static int betBand(CompiledContest contest, long betMinor) {
        int band = 0;
        for (final long bound : contest.betBands) {
            band += betMinor >= bound ? 1 : 0;
        }
        return band;
    }
}
