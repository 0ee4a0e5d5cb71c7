package io.laurel.server.cli;

import io.laurel.gateway.json.JsonWriter;
import io.laurel.replay.CommandFailure;
import io.laurel.replay.ExitCode;
import io.laurel.server.client.NodeClient;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Log time of a node in clock mode event. */
@Command(name = "time", description = "Log time of a node in clock mode event.",
    synopsisSubcommandLabel = "COMMAND", subcommands = TimeCommand.Advance.class)
final class TimeCommand {
    /** Moves log time forward. */
    @Command(name = "advance", description = "Move log time forward, clock mode event only.")
    static final class Advance implements Callable<Integer> {
        @Parameters(paramLabel = "TIMESTAMP",
            description = "RFC 3339 with offset, such as 2025-10-25T19:00:30Z.")
        private String timestamp;

        @Option(names = "--admin", paramLabel = "URL", defaultValue = "http://127.0.0.1:8081",
            description = "Operators' listener of the node (default: ${DEFAULT-VALUE}).")
        private URI admin;

        @Mixin
        private ReasonOption why;

        @Mixin
        private SigningOptions signing;

        @Mixin
        private TlsOptions tls;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            try {
                OffsetDateTime.parse(timestamp);
            } catch (DateTimeParseException e) {
                throw new CommandFailure(ExitCode.USAGE,
                    "'" + timestamp + "' is no timestamp such as 2025-10-25T19:00:30Z", e);
            }
            final NodeClient node = new NodeClient(admin, signing.requestKey(),
                tls.context());
            final NodeClient.Answer answer = node.send("POST", "/v1/admin/time",
                "application/json", new String(new JsonWriter().object()
                    .field("advance_to", timestamp).fieldIfAny("reason", why.reason())
                    .endObject().bytes(), StandardCharsets.UTF_8));
            if (!answer.isOk()) {
                throw new CommandFailure(answer.isUnavailable() ? ExitCode.UNREACHABLE
                    : ExitCode.BAD_DOCUMENT, answer.problem());
            }
            // time never moves back: the node says where it stands
            spec.commandLine().getOut().println("advanced to "
                + answer.object().getOrDefault("advanced_to", timestamp));
            spec.commandLine().getOut().flush();
            return ExitCode.DONE.code();
        }
    }
}
