package io.laurel.replay;

import io.laurel.engine.Engine;
import io.laurel.engine.port.CommandTarget;
import io.laurel.engine.port.JournalReader;
import io.laurel.engine.recovery.Progress;
import io.laurel.engine.recovery.Recovery;
import io.laurel.engine.recovery.RecoveryReport;
import io.laurel.journal.HugePages;
import io.laurel.journal.DataDirectory;
import io.laurel.journal.JournalFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** The state of a data directory at a place of its log, rebuilt from the log alone. */
final class ReplayedLog implements AutoCloseable {
    private final Engine engine;
    private final RecoveryReport report;

    private ReplayedLog(Engine engine, RecoveryReport report) {
        this.engine = engine;
        this.report = report;
    }

    /**
     * Verifies the log and replays it.
     *
     * @param data directory of a node, which may be running
     * @param end where to stop
     * @param around what stands around the engine while the log is replayed
     * @param progress is told now and then
     * @throws CommandFailure where that cannot be done
     */
    static ReplayedLog replay(Path data, LogPoint end, UnaryOperator<CommandTarget> around,
        Progress progress) {
        final Path journal = data.resolve("journal");
        if (!Files.isDirectory(journal)) {
            throw new CommandFailure(ExitCode.USAGE, "no journal in " + data);
        }
        Engine engine = null;
        try (JournalReader reader = JournalFiles.openVerifyingReader(journal)) {
            DataDirectory.checkFormat(data);
            final LoggedSettings settings = new LoggedSettings();
            reader.read(1, settings);
            if (!settings.hasGenesis()) {
                throw new CommandFailure(ExitCode.USAGE, "the journal in " + data + " is empty");
            }
            engine = new Engine(settings.largestMemoryBytes(), new HugePages());
            final RecoveryReport report = Recovery.replay(new BoundedReader(reader, end),
                around.apply(CommandTarget.of(engine)), Recovery.NO_SKIP, progress);
            final ReplayedLog replayed = new ReplayedLog(engine, report);
            engine = null;
            return replayed;
        } catch (IOException | RuntimeException e) {
            throw CommandFailure.of(e);
        } finally {
            if (engine != null) {
                engine.close();
            }
        }
    }

    Engine engine() {
        return engine;
    }

    RecoveryReport report() {
        return report;
    }

    @Override
    public void close() {
        engine.close();
    }
}
