package io.laurel.server.cli;

import io.laurel.replay.CommandFailure;
import io.laurel.replay.ExitCode;
import io.laurel.replay.TextTable;
import io.laurel.server.client.Json;
import io.laurel.server.client.NodeClient;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows a board. */
@Command(name = "board", description = "Show the board of a contest.")
final class BoardCommand implements Callable<Integer> {
    private static final int BAD_REQUEST = 400;

    @Parameters(paramLabel = "CONTEST", description = "Id of the contest.")
    private String contest;

    @Option(names = "--top", paramLabel = "K", defaultValue = "10",
        description = "Places from the first on (default: ${DEFAULT-VALUE}).")
    private int top;

    @Option(names = "--me", paramLabel = "USER", description = "Player whose own place is shown.")
    private String me;

    @Option(names = "--around", paramLabel = "K", description = "Places on each side of --me.")
    private Integer around;

    @Option(names = "--partition", paramLabel = "VALUE",
        description = "Board of one market, brand, ... instead of the main one.")
    private String partition;

    @Option(names = "--http", paramLabel = "URL", defaultValue = "http://127.0.0.1:8080",
        description = "Players' listener of the node (default: ${DEFAULT-VALUE}); the operators'"
            + " listener shows full player ids.")
    private URI http;

    @Option(names = "--json", description = "Print the node's answer as it is.")
    private boolean json;

    @Mixin
    private SigningOptions signing;

    @Mixin
    private TlsOptions tls;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (around != null && me == null) {
            throw new CommandFailure(ExitCode.USAGE, "--around needs --me");
        }
        final StringBuilder target = new StringBuilder("/v1/leaderboards/").append(encode(contest))
            .append("?top=").append(top);
        add(target, "me", me);
        add(target, "around", around);
        add(target, "partition", partition);
        final NodeClient.Answer answer = new NodeClient(http, signing.requestKey(),
            tls.context()).send("GET", target.toString(), null, "");
        if (!answer.isOk()) {
            throw new CommandFailure(answer.isUnavailable() ? ExitCode.UNREACHABLE
                : answer.status() == BAD_REQUEST ? ExitCode.USAGE : ExitCode.BAD_DOCUMENT,
                answer.problem());
        }
        final PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(answer.body().strip());
        } else {
            print(out, answer.object());
        }
        out.flush();
        return ExitCode.DONE.code();
    }

    private void print(PrintWriter out, Map<String, Object> board) {
        out.println(board.get("contest") + "  " + board.get("status") + "  entries="
            + board.get("entries") + "  sequence=" + board.get("sequence"));
        table(Json.asObjects(board.get("top"))).lines().forEach(out::println);
        if (me != null) {
            out.println();
            final Map<String, Object> own = Json.asObject(board.get("me"));
            if (own.isEmpty()) {
                out.println(me + " has no entry");
                return;
            }
            final List<Map<String, Object>> rows = Json.asObjects(board.get("around"));
            table(rows.isEmpty() ? List.of(own) : rows).lines().forEach(out::println);
            out.println(me + ": place " + own.get("pos") + " of " + board.get("entries")
                + ", last change " + own.get("delta") + ", to the next place "
                + own.get("to_next"));
        }
    }

    private static TextTable table(List<Map<String, Object>> rows) {
        final TextTable table = new TextTable(">pos", "user", ">score", ">multiplier", ">rounds");
        rows.forEach(row -> table.row(row.get("pos"), row.get("user"), row.get("score"),
            row.get("multiplier"), row.get("rounds")));
        return table;
    }

    private static void add(StringBuilder target, String name, Object value) {
        if (value != null) {
            target.append('&').append(name).append('=').append(encode(value.toString()));
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
