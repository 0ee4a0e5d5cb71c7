package io.laurel.replay;

import io.laurel.engine.Engine;
import io.laurel.engine.command.CommandWriter.Limits;
import io.laurel.engine.port.JournalReader;
import io.laurel.engine.port.LogRecord;
import io.laurel.journal.JournalFiles;
import io.laurel.journal.LogStart;
import io.laurel.protocol.storage.ClockMode;
import io.laurel.protocol.storage.GenesisDecoder;
import io.laurel.protocol.storage.SetLimitsDecoder;
import io.laurel.snapshot.SnapshotLoader;
import java.io.IOException;
import java.nio.file.Path;
import org.agrona.DirectBuffer;

/**
 * What the log says of clock mode and limits, gathered from its records: the engine's region must
 * be as large as the largest of them.
 */
public final class LoggedSettings implements JournalReader.RecordHandler {
    private Limits limits;
    private boolean eventClock;
    private long largestMemoryBytes;
    private long hashSeed;

    @Override
    public boolean onRecord(DirectBuffer buffer, int offset, int length) {
        final int template = LogRecord.u16(buffer, offset + LogRecord.TEMPLATE_OFFSET);
        final int version = LogRecord.u16(buffer, offset + LogRecord.VERSION_OFFSET);
        final int block = LogRecord.u16(buffer, offset + LogRecord.BLOCK_LENGTH_OFFSET);
        final int body = offset + LogRecord.HEADER_BYTES;
        if (version > GenesisDecoder.SCHEMA_VERSION) {
            throw newer("commands of storage schema version " + version,
                GenesisDecoder.SCHEMA_VERSION);
        }
        if (template == GenesisDecoder.TEMPLATE_ID) {
            final GenesisDecoder genesis = new GenesisDecoder().wrap(buffer, body, block, version);
            eventClock = genesis.clockMode() == ClockMode.EVENT;
            hashSeed = genesis.hashSeed();
            take(new Limits(genesis.maxLatenessNs(), genesis.maxSkewNs(), genesis.maxPlayers(),
                genesis.maxContests(), genesis.memoryBytes(), (int) genesis.behaviourVersion()));
        } else if (template == SetLimitsDecoder.TEMPLATE_ID) {
            final SetLimitsDecoder set = new SetLimitsDecoder().wrap(buffer, body, block, version);
            take(new Limits(set.maxLatenessNs(), set.maxSkewNs(), set.maxPlayers(),
                set.maxContests(), set.memoryBytes(), (int) set.behaviourVersion()));
        }
        return true;
    }

    /**
     * Goes on from a snapshot: what stands in the log before it need not be read.
     *
     * @param journal directory of the segments
     * @throws CommandFailure where the snapshot is not one of this log
     */
    public static LoggedSettings behind(Path journal, SnapshotLoader.Loaded loaded)
        throws IOException {
        final LoggedSettings settings = new LoggedSettings();
        final Engine engine = loaded.engine();
        final LogStart pruned = JournalFiles.prunedStart(journal);
        if (pruned != null) {
            settings.hashSeed = pruned.identity();
        } else {
            try (JournalReader reader = JournalFiles.openReader(journal)) {
                reader.read(1, (buffer, offset, length) ->
                    settings.onRecord(buffer, offset, length) && !settings.hasGenesis());
            }
        }
        if (pruned == null && !settings.hasGenesis()
            || settings.hashSeed != engine.hashSeed()) {
            throw new CommandFailure(ExitCode.CORRUPT, "snapshot " + loaded.snapshot().file()
                + " is not one of the journal beside it");
        }
        settings.eventClock = engine.eventClock();
        settings.take(engine.limits());
        settings.largestMemoryBytes =
            Math.max(settings.largestMemoryBytes, engine.memoryBytes());
        return settings;
    }

    /** Returns one that has seen the same and goes on for itself. */
    public LoggedSettings copy() {
        final LoggedSettings copy = new LoggedSettings();
        copy.limits = limits;
        copy.eventClock = eventClock;
        copy.largestMemoryBytes = largestMemoryBytes;
        copy.hashSeed = hashSeed;
        return copy;
    }

    private static CommandFailure newer(String what, int known) {
        return new CommandFailure(ExitCode.NEWER_DATA, "the log holds " + what
            + ", this program knows " + known);
    }

    private void take(Limits next) {
        if (next.behaviourVersion() > Engine.BEHAVIOUR_VERSION) {
            throw newer("rules of behaviour version " + next.behaviourVersion(),
                Engine.BEHAVIOUR_VERSION);
        }
        limits = next;
        largestMemoryBytes = Math.max(largestMemoryBytes, next.memoryBytes());
    }

    /** Returns whether the log has begun. */
    public boolean hasGenesis() {
        return limits != null;
    }

    /** Returns the limits as the log has them last; null before Genesis. */
    public Limits limits() {
        return limits;
    }

    /** Returns whether time comes from events. */
    public boolean eventClock() {
        return eventClock;
    }

    /** Returns the seed that Genesis names. */
    public long hashSeed() {
        return hashSeed;
    }

    /** Returns the largest region that the log ever asked for, bytes. */
    public long largestMemoryBytes() {
        return largestMemoryBytes;
    }
}
