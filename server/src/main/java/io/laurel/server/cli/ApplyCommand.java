package io.laurel.server.cli;

import io.laurel.engine.rules.Document.ContestDocument;
import io.laurel.engine.rules.DocumentException;
import io.laurel.engine.rules.DocumentKind;
import io.laurel.engine.rules.Documents;
import io.laurel.replay.CommandFailure;
import io.laurel.replay.ExitCode;
import io.laurel.replay.FileErrors;
import io.laurel.server.client.NodeClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Publishes documents; goes on after a bad one and tells of it by the exit code. */
@Command(name = "apply", description = "Publish contests, players and tables of exchange rates.")
final class ApplyCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "FILE",
        description = "YAML or JSON; several documents in a file stand between lines of ---.")
    private List<Path> files;

    @Option(names = "--admin", paramLabel = "URL", defaultValue = "http://127.0.0.1:8081",
        description = "Operators' listener of the node (default: ${DEFAULT-VALUE}).")
    private URI admin;

    @Option(names = "--dry-run", description = "Have the node check the documents, publish none.")
    private boolean dryRun;

    @Mixin
    private ReasonOption why;

    @Mixin
    private SigningOptions signing;

    @Mixin
    private TlsOptions tls;

    @Spec
    private CommandSpec spec;

    /** Tables of rates that were taken in this run. */
    private final Set<String> rates = new HashSet<>();

    @Override
    public Integer call() {
        final NodeClient node = new NodeClient(admin, signing.requestKey(), tls.context());
        boolean allTaken = true;
        for (final Path file : files) {
            for (final Documents.Part document : documents(file)) {
                allTaken &= publish(node, file, document);
            }
        }
        return (allTaken ? ExitCode.DONE : ExitCode.BAD_DOCUMENT).code();
    }

    private static List<Documents.Part> documents(Path file) {
        try {
            return Documents.split(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.BAD_DOCUMENT, file + " cannot be read: "
                + FileErrors.reason(e), e);
        } catch (DocumentException e) {
            throw new CommandFailure(ExitCode.BAD_DOCUMENT, file + ": "
                + (e.line() > 0 ? "line " + e.line() + " column " + e.column() + ": " : "")
                + (e.field().isEmpty() ? "" : e.field() + ": ")
                + e.getMessage(), e);
        }
    }

    private boolean publish(NodeClient node, Path file, Documents.Part document) {
        final String text = new String(document.text(), StandardCharsets.UTF_8);
        final NodeClient.Answer answer = node.send("PUT", "/v1/admin/" + route(document.kind())
            + "/" + encoded(document.id()) + query(), text.stripLeading().startsWith("{")
            ? "application/json" : "application/yaml", text);
        if (answer.isUnavailable()) {
            throw new CommandFailure(ExitCode.UNREACHABLE, file + ": " + document.id() + ": "
                + answer.problem());
        }
        if (dryRun && !answer.isOk() && lacksOnlyRatesOfThisRun(answer, document)) {
            spec.commandLine().getOut().println(document.id() + " valid");
            return true;
        }
        if (!answer.isOk()) {
            spec.commandLine().getErr().println(file + ": " + place(answer.object(),
                document.firstLine() - 1) + document.id() + ": " + answer.problem());
            return false;
        }
        if (document.kind() == DocumentKind.FX) {
            rates.add(document.id());
        }
        final Map<String, Object> taken = answer.object();
        final PrintWriter out = spec.commandLine().getOut();
        out.print(document.id() + (dryRun ? " valid" : " published"));
        if (taken.get("version") != null) {
            out.print(" version=" + taken.get("version"));
        }
        if (taken.get("rules_hash") != null) {
            out.print(" rules_hash=" + taken.get("rules_hash"));
        }
        out.println();
        out.flush();
        return true;
    }

    /** The node looks for the table of rates last, and a check does not publish the one before. */
    private boolean lacksOnlyRatesOfThisRun(NodeClient.Answer answer, Documents.Part document) {
        if (document.kind() != DocumentKind.CONTEST
            || !"fx".equals(answer.object().get("field"))) {
            return false;
        }
        try {
            return Documents.parseOne(document.text(), DocumentKind.CONTEST, document.id(),
                TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()))
                instanceof ContestDocument contest
                && rates.contains(contest.definition().fxTable());
        } catch (DocumentException e) {
            return false;
        }
    }

    private String query() {
        final String reason = why.reason().isEmpty() ? "" : "reason=" + encoded(why.reason());
        return dryRun ? "?dry_run=true" + (reason.isEmpty() ? "" : "&" + reason)
            : reason.isEmpty() ? "" : "?" + reason;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String route(DocumentKind kind) {
        return switch (kind) {
            case CONTEST -> "contests";
            case MISSION -> "missions";
            case PLAYER -> "players";
            case FX -> "fx";
        };
    }

    /** Returns line and column in the file, and the field, as far as the problem names them. */
    static String place(Map<String, Object> problem, int linesBefore) {
        final StringBuilder place = new StringBuilder();
        if (problem.get("line") instanceof BigDecimal line) {
            place.append("line ").append(line.intValue() + linesBefore);
            if (problem.get("column") instanceof BigDecimal column) {
                place.append(" column ").append(column);
            }
            place.append(": ");
        }
        if (problem.get("field") instanceof String field && !field.isEmpty()) {
            place.append(field).append(": ");
        }
        return place.toString();
    }
}
