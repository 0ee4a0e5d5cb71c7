package io.laurel.gateway.tcp;

import io.laurel.engine.ResultCode;
import io.laurel.engine.query.BoardPage;
import io.laurel.engine.query.BoardRequest;
import io.laurel.engine.query.ContestInfo;
import io.laurel.engine.query.EngineReads;
import io.laurel.engine.query.SessionInfo;
import io.laurel.engine.query.SessionProbe;
import io.laurel.engine.query.StatusInfo;
import io.laurel.engine.rules.FxTable;
import io.laurel.gateway.event.EventDecoder;
import io.laurel.gateway.event.EventDraft;
import io.laurel.protocol.storage.EventCommandDecoder;
import io.laurel.protocol.storage.EventRefusedDecoder;
import io.laurel.protocol.storage.OpenSessionDecoder;
import io.laurel.protocol.storage.RegisterSourceDecoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;

/** What the engine keeps of sources, sessions and event ids, with plain collections. */
public final class FakeSessions implements EngineReads {
    private final Map<String, Integer> sources = new LinkedHashMap<>();
    private final Map<Long, Session> sessions = new HashMap<>();
    private final Map<String, Long> eventIds = new HashMap<>();
    private final List<String> accepted = new ArrayList<>();
    private final Map<String, Integer> outcomes = new HashMap<>();
    private final EventDraft draft = new EventDraft();
    private final Map<String, ResultCode> refusedIds = new HashMap<>();
    private long sequence;
    private long value;

    private record Outcome(long hash, int code, long sequence) {
    }

    private static final class Session {
        private final int source;
        private long version;
        private long last;
        private final Map<Long, Outcome> ring = new HashMap<>();

        private Session(int source) {
            this.source = source;
        }
    }

    void at(long atSequence) {
        sequence = atSequence;
        value = atSequence;
    }

    long value() {
        return value;
    }

    /** Returns the ids of accepted events in log order. */
    public List<String> accepted() {
        return accepted;
    }

    /** Returns how many commands ended with a result. */
    public int count(ResultCode code) {
        return outcomes.getOrDefault(code.name(), 0);
    }

    /** Names an event id as known from another path. */
    public void know(String eventId, long originalSequence) {
        eventIds.put(eventId, originalSequence);
    }

    /** Names an event id as refused before. */
    public void know(String eventId, long originalSequence, ResultCode code) {
        know(eventId, originalSequence);
        refusedIds.put(eventId, code);
    }

    /** Forgets the last events of a session, as a node does that lost its log's tail. */
    public void regress(long sessionId, long lastSeqNo) {
        sessions.get(sessionId).last = lastSeqNo;
        eventIds.clear();
    }

    int registerSource(DirectBuffer body) {
        final RegisterSourceDecoder from = new RegisterSourceDecoder().wrap(body, 0,
            RegisterSourceDecoder.BLOCK_LENGTH, 0);
        value = sources.computeIfAbsent(from.name(), name -> sources.size() + 1);
        return ResultCode.ACCEPTED.code();
    }

    int openSession(DirectBuffer body) {
        final OpenSessionDecoder from = new OpenSessionDecoder().wrap(body, 0,
            OpenSessionDecoder.BLOCK_LENGTH, 0);
        final Session session =
            sessions.computeIfAbsent(from.sessionId(), id -> new Session(from.source()));
        if (Long.compareUnsigned(from.sessionVerId(), session.version) <= 0) {
            return ResultCode.SESSION_VERSION.code();
        }
        session.version = from.sessionVerId();
        session.last = 0;
        session.ring.clear();
        return ResultCode.ACCEPTED.code();
    }

    int event(DirectBuffer body) {
        final EventCommandDecoder from = new EventCommandDecoder().wrap(body, 0,
            EventCommandDecoder.BLOCK_LENGTH, 0);
        final int at = EventCommandDecoder.BLOCK_LENGTH + EventCommandDecoder.payloadHeaderLength();
        final int length = from.payloadLength();
        if (!EventDecoder.decode(body, at, length, from.eventBlockLength(), from.eventVersion(),
            draft)) {
            throw new IllegalStateException("the gateway let bytes through that are no event");
        }
        final int wrong = place(from.sessionId(), from.sessionVerId(),
            EventDecoder.seqNo(body, at));
        if (wrong != 0) {
            return wrong;
        }
        final String id = draft.eventId().toString();
        final Long original = eventIds.putIfAbsent(id, sequence);
        if (original == null) {
            accepted.add(id);
        } else {
            value = original;
        }
        return advance(from.sessionId(), EventDecoder.contentHash(body, at, length),
            original == null ? ResultCode.ACCEPTED.code()
                : refusedIds.getOrDefault(id, ResultCode.DUPLICATE).code());
    }

    int refused(DirectBuffer body) {
        final EventRefusedDecoder from = new EventRefusedDecoder().wrap(body, 0,
            EventRefusedDecoder.BLOCK_LENGTH, 0);
        final int wrong = place(from.sessionId(), from.sessionVerId(), from.seqNo());
        return wrong != 0 ? wrong : advance(from.sessionId(), from.contentHash(), from.code());
    }

    private int place(long sessionId, long version, long seqNo) {
        final Session session = sessions.get(sessionId);
        if (session == null || session.version != version) {
            return ResultCode.SESSION_VERSION.code();
        }
        return seqNo == session.last + 1 ? 0 : ResultCode.SESSION_SEQUENCE.code();
    }

    private int advance(long sessionId, long hash, int code) {
        final Session session = sessions.get(sessionId);
        session.last++;
        session.ring.put(session.last, new Outcome(hash, code, value));
        outcomes.merge(ResultCode.of(code).name(), 1, Integer::sum);
        return code;
    }

    @Override
    public SessionInfo session(long sessionId) {
        final Session session = sessions.get(sessionId);
        return session == null ? null
            : new SessionInfo(sessionId, session.version, session.source, session.last);
    }

    @Override
    public SessionProbe sessionProbe(long sessionId, long version, long seqNo, long hash) {
        final Session session = sessions.get(sessionId);
        final Outcome outcome = session == null ? null : session.ring.get(seqNo);
        return outcome == null || session.version != version ? SessionProbe.UNKNOWN
            : new SessionProbe(true, outcome.hash() == hash, outcome.code(), outcome.sequence());
    }

    @Override
    public int source(String name) {
        return sources.getOrDefault(name, -1);
    }

    @Override
    public List<ContestInfo> contests() {
        return List.of();
    }

    @Override
    public ContestInfo contest(String id) {
        return null;
    }

    @Override
    public BoardPage board(BoardRequest request) {
        return null;
    }

    @Override
    public FxTable fx(String id) {
        return null;
    }

    @Override
    public StatusInfo status() {
        return null;
    }

    @Override
    public List<String> schedulesToExtend(long beforeNs) {
        return List.of();
    }
}
