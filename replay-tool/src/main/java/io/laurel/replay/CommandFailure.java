package io.laurel.replay;

import io.laurel.engine.port.JournalCorruptException;
import io.laurel.engine.port.UnreadableFileException;
import io.laurel.engine.recovery.CommandFailedException;
import io.laurel.journal.DataDirectoryInUseException;
import io.laurel.journal.NewerDataException;
import io.laurel.journal.PrunedJournalException;
import io.laurel.snapshot.NewerSnapshotException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;

/**
 * Ends a command with one line on stderr and an exit code; everything the user needs stands in the
 * message.
 */
public class CommandFailure extends RuntimeException {
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
        if (e instanceof CommandFailedException && e.getCause() instanceof CommandFailure failure) {
            // not the command failed but who looked on: it wanted to end
            return failure;
        }
        if (e instanceof ExecutionException && e.getCause() instanceof Exception cause) {
            return of(cause);
        }
        return new CommandFailure(codeOf(e), messageOf(e), e);
    }

    /** As the other one, where nothing was written: what cannot be read cannot be believed. */
    public static CommandFailure ofReading(Exception e) {
        final CommandFailure failure = of(e);
        final boolean unread = failure.exitCode == ExitCode.JOURNAL_WRITE_FAILED
            && (e instanceof IOException || e instanceof UncheckedIOException);
        return unread ? new CommandFailure(ExitCode.CORRUPT, failure.getMessage(), e) : failure;
    }

    /** Returns what stands for a file that could not be written. */
    public static CommandFailure ofWriting(Path file, IOException e) {
        return new CommandFailure(ExitCode.JOURNAL_WRITE_FAILED,
            file + ": " + FileErrors.reason(e), e);
    }

    private static String messageOf(Exception e) {
        if (e instanceof UncheckedIOException unchecked) {
            return FileErrors.described(unchecked.getCause());
        }
        if (e instanceof IOException failed) {
            return FileErrors.described(failed);
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
            || e instanceof UnreadableFileException || isConfigured(e)) {
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

    /** Returns whether what was configured cannot be had: a place for files, an address. */
    private static boolean isConfigured(Exception e) {
        return e instanceof AccessDeniedException || e instanceof FileAlreadyExistsException
            || e instanceof NoSuchFileException || e instanceof NotDirectoryException
            || e instanceof BindException;
    }

    /** Returns how the process ends. */
    public ExitCode exitCode() {
        return exitCode;
    }
}
