package io.laurel.engine.contest;

import io.laurel.engine.ResultCode;
import io.laurel.engine.intake.ClosedRound;
import io.laurel.engine.memory.IdDictionary;
import io.laurel.engine.memory.Pages;
import io.laurel.engine.player.Players;
import io.laurel.engine.port.RoundTrail;
import io.laurel.engine.query.RebuildWork;
import io.laurel.engine.state.State;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Rollback of closed rounds (semantics 6.5), as far as the engine can go: it marks what may be
 * concerned and holds it; which round is meant, and what an entry comes to without it, stands in
 * the log alone and comes back as commands of its reader.
 */
final class Rebuilds {
    /** Void rounds that one command looks at to forget them; twice what it can add. */
    private static final int FORGET_PER_COMMAND = 2;

    private final State state;
    private final Pages pages;
    private final Contests contests;
    private final Boards boards;
    private final Entries entries;
    private final Participants participants;
    private final Players players;
    private final EntryScore entryScore;
    private final Catalogue catalogue;
    private final ContestLife life;
    private final Rollbacks rollbacks;
    private final Marks marks;
    private final BoardReader reader;
    private RoundTrail trail = RoundTrail.NONE;
    private int resolvedSource;
    private boolean resolvedUnknown;

    Rebuilds(State state, Contests contests, Boards boards, Entries entries,
        Participants participants, Players players, EntryScore entryScore, Catalogue catalogue,
        ContestLife life, Marks marks, BoardReader reader) {
        this.state = state;
        this.contests = contests;
        this.boards = boards;
        this.entries = entries;
        this.participants = participants;
        this.players = players;
        this.entryScore = entryScore;
        this.catalogue = catalogue;
        this.life = life;
        this.marks = marks;
        this.reader = reader;
        pages = state.pages();
        rollbacks = new Rollbacks(state);
    }

    void setTrail(RoundTrail next) {
        trail = next;
    }

    /**
     * Takes a rollback of a round that is not open.
     *
     * @param closing sequence of the event that closed the round, 0 = not remembered
     * @param ts of that event
     * @return how it counts; null = that is not known before the reader has looked
     */
    ResultCode onRollback(int source, int player, long closing, long ts, DirectBuffer roundId,
        int offset, int length) {
        boolean held = false;
        if (player != 0) {
            for (final CompiledContest contest : catalogue.open()) {
                final long entry = closing == 0 || holds(contest, ts)
                    ? participants.find(contest.ref, player) : 0;
                if (entry != 0 && entries.rounds(entry) != 0) {
                    marks.hold(contest.ref, player, entry, state.sequence());
                    held = true;
                }
            }
        }
        if (!held) {
            // no round of this player counts anywhere: there is nothing to look for
            return closing == 0 ? ResultCode.UNKNOWN_ROUND : ResultCode.ACCEPTED;
        }
        rollbacks.add(state.sequence(), closing, player, source, roundId, offset, length);
        return closing == 0 ? null : ResultCode.ACCEPTED;
    }

    private boolean holds(CompiledContest contest, long ts) {
        return ts >= contests.startNs(contest.ref) && ts < contests.endNs(contest.ref);
    }

    /**
     * Takes what the reader found for a rollback.
     *
     * @param player whose round, 0 = nobody known
     * @param closing sequence of the event that closed the round, 0 = there is none
     * @param provider of its game, 0 = unknown
     * @param game the game, 0 = unknown
     */
    ResultCode resolve(long rollback, int player, long closing, long ts, int provider,
        int game) {
        final long waiting = player == 0 ? 0 : rollbacks.find(player, rollback);
        if (waiting == 0) {
            return ResultCode.NOT_FOUND;
        }
        resolvedSource = rollbacks.sourceOf(waiting);
        resolvedUnknown = rollbacks.closingOf(waiting) == 0;
        rollbacks.remove(waiting);
        if (closing != 0 && !rollbacks.isVoid(closing)) {
            rollbacks.addVoid(closing, ts, state.sequence());
            trail.onVoided(closing);
            for (final CompiledContest contest : catalogue.open()) {
                if (holds(contest, ts)) {
                    mark(contest, player, provider, game);
                }
            }
        }
        release(player);
        forget();
        return ResultCode.ACCEPTED;
    }

    /** Returns the sender of the rollback that was resolved last. */
    int resolvedSource() {
        return resolvedSource;
    }

    /** Returns whether the round of the rollback resolved last was not remembered. */
    boolean resolvedUnknown() {
        return resolvedUnknown;
    }

    private void mark(CompiledContest contest, int player, int provider, int game) {
        final int entity = switch (contest.definition.board().entity()) {
            case PLAYER -> player;
            case PROVIDER -> provider;
            case GAME -> game;
            default -> throw new IllegalStateException("unknown entity");
        };
        final long entry =
            entity == 0 ? 0 : entries.find(contests.mainBoard(contest.ref), entity);
        if (entry != 0 && entries.rounds(entry) != 0) {
            marks.mark(contest.ref, entity, entry, state.sequence());
        }
    }

    /** Lets contests go that were held for rollbacks which have turned out to mean nothing. */
    private void release(int player) {
        final long before = rollbacks.firstOf(player);
        for (long mark = marks.findHolding(player, before); mark != 0;
            mark = marks.findHolding(player, before)) {
            release(marks.contest(mark), mark);
        }
    }

    private void release(int contest, long mark) {
        marks.release(mark);
        if (contests.rebuilding(contest) == 0) {
            life.arm(contest);
        }
    }

