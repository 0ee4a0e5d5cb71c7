package io.laurel.replay;

import io.laurel.engine.Engine;
import io.laurel.engine.port.JournalReader;
import io.laurel.engine.recovery.Progress;
import io.laurel.engine.recovery.Recovery;
import io.laurel.engine.recovery.RecoveryReport;
import io.laurel.journal.DataDirectory;
import io.laurel.journal.JournalFiles;
import io.laurel.journal.LogStart;
import io.laurel.journal.ReadAhead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;

/**
 * One pass over the log of a data directory: verifies it to its end, then replays it through an
 * engine up to a point while observers look on. Memory is bounded by the state. The directory is
 * only read, and a node may be running on it: the pass ends where the log ended when it began.
 */
public final class LogPass {
    private final Path data;
    private final List<LogObserver> observers = new ArrayList<>();
    private LogPoint end = LogPoint.END;
    private Progress progress = Progress.NONE;
    private LogPoint nearest;
    private boolean pastDamage;
    private LongPredicate mayBegin;

    private LogPass(Path data) {
        this.data = data;
    }

    /** Begins a pass over a data directory, from the beginning of the log to its end. */
    public static LogPass over(Path data) {
        return new LogPass(data);
    }

    /** Ends it at a point, which the log must have reached. */
    public LogPass to(LogPoint point) {
        end = point;
        return this;
    }

    /**
     * Lets it begin at the newest snapshot that can be believed. Observers then see only what
     * follows, and what lies before is not verified.
     *
     * @param upTo no snapshot behind this point; null = none at all
     */
    public LogPass fromSnapshot(LogPoint upTo) {
        nearest = upTo;
        return this;
    }

    /**
     * Takes a log whose older segments were pruned as it is: verifies it from the first block that
     * there is, and begins the replay at the oldest snapshot that can be believed.
     *
     * @param snapshots says by its sequence whether one may be taken
     */
    public LogPass overWhatIsThere(LongPredicate snapshots) {
        mayBegin = snapshots;
        return this;
    }

    /** Replays a damaged log up to the damage instead of refusing it. */
    public LogPass upToDamage() {
        pastDamage = true;
        return this;
    }

    /** Adds an observer; they are called in the order in which they came. */
    public LogPass observedBy(LogObserver observer) {
        observers.add(observer);
        return this;
    }

    /** Tells now and then how far the pass has come. */
    public LogPass tell(Progress listener) {
        progress = listener;
        return this;
    }

    /**
     * Goes over the log.
     *
     * @return the state at the end point; to be closed
     * @throws CommandFailure where that cannot be done
     */
    public ReplayedLog run() {
        final Path journal = journalOf(data);
        StartingPoint start = null;
        try {
            DataDirectory.checkFormat(data);
            final LogStart pruned = mayBegin == null ? null : JournalFiles.prunedStart(journal);
            start = pruned == null ? StartingPoint.find(data,
                nearest == null ? null : nearest.and(end), progress)
                : StartingPoint.oldest(data, pruned, mayBegin, progress);
            final LogFacts facts = start.facts();
            final boolean cutShort = !end.isIn(facts);
            if (cutShort && !pastDamage) {
                throw facts.damage();
            }
            final LogPoint until = cutShort ? LogPoint.END.within(facts) : end.within(facts);
            final Engine engine = start.open();
            observers.forEach(observer -> observer.onBegin(engine));
            final RecoveryReport report;
            try (JournalReader reader = new ReadAhead(
                new BoundedReader(JournalFiles.openReader(journal), until))) {
                report = Recovery.replay(reader, new ObservedTarget(engine, observers),
                    facts.skipped(), progress);
            }
            final ReplayedLog replayed =
                new ReplayedLog(engine, report, facts, start.snapshot(), cutShort, pruned);
            start = null;
            return replayed;
        } catch (IOException | RuntimeException e) {
            throw CommandFailure.ofReading(e);
        } finally {
            if (start != null) {
                start.close();
            }
        }
    }

    /** Returns the directory of the segments; refuses what is no data directory. */
    public static Path journalOf(Path data) {
        final Path journal = data.resolve("journal");
        if (!Files.isDirectory(journal)) {
            throw new CommandFailure(ExitCode.USAGE, "no journal in " + data);
        }
        return journal;
    }
}
