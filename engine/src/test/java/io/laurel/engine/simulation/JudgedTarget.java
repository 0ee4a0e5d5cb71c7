package io.laurel.engine.simulation;

import io.laurel.engine.Engine;
import io.laurel.engine.ResultCode;
import io.laurel.engine.port.CommandTarget;
import io.laurel.engine.port.WrappedTarget;
import io.laurel.engine.query.RebuildWork;
import io.laurel.engine.query.StatusInfo;
import io.laurel.engine.reference.Command;
import io.laurel.engine.reference.Command.SendEvent;
import io.laurel.engine.reference.Command.Step;
import io.laurel.engine.reference.Outcome;
import io.laurel.engine.scenario.EngineSubject;
import io.laurel.engine.scenario.ReferenceSubject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.agrona.DirectBuffer;

/**
 * The engine with the judge at its side: whatever is applied, live or replayed, is judged at once.
 */
final class JudgedTarget extends WrappedTarget implements AutoCloseable {
    private record Position(long verId, long lastSeqNo) {
    }

    private final EngineSubject subject;
    private final Engine engine;
    private final ReferenceSubject judge = new ReferenceSubject();
    private final List<Logged> log;
    private final Map<Long, Position> sessions = new HashMap<>();
    private final Set<Object> accepted = new HashSet<>();
    private final List<String> outcomes = new ArrayList<>();
    private final Map<String, Long> inputs = new TreeMap<>();

    JudgedTarget(List<Logged> log) {
        this(log, new EngineSubject());
    }

    private JudgedTarget(List<Logged> log, EngineSubject subject) {
        super(CommandTarget.of(subject.engine()));
        this.log = log;
        this.subject = subject;
        engine = subject.engine();
    }

    @Override
    public void apply(long sequence, long timeNs, int templateId, int version, int blockLength,
        DirectBuffer buffer, int offset, int length) {
        super.apply(sequence, timeNs, templateId, version, blockLength, buffer, offset, length);
        final Logged logged = log.get((int) sequence - 1);
        final String code = ResultCode.of(resultCode()).token();
        final String expected = judge(sequence, timeNs, logged);
        if (!expected.equals(code)) {
            throw new AssertionError("BoardEqualsReference: command " + sequence + " " + logged
                + " at " + timeNs + " ended in " + code + ", not " + expected);
        }
        outcomes.add(code + " " + resultValue());
    }

    private String judge(long sequence, long timeNs, Logged logged) {
        final Command command = logged.command();
        if (command instanceof Command.OpenSession open) {
            judge.apply(sequence, new Step(timeNs, command));
            final Position known = sessions.get(open.sessionId());
            if (known != null && known.verId >= open.sessionVerId()) {
                return "session_version";
            }
            sessions.put(open.sessionId(), new Position(open.sessionVerId(), 0));
            return "accepted";
        }
        if (command instanceof SendEvent sent) {
            return event(sequence, timeNs, logged, sent);
        }
        return judge.apply(sequence, new Step(timeNs, command)).code();
    }

    private String event(long sequence, long timeNs, Logged logged, SendEvent sent) {
        inputs.merge(sent.source(), 1L, Long::sum);
        final Position known = sessions.get(sent.sessionId());
        if (known == null || known.verId != logged.verId()
            || known.lastSeqNo + 1 != logged.seqNo()) {
            // not in its place: nothing may happen but that time passes and it is counted
            return judge.apply(sequence, new Step(timeNs, new Command.RefuseEvent(sent.source(),
                known == null || known.verId != logged.verId() ? "session_version"
                    : "session_sequence"))).code();
        }
        sessions.put(sent.sessionId(), new Position(known.verId, logged.seqNo()));
        final Outcome outcome = judge.apply(sequence, new Step(timeNs, sent));
        if (outcome.code().equals("accepted")
            && !accepted.add(List.of(sent.source(), sent.event().content()))) {
            throw new AssertionError("NothingTwice: accepted again: " + sent);
        }
        return outcome.code();
    }

    /** Returns what a command came to, its value included. */
    String outcome(long sequence) {
        return outcomes.get((int) sequence - 1);
    }

    /**
     * Every input has one outcome, and no other outcome is counted; a rollback of a round that
     * nobody remembers has none before the log has been read.
     */
    void checkLedgerOfOutcomes() {
        final Map<String, Long> counted = new TreeMap<>();
        final List<StatusInfo.Source> sources = engine.reads().status().sources();
        for (final RebuildWork.Rollback waiting : engine.reads().rebuildWork().rollbacks()) {
            if (waiting.closingSequence() == 0) {
                counted.merge(sources.get(waiting.source()).name(), 1L, Long::sum);
            }
        }
        subject.outcomes().forEach((source, counts) -> {
            final long sum = counts.values().stream().mapToLong(Long::longValue).sum();
            if (sum > 0) {
                counted.merge(source, sum, Long::sum);
            }
        });
        if (!counted.equals(inputs) || !withoutEmpty(subject.outcomes())
            .equals(withoutEmpty(judge.outcomes()))) {
            throw new AssertionError("LedgerOfOutcomes: " + subject.outcomes() + ", not "
                + judge.outcomes() + "; inputs " + inputs);
        }
    }

    private static Map<String, Map<String, Long>> withoutEmpty(
        Map<String, Map<String, Long>> outcomes) {
        final Map<String, Map<String, Long>> some = new TreeMap<>(outcomes);
        some.values().removeIf(Map::isEmpty);
        return some;
    }

    /** One contest, by number, stands in engine and judge alike. */
    void checkBoard(int number) {
        final List<String> contests = judge.contests();
        same("contests", contests, subject.contests());
        if (contests.isEmpty()) {
            return;
        }
        final String id = contests.get(Math.floorMod(number, contests.size()));
        same(id, judge.contest(id), subject.contest(id));
        same(id, judge.board(id, ""), subject.board(id, ""));
        for (final String partition : judge.engine().partitions(id)) {
            same(id + " " + partition, judge.board(id, partition),
                subject.board(id, partition));
        }
    }

    /** All contests do. */
    void checkBoards() {
        for (int i = 0; i < judge.contests().size(); i++) {
            checkBoard(i);
        }
        same("discarded rounds", judge.discardedRounds(), subject.discardedRounds());
    }

    private static void same(String what, Object expected, Object found) {
        if (!expected.equals(found)) {
            throw new AssertionError("BoardEqualsReference: " + what + "\n  expected " + expected
                + "\n  found    " + found);
        }
    }

    Engine engine() {
        return engine;
    }

    /** Returns the state root as hex. */
    String root() {
        return HexFormat.of().formatHex(engine.stateRoot());
    }

    @Override
    public void close() {
        subject.close();
    }
}
