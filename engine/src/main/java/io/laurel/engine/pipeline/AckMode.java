package io.laurel.engine.pipeline;

/** What a reply waits for. */
public enum AckMode {
    /** The command is forced to disk: it survives a power cut. */
    DURABLE,
    /** The command is appended: it survives the end of the process, not of the machine. */
    ACCEPTED
}
