package io.laurel.replay;

import io.laurel.engine.port.JournalCorruptException;
import io.laurel.engine.port.UnreadableFileException;
import io.laurel.engine.recovery.CommandFailedException;
import io.laurel.journal.DataDirectoryInUseException;
import io.laurel.journal.NewerDataException;
import io.laurel.journal.PrunedJournalException;
import io.laurel.snapshot.NewerSnapshotException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;

/**
 * Ends a command with one line on stderr and an exit code; everything the user needs stands in the
 * message.
 */
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    /**
     * Names what went wrong.
     *
     * @param exitCode how the process ends
     * @param message one line
     */
    public CommandFailure(ExitCode exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /**
     * Names what went wrong and keeps its cause.
     *
     * @param exitCode how the process ends
     * @param message one line
     * @param cause for the log
     */
    public CommandFailure(ExitCode exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** Returns what stands for a failure of data directory, journal or replay. */
    public static CommandFailure of(Exception e) {
        if (e instanceof CommandFailure failure) {
            return failure;
        }
        return new CommandFailure(codeOf(e), messageOf(e), e);
    }

    private static String messageOf(Exception e) {
        if (e instanceof FileSystemException file) {
            return file.getFile() + ": " + FileErrors.reason(file);
        }
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    private static ExitCode codeOf(Exception e) {
        if (e instanceof DataDirectoryInUseException) {
            return ExitCode.DATA_IN_USE;
        }
        if (e instanceof NewerDataException || e instanceof NewerSnapshotException) {
            return ExitCode.NEWER_DATA;
        }
        if (e instanceof JournalCorruptException || e instanceof PrunedJournalException
            || e instanceof UnreadableFileException || e instanceof AccessDeniedException) {
            return ExitCode.CORRUPT;
        }
        if (e instanceof CommandFailedException) {
            return ExitCode.COMMAND_FAILED;
        }
        if (e instanceof IllegalArgumentException) {
            return ExitCode.USAGE;
        }
        return ExitCode.JOURNAL_WRITE_FAILED;
    }

    /** Returns how the process ends. */
    public ExitCode exitCode() {
        return exitCode;
    }
}
