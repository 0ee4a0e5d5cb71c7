package io.laurel.server.config;

/** A configuration that cannot be used; the message names key, place and what would be right. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean usage;

    /**
     * Names what is wrong.
     *
     * @param message one line
     */
    public ConfigException(String message) {
        this(message, false);
    }

    /**
     * Names what is wrong, and whose fault it is.
     *
     * @param message one line
     * @param usage whether the command line is wrong, not a file
     */
    public ConfigException(String message, boolean usage) {
        super(message);
        this.usage = usage;
    }

    /** Returns whether the command line is wrong, not a file. */
    public boolean isUsage() {
        return usage;
    }
}
