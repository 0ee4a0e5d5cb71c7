package io.laurel.engine.contest;

import io.laurel.engine.ResultCode;
import io.laurel.engine.intake.ClosedRound;
import io.laurel.engine.intake.EventView;
import io.laurel.engine.intake.EventView.Text;
import io.laurel.engine.player.Players;
import io.laurel.engine.port.RoundTrail;
import io.laurel.engine.query.BoardPage;
import io.laurel.engine.query.BoardRequest;
import io.laurel.engine.query.ContestInfo;
import io.laurel.engine.query.EntryInfo;
import io.laurel.engine.query.RebuildWork;
import io.laurel.engine.query.SettledContest;
import io.laurel.engine.rules.ContestDefinition;
import io.laurel.engine.rules.FxTable;
import io.laurel.engine.state.Names;
import io.laurel.engine.state.State;
import io.laurel.engine.timer.Timers;
import io.laurel.protocol.storage.ContestOperation;
import io.laurel.protocol.storage.PlayerOperation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;

/** All that the engine asks of contests, and the one place that ties their parts together. */
public final class ContestRoom {
    private final State state;
    private final Players players;
    private final Names names;
    private final Contests contests;
    private final Boards boards;
    private final Entries entries;
    private final Participants participants;
    private final FxTables fxTables;
    private final Matcher matcher;
    private final Scoring scoring;
    private final BoardTouch touch;
    private final Catalogue catalogue;
    private final BoardDigest digest;
    private final BoardJobs jobs;
    private final SettledContests settled;
    private final OldBoards oldBoards;
    private final ContestLife life;
    private final BoardReader reader;
    private final Rebuilds rebuilds;
    private RoundTrail trail = RoundTrail.NONE;

    /**
     * Opens the contests of a state.
     *
     * @param maxExpected most rounds of a batch that are looked at before they are closed
     */
    public ContestRoom(State state, Players players, Names names, Timers timers,
        int maxExpected) {
        this.state = state;
        this.players = players;
        this.names = names;
        contests = new Contests(state);
        entries = new Entries(state);
        boards = new Boards(state, contests, entries);
        participants = new Participants(contests, boards, entries);
        fxTables = new FxTables(state);
        matcher = new Matcher(names);
        catalogue = new Catalogue(contests, boards, fxTables, names, matcher);
        final EntryScore entryScore = new EntryScore(state, entries);
        final Marks marks = new Marks(state, contests, entries, entryScore, catalogue);
        catalogue.setMarks(marks);
        digest = new BoardDigest(state.pages(), contests, boards, entries);
        jobs = new BoardJobs(state, contests, boards, digest, catalogue, participants);
        settled = new SettledContests(state, contests, boards, catalogue);
        life = new ContestLife(state, contests, timers, jobs, catalogue, settled);
        reader = new BoardReader(state, contests, boards, entries, catalogue, players, names);
        rebuilds = new Rebuilds(state, contests, boards, entries, participants, players,
            entryScore, catalogue, life, marks, reader);
        scoring = new Scoring(state, contests, boards, entries, participants, players,
            entryScore, marks, rebuilds);
        oldBoards =
            new OldBoards(state, contests, boards, entries, entryScore, marks);
        touch = new BoardTouch(state, contests, boards, entries, entryScore, scoring, matcher,
            maxExpected);
        catalogue.setLife(life);
    }

    /**
     * Scores a closed round wherever it belongs.
     *
     * @param place of the event in a batch that was looked at, or -1
     */
    public void onRound(ClosedRound round, int place) {
        if (trail != RoundTrail.NONE) {
            trail.onClosed(state.sequence(), round);
        }
        if (place < 0 || !touch.score(round, place)) {
            final int count = matcher.match(round);
            for (int i = 0; i < count; i++) {
                scoring.score(matcher.matched(i), round, 0);
            }
        }
        if (trail != RoundTrail.NONE) {
            trail.onOffered();
        }
    }

    /** Forgets the rounds that were to be expected. */
    public void clearExpected() {
        touch.clear();
    }

    /**
     * Adds a round that is to be expected, and stays as it is until {@link #clearExpected}.
     *
     * @param place of its event in the batch
     */
    public void expect(ClosedRound expected, int place) {
        touch.add(expected, place);
    }

    /** Touches what the rounds to be expected will need; see {@code Pages.touch}. */
    public long touchExpected() {
        return touch.run();
    }

    /** Names who is told what becomes of rounds. */
    public void setTrail(RoundTrail next) {
        trail = next;
        scoring.setTrail(next);
        rebuilds.setTrail(next);
    }

