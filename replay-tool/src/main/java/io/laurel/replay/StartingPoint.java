package io.laurel.replay;

import io.laurel.engine.Engine;
import io.laurel.engine.recovery.Progress;
import io.laurel.journal.LogStart;
import io.laurel.journal.PrunedJournalException;
import io.laurel.journal.ReadyMemory;
import io.laurel.snapshot.Snapshot;
import io.laurel.snapshot.SnapshotDirectory;
import io.laurel.snapshot.SnapshotLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongPredicate;

/** Where a replay begins: a fresh engine, or one as a snapshot left it; and the log behind it. */
final class StartingPoint implements AutoCloseable {
    private final Path data;
    private final LogFacts facts;
    private final SnapshotLoader.Loaded loaded;
    private Engine engine;

    private StartingPoint(Path data, LogFacts facts, SnapshotLoader.Loaded loaded) {
        this.data = data;
        this.facts = facts;
        this.loaded = loaded;
        this.engine = loaded == null ? null : loaded.engine();
    }

    /**
     * Verifies the log from the starting point on.
     *
     * @param end the newest snapshot up to there is taken; null = none, from the beginning
     */
    static StartingPoint find(Path data, LogPoint end, Progress progress) throws IOException {
        final SnapshotLoader.Loaded loaded = end == null ? null : load(data, end);
        try {
            final Path journal = LogPass.journalOf(data);
            final LoggedSettings settings = loaded == null ? new LoggedSettings()
                : LoggedSettings.behind(journal, loaded);
            final long from = loaded == null ? 1 : loaded.engine().sequence() + 1;
            final LogFacts facts = LogFacts.of(journal, from, from - 1, settings, progress);
            if (facts.damage() != null && !settings.hasGenesis()) {
                throw facts.damage();
            }
            if (!settings.hasGenesis()) {
                throw new CommandFailure(ExitCode.USAGE, "the journal in " + data + " is empty");
            }
            return new StartingPoint(data, facts, loaded);
        } catch (IOException | RuntimeException e) {
            if (loaded != null) {
                loaded.engine().close();
            }
            throw e;
        }
    }

    /**
     * Verifies all that is left of a log, and begins at the oldest snapshot behind its front.
     *
     * @param mayBegin says by its sequence whether one may be taken
     * @throws PrunedJournalException where there is none
     */
    static StartingPoint oldest(Path data, LogStart pruned, LongPredicate mayBegin,
        Progress progress) throws IOException {
        final Path journal = LogPass.journalOf(data);
        final SnapshotLoader.Loaded loaded = loadOldest(data, pruned, mayBegin);
        try {
            final LogFacts facts = LogFacts.of(journal, pruned.sequence() + 1,
                loaded.engine().sequence(), LoggedSettings.behind(journal, loaded), progress);
            return new StartingPoint(data, facts, loaded);
        } catch (IOException | RuntimeException e) {
            loaded.engine().close();
            throw e;
        }
    }

    private static SnapshotLoader.Loaded loadOldest(Path data, LogStart pruned,
        LongPredicate mayBegin) throws IOException {
        for (final long sequence : SnapshotDirectory.view(data.resolve("snapshots")).files()
            .tailMap(pruned.sequence(), true).keySet()) {
            final SnapshotLoader.Loaded loaded = mayBegin.test(sequence)
                ? loader(data).load(sequence + 1, Long.MAX_VALUE, 0) : null;
            if (loaded == null) {
                continue;
            }
            if (loaded.snapshot().sequence() == sequence
                && loaded.engine().hashSeed() == pruned.identity()) {
                return loaded;
            }
            loaded.engine().close();
        }
        throw new PrunedJournalException(pruned);
    }

    private static SnapshotLoader.Loaded load(Path data, LogPoint end) throws IOException {
        final long before =
            end.sequence() == Long.MAX_VALUE ? Long.MAX_VALUE : end.sequence() + 1;
        return loader(data).load(before, end.timeNs(), 0);
    }

    private static SnapshotLoader loader(Path data) {
        return new SnapshotLoader(SnapshotDirectory.view(data.resolve("snapshots")),
            new ReadyMemory());
    }

    LogFacts facts() {
        return facts;
    }

    /** Returns the snapshot, null = the beginning of the log. */
    Snapshot snapshot() {
        return loaded == null ? null : loaded.snapshot();
    }

    /** Returns the engine, whose region is as large as the log ever asked for. */
    Engine open() throws IOException {
        final long memoryBytes = facts.settings().largestMemoryBytes();
        if (engine == null) {
            engine = new Engine(memoryBytes, new ReadyMemory());
        } else if (memoryBytes > engine.memoryBytes()) {
            final long sequence = engine.sequence();
            close();
            final SnapshotLoader.Loaded again =
                loader(data).load(sequence + 1, Long.MAX_VALUE, memoryBytes);
            if (again == null || again.snapshot().sequence() != sequence) {
                throw new IOException("the snapshots have changed while they were read");
            }
            engine = again.engine();
        }
        return engine;
    }

    @Override
    public void close() {
        if (engine != null) {
            engine.close();
            engine = null;
        }
    }
}
