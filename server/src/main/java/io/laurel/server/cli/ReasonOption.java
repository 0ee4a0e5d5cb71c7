package io.laurel.server.cli;

import picocli.CommandLine.Option;

/** Why an operator does something; it goes into the log beside the name of the key. */
final class ReasonOption {
    @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "",
        description = "Why; it is written into the log.")
    private String reason;

    String reason() {
        return reason;
    }
}