    /**
     * Takes a rollback of a round that is not open.
     *
     * @param closing sequence of the event that closed the round, 0 = not remembered
     * @param ts of that event
     * @return how it counts; null = that is not known before the reader of the log has looked
     */
    public ResultCode onRollback(int source, EventView event, long closing, long ts) {
        final int player = players.find(event.buffer(), event.offsetOf(Text.USER_ID),
            event.lengthOf(Text.USER_ID));
        return rebuilds.onRollback(source, player, closing, ts, event.buffer(),
            event.offsetOf(Text.ROUND_ID), event.lengthOf(Text.ROUND_ID));
    }

    /** Takes what the reader of the log found for a rollback. */
    public ResultCode resolve(long rollback, long closing, long ts, String user, String provider,
        String game) {
        return rebuilds.resolve(rollback, players.find(user), closing, ts,
            names.findProvider(provider), names.findGame(game));
    }

    /** Returns the sender whose rollback was resolved last, -1 where it has been counted before. */
    public int sourceToCount() {
        return rebuilds.resolvedUnknown() ? rebuilds.resolvedSource() : -1;
    }

    /** Takes an entry that the reader of the log has derived anew. */
    public ResultCode rebuild(String contest, String entity, long readTo, boolean more,
        byte[] contents) {
        return rebuilds.rebuild(contest, entity, readTo, more, EntryContents.decode(contents));
    }

    /** Returns what waits for the reader of the log. */
    public RebuildWork rebuildWork() {
        return rebuilds.work();
    }

    /** Returns what an entry holds, null where it has no rounds on that board. */
    public EntryContents contents(String contest, String entity, byte[] partition) {
        return rebuilds.contents(contest, entity, partition);
    }

    /** Runs the deadline of a contest. */
    public void onDeadline(int contest) {
        life.onDeadline(contest);
    }

    /** Does a slice of the work that is too much for one command. */
    public void runJobs() {
        jobs.runSlice();
    }

    /** Gives back a slice of what no contest needs any more. */
    public void sweep() {
        if (oldBoards.pending()) {
            oldBoards.runSlice();
        }
    }

    /** Returns whether such work is left. */
    public boolean hasJobs() {
        return jobs.pending() || oldBoards.pending();
    }

    /** Publishes a contest in canonical bytes. */
    public ResultCode publish(byte[] definition) {
        return state.hasRoom() ? catalogue.publish(definition) : ResultCode.CAPACITY;
    }

    /** Returns the version that the last publication of a contest led to. */
    public int lastVersion() {
        return catalogue.lastVersion();
    }

    /** Adds starts to a recurring contest. */
    public ResultCode extendSchedule(String id, long[] starts) {
        return state.hasRoom() ? catalogue.schedules().extend(id, starts) : ResultCode.CAPACITY;
    }

    /** Publishes a table of exchange rates in canonical bytes. */
    public ResultCode publishFx(byte[] table) {
        return fxTables.publish(table);
    }

    /** Returns the version that the last publication of a table led to. */
    public int lastFxVersion() {
        return fxTables.lastVersion();
    }

    /** Does what an operator asks of a contest. */
    public ResultCode operate(ContestOperation operation, DirectBuffer id, int offset,
        int length) {
        final int contest = contests.find(id, offset, length);
        if (contest == 0) {
            return ResultCode.NOT_FOUND;
        }
        if (contests.role(contest) == Contests.ROLE_SCHEDULE) {
            return operation == ContestOperation.CANCEL
                ? catalogue.schedules().cancel(contest, life) : ResultCode.BAD_STATE;
        }
        return switch (operation) {
            case FREEZE -> life.freeze(contest);
            case UNFREEZE -> life.unfreeze(contest);
            case FINALIZE -> life.finalizeNow(contest);
            case CANCEL -> life.cancel(contest);
            default -> ResultCode.UNSUPPORTED;
        };
    }

    /** Does something to a player in a contest; the player need not have played yet. */
    public ResultCode operate(PlayerOperation operation, String id, DirectBuffer user,
        int offset, int length) {
        final int contest = contests.find(id);
        if (contest == 0) {
            return ResultCode.NOT_FOUND;
        }
        if (contests.role(contest) == Contests.ROLE_SCHEDULE) {
            return ResultCode.BAD_STATE;
        }
        if (!state.hasRoom() || !players.hasRoomFor(user, offset, length)) {
            return ResultCode.CAPACITY;
        }
        final int player = players.find(user, offset, length);
        final long known = player == 0 ? 0 : participants.find(contest, player);
        if (participants.isAlready(operation, catalogue.compiled(contest), known)) {
            return ResultCode.ACCEPTED;
        }
        final ContestState now = contests.stateOf(contest);
        final boolean entering =
            operation == PlayerOperation.ENTER || operation == PlayerOperation.LEAVE;
        if (!now.takesRounds() && (entering || now != ContestState.PROVISIONAL)) {
            return ResultCode.BAD_STATE;
        }
        participants.operate(operation, catalogue.compiled(contest), participants.findOrCreate(
            contest, players.intern(user, offset, length)));
        life.publishHash(contest);
        return ResultCode.ACCEPTED;
    }

