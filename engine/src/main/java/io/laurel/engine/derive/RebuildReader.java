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
import java.util.List;
import java.util.function.Consumer;
import org.agrona.collections.LongHashSet;

/**
 * The reader beside the engine (semantics 6.5): finds in the log what rollbacks mean, and derives
 * marked entries without the rounds that are void. Its answers are commands to be logged; what
 * they change follows from the log alone. Everything that waits is answered in one pass.
 *
 * <p>A pass begins at a snapshot where that holds all of an entry but what is void: then the
 * entry as it stands there is the beginning, and only the log behind it is applied.
 */
public final class RebuildReader {
    /** Bytes of contents in one command, where an entry stands on many boards. */
    private static final int MOST_BYTES = 256 << 10;

    private final Logs logs;
    private final Engines engines;
    private final Progress progress;

    /** Opens the log. */
    @FunctionalInterface
    public interface Logs {
        /** Returns a reader of everything that is durable; the caller closes it. */
        JournalReader open() throws IOException;
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
        this.logs = logs;
        this.engines = engines;
        this.progress = progress;
    }

    /**
     * Works out what waits, rollbacks first: what they mean decides which entries are marked.
     *
     * @param work whose sequence is durable
     * @return commands to be logged, in this order
     * @throws IOException where the log cannot be read
     */
    public List<Consumer<CommandWriter>> answer(RebuildWork work) throws IOException {
        if (work.isEmpty()) {
            return List.of();
        }
        try (JournalReader log = logs.open()) {
            return work.rollbacks().isEmpty() ? rebuild(log, work)
                : resolve(log, work.rollbacks());
        }
    }

    private List<Consumer<CommandWriter>> resolve(JournalReader log, List<Rollback> rollbacks)
        throws IOException {
        final ClosingEvents closings = new ClosingEvents(rollbacks);
        // of a remembered round the place is known; any other may lie anywhere
        log.read(rollbacks.stream().mapToLong(one -> Math.max(1, one.closingSequence())).min()
            .orElseThrow(), closings);
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

    /** Returns which of the events closed their rounds, where the engine does not remember. */
    private LongHashSet accepted(JournalReader log, List<Rollback> rollbacks,
        ClosingEvents closings) throws IOException {
        final LongHashSet candidates = new LongHashSet();
        final LongHashSet accepted = new LongHashSet();
        long first = Long.MAX_VALUE;
        long last = 0;
        for (final Rollback rollback : rollbacks) {
            for (final Closing closing : rollback.closingSequence() != 0
                ? List.<Closing>of() : closings.of(rollback)) {
                candidates.add(closing.sequence());
                first = Math.min(first, closing.sequence());
                last = Math.max(last, closing.sequence());
            }
        }
        if (last > 0) {
            try (Engine engine = engines.open(first)) {
                engine.setTrail(new RoundTrail() {
                    @Override
                    public void onClosed(long sequence, ClosedRound round) {
                        if (candidates.contains(sequence)) {
                            accepted.add(sequence);
                        }
                    }
                });
                LogReplay.run(log, engine, last, progress);
            }
        }
        return accepted;
    }

    private List<Consumer<CommandWriter>> rebuild(JournalReader log, RebuildWork work)
        throws IOException {
        final LongHashSet voided = new LongHashSet();
        work.voided().forEach(round -> voided.add(round.closingSequence()));
        final long last =
            work.entries().stream().mapToLong(MarkedEntry::markedSequence).max().orElseThrow();
        final List<Consumer<CommandWriter>> answers = new ArrayList<>();
        try (Engine engine = open(work)) {
            final EntryTrail trail = new EntryTrail(engine, work.entries(), voided);
            engine.setTrail(trail);
            LogReplay.run(log, engine, last, progress);
            work.entries().forEach(entry -> write(entry, trail.changed(entry), answers));
        }
        return answers;
    }

    /** Returns the latest engine whose entries hold all that came before, void rounds aside. */
    private Engine open(RebuildWork work) throws IOException {
        long before = Long.MAX_VALUE;
        while (true) {
            final Engine engine = engines.open(before);
            final long limit = limit(engine, work);
            if (limit > engine.sequence()) {
                return engine;
            }
            engine.close();
            before = limit;
        }
    }

    /** Returns before which sequence to look instead; what lies behind the engine's fits. */
    private static long limit(Engine engine, RebuildWork work) {
        final long at = engine.sequence();
        long limit = Long.MAX_VALUE;
        if (at == 0) {
            return limit;
        }
        for (final VoidRound round : work.voided()) {
            if (round.closingSequence() <= at && at < round.sinceSequence()) {
                limit = Math.min(limit, round.closingSequence());
            }
        }
        for (final MarkedEntry entry : work.entries()) {
            final EntryInfo there = engine.reads().entry(entry.contest(), entry.entity());
            if (there != null && there.rebuilding()) {
                limit = Math.min(limit, at);
            }
        }
        return limit;
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
