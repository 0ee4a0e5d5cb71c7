package io.laurel.server.cli;

import io.laurel.gateway.json.FlatJson;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Why an operator does something; it goes into the log beside the name of the key. */
final class ReasonOption {
    @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "",
        description = "Why; it is written into the log.")
    private String reason;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    String reason() {
        if (reason.length() > FlatJson.MAX_TEXT) {
            throw new ParameterException(spec.commandLine(), "--reason is longer than "
                + FlatJson.MAX_TEXT + " characters");
        }
        return reason;
    }
}
