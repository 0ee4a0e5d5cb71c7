package io.laurel.engine.scenario;

import io.laurel.engine.Engine;
import io.laurel.engine.ResultCode;
import io.laurel.engine.command.CommandWriter;
import io.laurel.engine.derive.RebuildReader;
import io.laurel.engine.port.JournalReader;
import io.laurel.engine.query.BoardPage;
import io.laurel.engine.query.BoardRequest;
import io.laurel.engine.query.BoardRow;
import io.laurel.engine.query.ContestInfo;
import io.laurel.engine.query.RebuildWork;
import io.laurel.engine.query.StatusInfo;
import io.laurel.engine.recovery.Progress;
import io.laurel.engine.reference.Command;
import io.laurel.engine.reference.Command.Step;
import io.laurel.engine.reference.CommandEncoding;
import io.laurel.engine.reference.Outcome;
import io.laurel.engine.reference.ReferenceEngine.ContestView;
import io.laurel.engine.reference.Row;
import io.laurel.engine.rules.ContestDefinitionCodec;
import io.laurel.engine.rules.FxTableCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The engine as a subject: fed with bytes, read as the gateway reads it. */
public final class EngineSubject implements Subject {
    private static final long MEMORY_BYTES = 256L << 20;
    private static final int PAGE_ROWS = 3;
    private static final int MOST_ASKED = 5;
    /** So few that the reader often knows which parts of the log it need not read. */
    private static final int PART_SEQUENCES = 40;

    private final SubjectLog log = new SubjectLog(MEMORY_BYTES);
    private RebuildReader reader = newReader();
    /** Commands of the reader have sequences too; those of steps are counted without them. */
    private final Map<Long, Long> steps = new HashMap<>();
    private final Random crashes;
    /** What the reader has met, and how often. */
    private final Map<String, Integer> met = new TreeMap<>();
    private String forcedRoot;
    private Engine engine = new Engine(MEMORY_BYTES);
    private final CommandEncoding encoding =
        new CommandEncoding(ContestDefinitionCodec::encode, FxTableCodec::encode);

    /** A subject that lives on. */
    public EngineSubject() {
        this(null);
    }

    /**
     * A subject that may crash.
     *
     * @param crashes decides when, between two commands of the reader, and which of these are not
     *     on disk yet; null = never
     */
    public EngineSubject(Random crashes) {
        this.crashes = crashes;
    }

    @Override
    public Outcome apply(long sequence, Step step) {
        if (step.command() instanceof Command.ReadLog) {
            readLog(step.timeNs());
            return new Outcome("accepted", sequence);
        }
        log.apply(engine, encoding.write(step.command()), step.timeNs());
        steps.put(engine.sequence(), sequence);
        final String code = ResultCode.of(engine.resultCode()).token();
        if (step.command() instanceof Command.RegisterSource source) {
            encoding.registered(source.name(), (int) engine.resultValue());
        }
        final long value = engine.resultValue();
        final boolean isSequence =
            step.command() instanceof Command.SendEvent || value == engine.sequence();
        return new Outcome(code, isSequence ? steps.getOrDefault(value, value) : value);
    }

