package io.laurel.replay;

/**
 * How every command of the command line ends. It stands in the lowest module that has commands.
 */
public enum ExitCode {
    /** Done. */
    DONE(0),
    /** The check found something. */
    FOUND(1),
    /** Wrong options or arguments. */
    USAGE(64),
    /** A document or an input file that cannot be taken. */
    BAD_DOCUMENT(65),
    /** The node does not answer. */
    UNREACHABLE(69),
    /** A file could not be written; where that was the journal, the node stopped at once. */
    JOURNAL_WRITE_FAILED(70),
    /** A command could not be applied: the node stopped, its position is given. */
    COMMAND_FAILED(71),
    /** Another process holds the data directory. */
    DATA_IN_USE(75),
    /** Journal or configuration cannot be believed, or not even be read. */
    CORRUPT(78),
    /** The data was written by a newer version. */
    NEWER_DATA(79);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    /** Returns the number that the process ends with. */
    public int code() {
        return code;
    }
}