    private void forget() {
        for (int i = 0; i < FORGET_PER_COMMAND && rollbacks.firstVoid() != 0; i++) {
            final long ts = rollbacks.tsOfVoid(rollbacks.firstVoid());
            for (final CompiledContest contest : catalogue.open()) {
                if (contests.startNs(contest.ref) <= ts) {
                    return;
                }
            }
            rollbacks.dropFirstVoid();
        }
    }

    /** Takes contents of an entry that the reader has derived anew. */
    ResultCode rebuild(String id, String entityId, long readTo, boolean more,
        List<EntryContents> contents) {
        final int contest = contests.find(id);
        if (contest == 0 || contests.role(contest) == Contests.ROLE_SCHEDULE) {
            return ResultCode.NOT_FOUND;
        }
        final CompiledContest rules = catalogue.compiled(contest);
        final int entity = reader.entity(rules, entityId);
        final long mark = entity == 0 ? 0 : marks.find(contest, entity);
        if (mark == 0 || marks.markedAt(mark) == 0) {
            return ResultCode.NOT_FOUND;
        }
        if (readTo != marks.markedAt(mark) || isHeld(mark)) {
            return ResultCode.BAD_STATE;
        }
        if (!state.hasRoom()) {
            return ResultCode.CAPACITY;
        }
        contents.forEach(one -> replace(rules, entity, mark, one));
        if (!more) {
            release(contest, mark);
            trail.onRebuilt(id, entityId);
        }
        life.publishHash(contest);
        return ResultCode.ACCEPTED;
    }

    private boolean isHeld(long mark) {
        return marks.heldUntil(mark) >= rollbacks.firstOf(marks.entity(mark));
    }

    private void replace(CompiledContest rules, int entity, long mark, EntryContents next) {
        final boolean isMain = next.partition().length == 0;
        final int board = isMain ? contests.mainBoard(rules.ref) : boards.find(rules.ref,
            Boards.KIND_PARTITION, new UnsafeBuffer(next.partition()), 0,
            next.partition().length);
        final long entry = board == 0 ? 0 : entries.find(board, entity);
        if (entry == 0) {
            return;
        }
        final long scoreBefore = entries.score(entry);
        final int roundsBefore = entries.rounds(entry);
        boards.beforeChange(rules, entry);
        entryScore.replace(rules, entry, next);
        final long sum = marks.findSum(mark, entry);
        if (sum != 0) {
            entryScore.merge(rules, entry, sum);
            entryScore.clear(rules, sum);
        }
        if (entries.score(entry) != scoreBefore) {
            entries.setDelta(entry, entries.score(entry) - scoreBefore);
        }
        if (isMain && rules.entityIsPlayer && entries.rounds(entry) != roundsBefore) {
            marks.addVoided(mark, roundsBefore - entries.rounds(entry));
            entries.set(entry, Entries.VOIDED, true);
        }
        boards.afterChange(rules, entry, participants.isVisible(rules, entry));
    }

    /**
     * Notes a round that has scored on an entry which awaits being derived anew.
     *
     * @param partition the entry on the board of the round's partition, 0 = there is none
     */
    void onScored(CompiledContest contest, int entity, long main, long partition,
        ClosedRound round, long units) {
        final long mark = marks.find(contest.ref, entity);
        if (mark == 0 || marks.markedAt(mark) == 0) {
            return;
        }
        final int version = contests.version(contest.ref);
        entryScore.add(contest, marks.sumOf(mark, main), round, units, version);
        if (partition != 0) {
            entryScore.add(contest, marks.sumOf(mark, partition), round, units, version);
        }
    }

    /** Returns what waits for the reader. */
    RebuildWork work() {
        final List<RebuildWork.Rollback> waiting = new ArrayList<>();
        for (long one = rollbacks.first(); one != 0; one = rollbacks.next(one)) {
            waiting.add(new RebuildWork.Rollback(rollbacks.sequenceOf(one),
                rollbacks.closingOf(one), rollbacks.sourceOf(one),
                players.id(rollbacks.playerOf(one)), rollbacks.roundIdOf(one)));
        }
        final List<RebuildWork.MarkedEntry> marked = new ArrayList<>();
        for (long one = marks.first(); one != 0; one = marks.next(one)) {
            if (marks.markedAt(one) != 0 && !isHeld(one)) {
                final int contest = marks.contest(one);
                marked.add(new RebuildWork.MarkedEntry(contests.id(contest),
                    IdDictionary.id(pages, marks.entity(one)), marks.markedAt(one),
                    contests.epoch(contest), catalogue.compiled(contest).definition.board()));
            }
        }
        if (waiting.isEmpty() && marked.isEmpty()) {
            return RebuildWork.NONE;
        }
        final List<RebuildWork.VoidRound> voided = new ArrayList<>();
        for (long one = rollbacks.firstVoid(); one != 0; one = rollbacks.nextVoid(one)) {
            voided.add(new RebuildWork.VoidRound(rollbacks.closingOfVoid(one),
                rollbacks.sinceOfVoid(one)));
        }
        return new RebuildWork(state.sequence(), waiting, voided, marked);
    }

    /** Returns what an entry holds on a board; null where it has no rounds there. */
    EntryContents contents(String id, String entityId, byte[] partition) {
        final int contest = contests.find(id);
        if (contest == 0 || contests.role(contest) == Contests.ROLE_SCHEDULE) {
            return null;
        }
        final CompiledContest rules = catalogue.compiled(contest);
        final int entity = reader.entity(rules, entityId);
        final int board = partition.length == 0 ? contests.mainBoard(contest)
            : boards.find(contest, Boards.KIND_PARTITION, new UnsafeBuffer(partition), 0,
                partition.length);
        final long entry = entity == 0 || board == 0 ? 0 : entries.find(board, entity);
        return entry == 0 || entries.rounds(entry) == 0 ? null
            : entryScore.contents(rules, entry, partition);
    }
}