    /** Lets the reader answer once: what rollbacks mean, or else the entries that wait. */
    private void readLog(long timeNs) {
        log.apply(engine, new CommandWriter().tick(), timeNs);
        final boolean resolves = !engine.reads().rebuildWork().rollbacks().isEmpty();
        RebuildWork work = engine.reads().rebuildWork();
        while (!work.isEmpty() && work.rollbacks().isEmpty() != resolves) {
            try {
                meet(work);
                force();
                answer(reader.answer(work), timeNs);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            work = engine.reads().rebuildWork();
        }
    }

    private RebuildReader newReader() {
        return new RebuildReader(() -> log.open(), before -> log.engineBefore(before),
            Progress.NONE, PART_SEQUENCES);
    }

    /** Returns what the reader has met so far, and how often. */
    public Map<String, Integer> met() {
        return met;
    }

    private void meet(RebuildWork work) {
        work.rollbacks().forEach(one -> met.merge(
            one.closingSequence() == 0 ? "forgotten" : "remembered", 1, Integer::sum));
        for (final RebuildWork.MarkedEntry entry : work.entries()) {
            met.merge(entry.board().type() + " " + entry.board().entity(), 1, Integer::sum);
            met.merge(entry.board().partitionBy().toString(), 1, Integer::sum);
            if (engine.reads().contest(entry.contest()).frozen()) {
                met.merge("frozen", 1, Integer::sum);
            }
        }
    }

    private void force() {
        log.force();
        forcedRoot = crashes == null ? "" : HexFormat.of().formatHex(engine.stateRoot());
    }

    private void answer(List<Consumer<CommandWriter>> answers, long timeNs) {
        for (final Consumer<CommandWriter> answer : answers) {
            if (crashes != null && crashes.nextInt(4) == 0) {
                crash();
                return;
            }
            final CommandWriter writer = new CommandWriter();
            answer.accept(writer);
            log.apply(engine, writer, timeNs);
            same("an answer of the reader", ResultCode.ACCEPTED,
                ResultCode.of(engine.resultCode()));
            if (crashes != null && crashes.nextBoolean()) {
                force();
            }
        }
        force();
    }

    private void crash() {
        final long before = engine.sequence();
        engine.close();
        log.crash();
        engine = log.recover();
        // what it remembers of the log goes with the node
        reader = newReader();
        same("a root after a crash", forcedRoot, HexFormat.of().formatHex(engine.stateRoot()));
        met.merge(engine.sequence() < before ? "crash with answers lost" : "crash", 1,
            Integer::sum);
    }

    @Override
    public List<String> contests() {
        return engine.reads().contests().stream().map(ContestInfo::id).sorted().toList();
    }

    @Override
    public List<Row> board(String contest, String partition) {
        if (engine.reads().contest(contest) == null) {
            return null;
        }
        final List<Row> rows = new ArrayList<>();
        final List<BoardRow> paged = new ArrayList<>();
        BoardPage page = page(contest, partition, 0);
        // no page: no round fell into that partition yet
        while (page != null && !page.top().isEmpty()) {
            paged.addAll(page.top());
            page.top().forEach(row -> rows.add(checked(row, rows)));
            page = page(contest, partition, rows.size());
        }
        if (page != null) {
            same(contest, (long) paged.size(), page.entries());
            checkOtherForms(contest, partition, paged);
        }
        return rows;
    }

    /** All forms of reading must show the same rows. */
    private void checkOtherForms(String contest, String partition, List<BoardRow> rows) {
        final int size = rows.size();
        final int step = Math.max(1, size / MOST_ASKED);
        for (int at = 0; at < size; at += step) {
            final BoardRow row = rows.get(at);
            final BoardPage page = engine.reads().board(new BoardRequest(contest, partition, 2,
                row.user(), 1, List.of(), -1, 0));
            same(contest, row, page.me());
            same(contest, rows.subList(0, Math.min(2, size)), page.top());
            same(contest, rows.subList(Math.max(0, at - 1), Math.min(size, at + 2)),
                page.around());
        }
        if (size > 1) {
            final List<BoardRow> friends = List.of(rows.get(0), rows.get(size - 1));
            same(contest, friends, engine.reads().board(new BoardRequest(contest, partition, 0,
                "", 0, List.of(friends.get(1).user(), friends.get(0).user(), "nobody"), -1, 0))
                .top());
        }
    }

    private static void same(String contest, Object paged, Object found) {
        if (!paged.equals(found)) {
            throw new AssertionError(contest + ": pages show " + paged + ", not " + found);
        }
    }

    private BoardPage page(String contest, String partition, long afterPosition) {
        return engine.reads().board(new BoardRequest(contest, partition, 0, "", 0, List.of(),
            afterPosition, PAGE_ROWS));
    }

    private static Row checked(BoardRow row, List<Row> before) {
        final long toNext = before.isEmpty() ? 0
            : before.get(before.size() - 1).score() - row.score();
        if (row.position() != before.size() + 1 || row.toNext() != toNext) {
            throw new AssertionError("not in its place behind " + before.size() + ": " + row);
        }
        return new Row(row.user(), row.score(), row.multiplierE4(), row.rounds(),
            row.finishTs(), row.delta());
    }

    @Override
    public ContestView contest(String id) {
        final ContestInfo info = engine.reads().contest(id);
        if (info == null) {
            return null;
        }
        return new ContestView(id, info.state().token(), page(id, "", 0).frozen(),
            info.version(), withoutZeros(info.unscored()));
    }

    @Override
    public Map<String, Map<String, Long>> outcomes() {
        final Map<String, Map<String, Long>> outcomes = new TreeMap<>();
        for (final StatusInfo.Source source : engine.reads().status().sources()) {
            outcomes.put(source.name(), withoutZeros(source.outcomes()));
        }
        return outcomes;
    }

    private static Map<String, Long> withoutZeros(Map<String, Long> counts) {
        final Map<String, Long> some = new TreeMap<>(counts);
        some.values().removeIf(count -> count == 0);
        return some;
    }

    @Override
    public long discardedRounds() {
        return engine.reads().status().discardedRounds();
    }

    /** Goes on with another engine, made of the present one, which the maker closes. */
    public void reopen(UnaryOperator<Engine> reopened) {
        engine = reopened.apply(engine);
    }

    /** Returns all that was applied. */
    public JournalReader log() {
        return log.open();
    }

    /** Returns the engine itself, for what only it can say. */
    public Engine engine() {
        return engine;
    }

    @Override
    public void close() {
        engine.close();
    }
}
