package io.laurel.engine.derive;

import io.laurel.engine.Engine;
import io.laurel.engine.command.CommandWriter;
import io.laurel.engine.contest.EntryContents;
import io.laurel.engine.derive.ClosingEvents.Closing;
import io.laurel.engine.intake.ClosedRound;
import io.laurel.engine.port.JournalReader;
import io.laurel.engine.port.RoundTrail;
import io.laurel.engine.query.EntryInfo;
import io.laurel.engine.query.RebuildWork;
import io.laurel.engine.query.RebuildWork.MarkedEntry;
import io.laurel.engine.query.RebuildWork.Rollback;
import io.laurel.engine.query.RebuildWork.VoidRound;
import io.laurel.engine.recovery.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.agrona.collections.LongHashSet;

/**
 * The reader beside the engine (semantics 6.5): finds in the log what rollbacks mean, and derives
 * marked entries without the rounds that are void. Its answers are commands to be logged; what
 * they change follows from the log alone. Everything that waits is answered in one pass.
 *
 * <p>A pass begins at a snapshot where that holds all of an entry but what is void: then the
 * entry as it stands there is the beginning, and only the log behind it is applied.
 *
 * <p>Where older segments of the log were pruned, a round that is not remembered and not in the
 * rest is unknown: the journal does not hold it. What is known to need the pruned part is stuck. It
 * stays as it is, is told of by {@link #stuck}, and is tried again once the log begins elsewhere.
 */
public final class RebuildReader implements AutoCloseable {
    /** Bytes of contents in one command, where an entry stands on many boards. */
    private static final int MOST_BYTES = 256 << 10;
    /** Commands of the parts of which is remembered which rounds they may close. */
    private static final int PART_SEQUENCES = 1 << 16;
    /** Room for that: some 25 million rounds. What is behind them is read each time. */
    private static final long FILTER_BYTES = 32L << 20;

    private final Logs logs;
    private final Engines engines;
    private final Progress progress;
    private final ClosingFilters filters;
    /** Stays where the last search for rounds ended. */
    private JournalReader tail;
    private final Set<MarkedEntry> unreachable = new HashSet<>();
    private long first = 1;
    private Stuck stuck = new Stuck(1, List.of(), List.of());

    /** Opens the log. */
    @FunctionalInterface
    public interface Logs {
        /** Returns a reader of everything that is durable; the caller closes it. */
        JournalReader open() throws IOException;

        /** Returns the first sequence that it holds: 1 where nothing was pruned. */
        default long firstSequence() throws IOException {
            return 1;
        }
    }

    /**
     * What cannot be worked out: the log does not reach back far enough.
     *
     * @param firstSequence where the log begins
     * @param rollbacks of rounds that were closed before
     * @param entries that hold rounds from before, and stand in no snapshot without void ones
     */
    public record Stuck(long firstSequence, List<Rollback> rollbacks,
        List<MarkedEntry> entries) {
        /** Returns how many there are. */
        public int size() {
            return rollbacks.size() + entries.size();
        }
    }

    /** Opens engines at earlier places of the log. */
    @FunctionalInterface
    public interface Engines {
        /**
         * Returns the engine of the newest snapshot before a sequence, or a fresh one; the caller
         * closes it.
         */
        Engine open(long beforeSequence) throws IOException;
    }

    /**
     * Names where log and snapshots are.
     *
     * @param progress is told now and then; may throw to end a pass
     */
    public RebuildReader(Logs logs, Engines engines, Progress progress) {
        this(logs, engines, progress, PART_SEQUENCES);
    }

    /**
     * As the other one, over parts of another size.
     *
     * @param partSequences commands of the parts of which it remembers which rounds they may close
     */
    public RebuildReader(Logs logs, Engines engines, Progress progress, int partSequences) {
        filters = new ClosingFilters(partSequences, FILTER_BYTES);
        this.logs = logs;
        this.engines = engines;
        this.progress = progress;
    }

    /**
     * Works out what waits, rollbacks first: what they mean decides which entries are marked.
     *
     * @param work whose sequence is durable
     * @return commands to be logged, in this order; none where all of it is stuck
     * @throws IOException where the log cannot be read
     */
    public List<Consumer<CommandWriter>> answer(RebuildWork work) throws IOException {
        if (work.isEmpty()) {
            stuck = new Stuck(first, List.of(), List.of());
            return List.of();
        }
        final long begins = logs.firstSequence();
        if (begins != first) {
            first = begins;
            unreachable.clear();
        }
        unreachable.retainAll(work.entries());
        final List<Rollback> rollbacks = new ArrayList<>(work.rollbacks());
        rollbacks.removeIf(this::isGone);
        final List<MarkedEntry> entries = new ArrayList<>(work.entries());
        entries.removeAll(unreachable);
        final List<Consumer<CommandWriter>> answers;
        if (rollbacks.isEmpty() && entries.isEmpty()) {
            answers = List.of();
        } else {
            try (JournalReader log = new WatchedLog(logs.open(), progress)) {
                answers = rollbacks.isEmpty() ? rebuild(log, work.voided(), entries)
                    : resolve(log, rollbacks);
            }
        }
        stuck = new Stuck(first, work.rollbacks().stream().filter(this::isGone).toList(),
            work.entries().stream().filter(unreachable::contains).toList());
        return answers;
    }

    /** Returns what the last {@link #answer} had to leave. */
    public Stuck stuck() {
        return stuck;
    }

    private boolean isGone(Rollback rollback) {
        return rollback.closingSequence() != 0 && rollback.closingSequence() < first;
    }

