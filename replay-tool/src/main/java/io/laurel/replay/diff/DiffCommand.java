package io.laurel.replay.diff;

import io.laurel.gateway.json.JsonWriter;
import io.laurel.journal.DataDirectory;
import io.laurel.replay.CommandFailure;
import io.laurel.replay.CommandFields;
import io.laurel.replay.ExitCode;
import io.laurel.replay.LogPass;
import io.laurel.replay.ProgressLine;
import io.laurel.replay.TextTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the first difference of two logs. */
@Command(name = "diff", description = {"Show the first command in which two journals differ.",
    "What counts is the commands, not the blocks and files they stand in. Ends with 1 where there "
        + "is a difference."})
public final class DiffCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "DIR", description = "Data directory of a node.")
    private Path left;

    @Parameters(index = "1", paramLabel = "DIR", description = "Another one.")
    private Path right;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        final LogDiff.Result result;
        try (ProgressLine progress = new ProgressLine()) {
            DataDirectory.checkFormat(left);
            DataDirectory.checkFormat(right);
            result = LogDiff.compare(LogPass.journalOf(left), LogPass.journalOf(right), progress);
        } catch (IOException e) {
            throw CommandFailure.ofReading(e);
        }
        final PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(json(result));
        } else {
            print(result, out);
        }
        out.flush();
        return (result.equal() ? ExitCode.DONE : ExitCode.FOUND).code();
    }

    private void print(LogDiff.Result result, PrintWriter out) {
        if (result.equal()) {
            out.println("no difference: both hold the same "
                + (result.sequence() - result.first() + 1) + " commands");
        } else if (result.fields().isEmpty()) {
            final Path shorter = result.leftEnds() ? left : right;
            final Path longer = result.leftEnds() ? right : left;
            out.println("the log in " + shorter + " is the beginning of the one in " + longer
                + ": it ends behind sequence " + (result.sequence() - 1)
                + ", up to there both are the same");
        } else {
            out.println("first difference at sequence " + result.sequence());
            final TextTable table = new TextTable("field", left.toString(), right.toString());
            result.fields().forEach(field ->
                table.row(field.name(), shown(field.left()), shown(field.right())));
            table.lines().forEach(out::println);
        }
        if (result.first() > 1) {
            out.println("older segments were pruned: compared from sequence " + result.first()
                + " on");
        }
    }

    private static String shown(String value) {
        return value == null ? "-" : CommandFields.plain(value);
    }

    private static String json(LogDiff.Result result) {
        final JsonWriter to = new JsonWriter().object().field("equal", result.equal())
            .field("sequence", result.sequence());
        if (result.first() > 1) {
            to.field("first_sequence", result.first());
        }
        if (!result.equal()) {
            to.fieldIfAny("ends", result.leftEnds() ? "left" : result.rightEnds() ? "right" : "")
                .array("fields");
            result.fields().forEach(field -> to.object().field("name", field.name())
                .field("left", field.left()).field("right", field.right()).endObject());
            to.endArray();
        }
        return new String(to.endObject().bytes(), StandardCharsets.UTF_8);
    }
}
