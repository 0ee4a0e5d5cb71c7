package io.laurel.engine;

import io.laurel.engine.contest.ContestRoom;
import io.laurel.engine.intake.Sessions;
import io.laurel.engine.intake.Sources;
import io.laurel.engine.player.Players;
import io.laurel.engine.query.BoardPage;
import io.laurel.engine.query.BoardRequest;
import io.laurel.engine.query.ContestInfo;
import io.laurel.engine.query.EngineReads;
import io.laurel.engine.query.EntryInfo;
import io.laurel.engine.query.RebuildWork;
import io.laurel.engine.query.SessionInfo;
import io.laurel.engine.query.SessionProbe;
import io.laurel.engine.query.SettledContest;
import io.laurel.engine.query.StatusInfo;
import io.laurel.engine.rules.FxTable;
import io.laurel.engine.state.Slot;
import io.laurel.engine.state.State;
import io.laurel.engine.state.Store;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The reads, each from the room that knows. */
final class StateReads implements EngineReads {
    private final State state;
    private final Players players;
    private final Sources sources;
    private final Sessions sessions;
    private final ContestRoom contests;

    StateReads(State state, Players players, Sources sources, Sessions sessions,
        ContestRoom contests) {
        this.state = state;
        this.players = players;
        this.sources = sources;
        this.sessions = sessions;
        this.contests = contests;
    }

    @Override
    public List<ContestInfo> contests() {
        return contests.contests();
    }

    @Override
    public ContestInfo contest(String id) {
        return contests.contest(id);
    }

    @Override
    public BoardPage board(BoardRequest request) {
        return contests.board(request);
    }

    @Override
    public EntryInfo entry(String contest, String entity) {
        return contests.entry(contest, entity);
    }

    @Override
    public RebuildWork rebuildWork() {
        return contests.rebuildWork();
    }

    @Override
    public SessionInfo session(long sessionId) {
        return sessions.describe(sessionId);
    }

    @Override
    public SessionProbe sessionProbe(long sessionId, long sessionVerId, long seqNo,
        long contentHash) {
        return sessions.probe(sessionId, sessionVerId, seqNo, contentHash);
    }

    @Override
    public FxTable fx(String id) {
        return contests.fx(id);
    }

    @Override
    public int fxVersion(String id) {
        return contests.fxVersion(id);
    }

    @Override
    public int profileVersion(String user) {
        final byte[] bytes = user.getBytes(StandardCharsets.UTF_8);
        final int player = players.find(new UnsafeBuffer(bytes), 0, bytes.length);
        return player == 0 ? 0 : players.profileVersion(player);
    }

    @Override
    public StatusInfo status() {
        final Map<String, Long> memory = new LinkedHashMap<>();
        for (final Store store : Store.values()) {
            memory.put(store.token(), state.allocator().storeBytes(store.id()));
        }
        return new StatusInfo(state.sequence(), state.timeNs(),
            state.get(Slot.CLOCK_MODE) == State.CLOCK_EVENT, players.count(), contests.count(),
            sessions.count(), memory, state.pages().capacityBytes(), sources.describe(),
            state.get(Slot.DISCARDED_ROUNDS));
    }

    @Override
    public int source(String name) {
        final byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return sources.find(new UnsafeBuffer(bytes), 0, bytes.length);
    }

    @Override
    public List<String> schedulesToExtend(long beforeNs) {
        return contests.schedulesToExtend(beforeNs);
    }

    @Override
    public SettledContest settledAfter(String contest) {
        return contests.settledAfter(contest);
    }

    @Override
    public long lastStartNs(String schedule) {
        return contests.lastStartNs(schedule);
    }

    @Override
    public int contestNumber(String id) {
        return contests.number(id);
    }

    @Override
    public int playerNumber(DirectBuffer id, int offset, int length) {
        return players.find(id, offset, length);
    }

    @Override
    public long rank(int contest, int player) {
        return contests.rank(contest, player);
    }
}