    private List<Consumer<CommandWriter>> resolve(JournalReader log, List<Rollback> rollbacks)
        throws IOException {
        final ClosingEvents closings = new ClosingEvents(rollbacks, filters);
        search(closings, log);
        final LongHashSet accepted = accepted(log, rollbacks, closings);
        final List<Consumer<CommandWriter>> answers = new ArrayList<>();
        for (final Rollback rollback : rollbacks) {
            Closing last = new Closing(0, 0, "", "");
            for (final Closing closing : closings.of(rollback)) {
                if (closing.sequence() == rollback.closingSequence()
                    || rollback.closingSequence() == 0 && accepted.contains(closing.sequence())) {
                    last = closing;
                }
            }
            final Closing found = last;
            answers.add(to -> to.resolveRollback(rollback.sequence(), found.sequence(),
                found.ts(), rollback.user(), found.provider(), found.game()));
        }
        return answers;
    }

    /**
     * Rounds that are not remembered may lie anywhere. What was read once is known well enough not
     * to be read again for most of them, and the end of the log is only followed.
     */
    private void search(ClosingEvents closings, JournalReader log) throws IOException {
        boolean done = false;
        try {
            if (tail == null) {
                tail = new WatchedLog(logs.open(), progress);
            }
            closings.search(log, tail, first);
            done = true;
        } finally {
            if (!done) {
                close();
            }
        }
    }

    /** Lets go of the log. */
    @Override
    public void close() throws IOException {
        if (tail != null) {
            tail.close();
            tail = null;
        }
    }

    /** Returns which of the events closed their rounds, where the engine does not remember. */
    private LongHashSet accepted(JournalReader log, List<Rollback> rollbacks,
        ClosingEvents closings) throws IOException {
        final TreeSet<Long> candidates = new TreeSet<>();
        rollbacks.stream().filter(rollback -> rollback.closingSequence() == 0)
            .forEach(rollback -> closings.of(rollback)
                .forEach(closing -> candidates.add(closing.sequence())));
        final LongHashSet accepted = new LongHashSet();
        while (!candidates.isEmpty()) {
            try (Engine engine = engines.open(candidates.first())) {
                if (engine.sequence() + 1 < first) {
                    // nothing says any more what became of this one
                    candidates.pollFirst();
                    continue;
                }
                engine.setTrail(new RoundTrail() {
                    @Override
                    public void onClosed(long sequence, ClosedRound round) {
                        if (candidates.contains(sequence)) {
                            accepted.add(sequence);
                        }
                    }
                });
                LogReplay.run(log, engine, candidates.last());
                break;
            }
        }
        return accepted;
    }

    /** Each entry begins at the newest snapshot that fits it; most often that is one for all. */
    private List<Consumer<CommandWriter>> rebuild(JournalReader log, List<VoidRound> voided,
        List<MarkedEntry> entries) throws IOException {
        final List<Consumer<CommandWriter>> answers = new ArrayList<>();
        final List<MarkedEntry> left = new ArrayList<>(entries);
        long before = Long.MAX_VALUE;
        while (!left.isEmpty()) {
            try (Engine engine = engines.open(before)) {
                final long at = engine.sequence();
                if (at + 1 < first) {
                    unreachable.addAll(left);
                    break;
                }
                final long limit = at == 0 ? Long.MAX_VALUE : limit(at, voided);
                final List<MarkedEntry> fitting = limit <= at ? List.of() : left.stream()
                    .filter(entry -> at == 0 || !isMarked(engine, entry)).toList();
                left.removeAll(fitting);
                if (!fitting.isEmpty()) {
                    derive(log, engine, voided, fitting, answers);
                }
                before = Math.min(at, limit);
            }
        }
        return answers;
    }

    private static void derive(JournalReader log, Engine engine, List<VoidRound> voided,
        List<MarkedEntry> entries, List<Consumer<CommandWriter>> answers) throws IOException {
        final LongHashSet rounds = new LongHashSet();
        voided.forEach(round -> rounds.add(round.closingSequence()));
        final EntryTrail trail = new EntryTrail(engine, entries, rounds);
        engine.setTrail(trail);
        LogReplay.run(log, engine,
            entries.stream().mapToLong(MarkedEntry::markedSequence).max().orElseThrow());
        entries.forEach(entry -> write(entry, trail.changed(entry), answers));
    }

    /** Returns before which sequence to look where rounds that are void now still count at one. */
    private static long limit(long at, List<VoidRound> voided) {
        long limit = Long.MAX_VALUE;
        for (final VoidRound round : voided) {
            if (round.closingSequence() <= at && at < round.sinceSequence()) {
                limit = Math.min(limit, round.closingSequence());
            }
        }
        return limit;
    }

    private static boolean isMarked(Engine engine, MarkedEntry entry) {
        final EntryInfo there = engine.reads().entry(entry.contest(), entry.entity());
        return there != null && there.rebuilding();
    }

    private static void write(MarkedEntry entry, List<EntryContents> changed,
        List<Consumer<CommandWriter>> answers) {
        List<EntryContents> part = new ArrayList<>();
        int bytes = 0;
        for (final EntryContents one : changed) {
            if (!part.isEmpty() && bytes + one.encodedBytes() > MOST_BYTES) {
                answers.add(command(entry, part, true));
                part = new ArrayList<>();
                bytes = 0;
            }
            part.add(one);
            bytes += one.encodedBytes();
        }
        answers.add(command(entry, part, false));
    }

    private static Consumer<CommandWriter> command(MarkedEntry entry, List<EntryContents> part,
        boolean more) {
        final byte[] contents = EntryContents.encode(part);
        return to -> to.rebuildEntry(entry.contest(), entry.entity(), entry.markedSequence(),
            more, contents);
    }
}
