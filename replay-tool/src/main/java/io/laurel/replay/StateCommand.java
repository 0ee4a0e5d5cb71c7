package io.laurel.replay;

import io.laurel.engine.Engine;
import io.laurel.engine.query.ContestInfo;
import io.laurel.gateway.json.JsonWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints sequence, time, state root and the digest of each contest. */
@Command(name = "state", description = "Rebuild the state up to a point and print its root.")
final class StateCommand implements Callable<Integer> {
    @Mixin
    private DataOptions options;

    @Option(names = "--to", paramLabel = "SEQ|TS",
        description = "Last sequence or time that counts (default: the end).")
    private String to;

    @Option(names = "--from-beginning",
        description = "Replay the whole log, also where a snapshot lies nearer.")
    private boolean fromBeginning;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        final LogPoint end = DataOptions.point(to);
        final LogPass pass =
            LogPass.over(options.data()).to(end).fromSnapshot(fromBeginning ? null : end);
        try (ReplayedLog log = options.run(pass, spec.commandLine().getErr())) {
            final PrintWriter out = spec.commandLine().getOut();
            if (json) {
                out.println(json(log));
            } else {
                print(log, out);
            }
            out.flush();
        }
        return ExitCode.DONE.code();
    }

    private static String json(ReplayedLog log) {
        final Engine engine = log.engine();
        final JsonWriter writer = new JsonWriter().object().field("sequence", engine.sequence())
            .field("time", LogTimes.text(engine.timeNs()))
            .field("state_root", log.report().stateRoot()).array("contests");
        for (final ContestInfo contest : KnownContests.withBoards(engine)) {
            writer.object().field("id", contest.id()).field("status", contest.state().token())
                .field("entries", contest.entries()).field("digest", digest(engine, contest))
                .endObject();
        }
        return new String(writer.endArray().endObject().bytes(), StandardCharsets.UTF_8);
    }

    private static void print(ReplayedLog log, PrintWriter out) {
        final Engine engine = log.engine();
        out.println("sequence    " + engine.sequence());
        out.println("time        " + LogTimes.text(engine.timeNs()));
        out.println("state_root  " + log.report().stateRoot());
        out.println("replayed    " + log.report().records() + " records from "
            + (log.snapshot() == null ? "the beginning"
                : "snapshot " + log.snapshot().sequence()));
        final List<ContestInfo> contests = KnownContests.withBoards(engine);
        if (!contests.isEmpty()) {
            out.println();
            final TextTable table = new TextTable("contest", "status", ">entries", "digest");
            contests.forEach(contest -> table.row(contest.id(), contest.state().token(),
                contest.entries(), digest(engine, contest)));
            table.lines().forEach(out::println);
        }
    }

    private static String digest(Engine engine, ContestInfo contest) {
        return HexFormat.of().formatHex(engine.contestDigest(contest.id()));
    }
}
