package io.laurel.server.config;

/** A configuration that cannot be used; the message names key, place and what would be right. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Names what is wrong.
     *
     * @param message one line
     */
    public ConfigException(String message) {
        super(message);
    }
}
