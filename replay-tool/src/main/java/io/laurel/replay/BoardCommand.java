package io.laurel.replay;

import io.laurel.engine.query.BoardPage;
import io.laurel.engine.query.BoardRequest;
import io.laurel.engine.query.BoardRow;
import io.laurel.gateway.http.BoardJson;
import io.laurel.gateway.json.Decimals;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a board as it stood at a point of the log. */
@Command(name = "board", description = "Show a board as it stood at a point of the log.")
final class BoardCommand implements Callable<Integer> {
    @Parameters(paramLabel = "CONTEST", description = "Id of the contest.")
    private String contest;

    @Mixin
    private DataOptions options;

    @Option(names = "--at", paramLabel = "SEQ|TS",
        description = "Last sequence or time that counts (default: the end).")
    private String at;

    @Option(names = "--top", paramLabel = "K", defaultValue = "10",
        description = "Places from the first on, 1 to 1000 (default: ${DEFAULT-VALUE}).")
    private int top;

    @Option(names = "--partition", paramLabel = "VALUE",
        description = "Board of one market, brand, ... instead of the main one.")
    private String partition = "";

    @Option(names = "--from-beginning",
        description = "Replay the whole log, also where a snapshot lies nearer.")
    private boolean fromBeginning;

    @Option(names = "--json", description = "Print JSON as the operators' listener answers it.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (top < 1 || top > BoardRequest.MAX_ROWS) {
            throw new CommandFailure(ExitCode.USAGE, "--top goes from 1 to "
                + BoardRequest.MAX_ROWS);
        }
        final LogPoint end = DataOptions.point(at);
        final LogPass pass =
            LogPass.over(options.data()).to(end).fromSnapshot(fromBeginning ? null : end);
        try (ReplayedLog log = options.run(pass, spec.commandLine().getErr())) {
            final BoardRequest request =
                new BoardRequest(contest, partition, top, "", 0, List.of(), -1, 0);
            KnownContests.check(log.engine(), contest);
            final BoardPage page = log.engine().reads().board(request);
            if (page == null) {
                throw new CommandFailure(ExitCode.BAD_DOCUMENT, "no board of contest " + contest
                    + (partition.isEmpty() ? "" : " for " + partition) + " at sequence "
                    + log.engine().sequence());
            }
            final PrintWriter out = spec.commandLine().getOut();
            if (json) {
                out.println(new String(new BoardJson(page, request, true).bytes(),
                    StandardCharsets.UTF_8));
            } else {
                print(page, out);
            }
            out.flush();
        }
        return ExitCode.DONE.code();
    }

    private static void print(BoardPage page, PrintWriter out) {
        out.println(page.contest() + "  " + (page.frozen() ? "frozen" : page.state().token())
            + "  entries=" + page.entries() + "  sequence=" + page.sequence() + "  time="
            + LogTimes.text(page.timeNs()));
        final TextTable table = new TextTable(">pos", "user", ">score", ">multiplier", ">rounds");
        for (final BoardRow row : page.top()) {
            table.row(row.position(), row.user(), Decimals.score(row.score(), page.scoreScale()),
                Decimals.multiplier(row.multiplierE4()), row.rounds());
        }
        table.lines().forEach(out::println);
    }
}
