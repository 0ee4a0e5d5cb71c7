package io.laurel.engine.scenario;

import io.laurel.engine.Engine;
import io.laurel.engine.command.CommandWriter;
import io.laurel.engine.pipeline.BlockWriter;
import io.laurel.engine.port.JournalReader;
import io.laurel.engine.port.MemoryJournal;
import io.laurel.engine.port.MemorySnapshots;
import io.laurel.engine.port.MemorySnapshots.Kept;
import io.laurel.engine.recovery.Progress;
import io.laurel.engine.recovery.Recovery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** What a subject has applied, as a journal, and snapshots of it now and then. */
final class SubjectLog {
    private static final int SNAPSHOT_EVERY = 157;
    /** Long streams would fill the memory with images, and gain nothing by them. */
    private static final int MOST_SNAPSHOTS = 32;
    private static final int SLICE_PAGES = 1 << 16;

    private final MemorySnapshots snapshots = new MemorySnapshots();
    private final List<Kept> kept = new ArrayList<>();
    private MemoryJournal journal = new MemoryJournal();
    private final BlockWriter block = new BlockWriter();
    private final long memoryBytes;

    SubjectLog(long memoryBytes) {
        this.memoryBytes = memoryBytes;
    }

    /** Applies a command behind the last one and logs it. */
    void apply(Engine engine, CommandWriter writer, long timeNs) {
        final long sequence = engine.sequence() + 1;
        block.clear();
        block.add(sequence, timeNs, writer.templateId(), writer.blockLength(), writer.buffer(), 0,
            writer.length());
        try {
            journal.append(block.buffer(), 0, block.length(), sequence, sequence, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        engine.apply(sequence, timeNs, writer.templateId(), 0, writer.blockLength(),
            writer.buffer(), 0, writer.length());
        if (sequence % SNAPSHOT_EVERY == 0 && sequence <= SNAPSHOT_EVERY * MOST_SNAPSHOTS) {
            engine.images().begin();
            while (!engine.images().copySlice(SLICE_PAGES)) {
                continue;
            }
            snapshots.take(engine.images().end(), () -> sequence);
            kept.add(snapshots.last());
        }
    }

    /** Brings all that was applied to disk. */
    void force() {
        try {
            journal.force();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Loses what is not on disk; a node names no snapshot before the log is there. */
    void crash() {
        journal = journal.crash();
        kept.removeIf(one -> one.facts().sequence() > journal.lastAppendedSequence());
    }

    JournalReader open() {
        return journal.reader();
    }

    /** Returns the engine of the newest snapshot before a sequence, or a fresh one. */
    Engine engineBefore(long sequence) throws IOException {
        Kept newest = null;
        for (final Kept one : kept) {
            newest = one.facts().sequence() < sequence ? one : newest;
        }
        return newest == null ? new Engine(memoryBytes) : Engine.open(newest, memoryBytes);
    }

    /** Returns an engine that has applied all of the log. */
    Engine recover() {
        try {
            final Engine engine = new Engine(memoryBytes);
            Recovery.replay(open(), engine, Recovery.NO_SKIP, Progress.NONE);
            return engine;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