    /** Returns part of a board, null where there is no such contest or partition. */
    public BoardPage board(BoardRequest request) {
        return reader.read(request);
    }

    /** Returns the number of a contest that has boards, 0 where there is none of that id. */
    public int number(String id) {
        final int contest = contests.find(id);
        return contest == 0 || contests.role(contest) == Contests.ROLE_SCHEDULE ? 0 : contest;
    }

    /** Returns a player's place on the main board of a contest, 0 where it has none. */
    public long rank(int contest, int player) {
        return reader.rank(contest, player);
    }

    /** Returns an entry of a main board as scoring has it, null where there is no such contest. */
    public EntryInfo entry(String contest, String entity) {
        return reader.entry(contest, entity);
    }

    /** Returns a contest, null where there is none of that id. */
    public ContestInfo contest(String id) {
        final int contest = contests.find(id);
        return contest == 0 ? null : describe(contest);
    }

    /** Returns all contests by start and then by id. */
    public List<ContestInfo> contests() {
        final List<ContestInfo> list = new ArrayList<>();
        for (int contest = contests.first(); contest != 0; contest = contests.next(contest)) {
            if (contests.role(contest) != Contests.ROLE_SCHEDULE) {
                list.add(describe(contest));
            }
        }
        list.sort(Comparator.comparingLong(ContestInfo::startNs)
            .thenComparing(ContestInfo::id));
        return list;
    }

    /** Returns the contest that was settled after another, null where there is none yet. */
    public SettledContest settledAfter(String id) {
        return settled.after(id);
    }

    /** Returns the number of contests, instances included. */
    public long count() {
        return contests.count();
    }

    /** Returns a table of exchange rates, null where there is none. */
    public FxTable fx(String id) {
        return FxTables.decode(fxTables.find(id));
    }

    /** Returns the version of a table of exchange rates, 0 where there is none. */
    public int fxVersion(String id) {
        return fxTables.version(id);
    }

    /** Returns the recurring contests whose starts run out before a time. */
    public List<String> schedulesToExtend(long beforeNs) {
        final List<String> list = new ArrayList<>();
        for (int contest = contests.first(); contest != 0; contest = contests.next(contest)) {
            if (contests.role(contest) == Contests.ROLE_SCHEDULE
                && contests.stateOf(contest) != ContestState.CANCELLED) {
                final long[] starts = contests.starts(contest);
                if (starts.length == 0 || starts[starts.length - 1] < beforeNs) {
                    list.add(contests.id(contest));
                }
            }
        }
        return list;
    }

    /** Returns the last start that waits in a recurring contest, MIN_VALUE where none does. */
    public long lastStartNs(String id) {
        final int contest = contests.find(id);
        if (contest == 0 || contests.role(contest) != Contests.ROLE_SCHEDULE) {
            return Long.MIN_VALUE;
        }
        final long[] starts = contests.starts(contest);
        return starts.length == 0 ? Long.MIN_VALUE : starts[starts.length - 1];
    }

    /**
     * Returns the digest over a contest's logical content, null where there is none.
     *
     * @param breath runs now and then meanwhile
     */
    public byte[] digest(String id, Runnable breath) {
        final int contest = contests.find(id);
        return contest == 0 || contests.role(contest) == Contests.ROLE_SCHEDULE ? null
            : digest.contestDigest(catalogue.compiled(contest), breath);
    }

    private ContestInfo describe(int contest) {
        final boolean recurring = contests.role(contest) == Contests.ROLE_SCHEDULE;
        final ContestDefinition definition = catalogue.definition(contest);
        final int schedule = contests.scheduleOf(contest);
        final Map<String, Long> unscored = new LinkedHashMap<>();
        for (final ResultCode reason : ResultCode.values()) {
            final long count = contests.counted(contest, reason);
            if (count > 0) {
                unscored.put(reason.token(), count);
            }
        }
        final ContestState now = contests.stateOf(contest);
        return new ContestInfo(contests.id(contest), schedule == 0 ? "" : contests.id(schedule),
            definition, contests.version(contest), catalogue.rulesHashHex(contest), now,
            contests.isFrozen(contest), contests.startNs(contest), contests.endNs(contest),
            recurring ? 0 : boards.size(contests.mainBoard(contest)),
            isHashed(contest, now) ? Catalogue.hex(contests.boardHash(contest)) : "", unscored);
    }

    private boolean isHashed(int contest, ContestState now) {
        final boolean fixed = now == ContestState.PROVISIONAL || now == ContestState.SETTLED
            || now == ContestState.FINAL && !contests.isFrozen(contest);
        return fixed && !jobs.pending(contest, BoardJobs.HASH);
    }
}
