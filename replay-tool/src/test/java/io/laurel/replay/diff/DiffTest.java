package io.laurel.replay.diff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.ContestDefinitions;
import io.laurel.engine.command.CommandWriter;
import io.laurel.engine.reference.Command;
import io.laurel.engine.reference.Command.Step;
import io.laurel.engine.reference.Limits;
import io.laurel.engine.reference.StreamGenerator;
import io.laurel.engine.rules.ContestDefinition;
import io.laurel.replay.BlockFile;
import io.laurel.replay.Said;
import io.laurel.replay.TestNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two logs, command by command. */
class DiffTest {
    private static final int COMMANDS = 1_500;

    @TempDir
    private Path scratch;

    private Path log(String name, List<Step> steps, int perBlock) throws IOException {
        final Path data = scratch.resolve(name);
        try (TestNode node = TestNode.open(data, perBlock)) {
            node.play(steps);
        }
        return data;
    }

    @Test
    void shouldFindNoDifferenceWhereOnlyBlocksAndEpochsDiffer() throws IOException {
        final List<Step> steps = StreamGenerator.generate(6, COMMANDS);
        final Path left = log("left", steps, 10);
        final Path right = log("right", steps, 333);
        final CommandWriter tick = new CommandWriter().tick();
        final long later = steps.get(COMMANDS - 1).timeNs() + 1;
        try (TestNode node = TestNode.again(left, 1)) {
            node.apply(later, tick);
        }
        try (TestNode node = TestNode.again(right, 2)) {
            node.apply(later, tick);
        }
        final Said said = Said.replay("diff", left, right);
        assertEquals(0, said.code(), said.out() + said.err());
        assertEquals("no difference: both hold the same 1501 commands\n", said.out());
        assertEquals("{\"equal\":true,\"sequence\":1501}\n",
            Said.replay("diff", left, right, "--json").out());
    }

    @Test
    void shouldCompareWhatBothHaveWhereOneWasPruned() throws IOException {
        final List<Step> steps = StreamGenerator.generate(6, COMMANDS);
        final CommandWriter tick = new CommandWriter().tick();
        final long later = steps.get(COMMANDS - 1).timeNs() + 1;
        final Path whole = log("whole", steps, 100);
        final Path pruned = log("pruned", steps, 100);
        try (TestNode node = TestNode.again(whole, 1)) {
            node.apply(later, tick);
        }
        try (TestNode node = TestNode.again(pruned, 1)) {
            node.apply(later, tick);
            node.flush();
            assertEquals(1, node.prune(COMMANDS));
        }
        for (final List<Path> pair : List.of(List.of(whole, pruned), List.of(pruned, whole))) {
            final Said said = Said.replay("diff", pair.get(0), pair.get(1));
            assertEquals(0, said.code(), said.out() + said.err());
            assertEquals("no difference: both hold the same 1 commands\nolder segments were"
                + " pruned: compared from sequence 1501 on\n", said.out());
            assertEquals("{\"equal\":true,\"sequence\":1501,\"first_sequence\":1501}\n",
                Said.replay("diff", pair.get(0), pair.get(1), "--json").out());
        }
    }

    @Test
    void shouldNameTheFieldsThatDiffer() throws IOException {
        final List<Step> steps = StreamGenerator.generate(6, COMMANDS);
        final List<Step> others = new ArrayList<>(steps);
        final int at = eventBehind(others, 1_100);
        final Step old = others.get(at);
        final Command.SendEvent sent = (Command.SendEvent) old.command();
        others.set(at, new Step(old.timeNs(), new Command.SendEvent(sent.source(),
            sent.sessionId(), sent.event().withWin(987_654L))));
        final Path left = log("left", steps, 10);
        final Path right = log("right", others, 10);
        final Said said = Said.replay("diff", left, right, "--json");
        assertEquals(1, said.code(), said.out() + said.err());
        final String before =
            sent.event().winAmountMinor() == null ? "null" : "\"" + sent.event().winAmountMinor()
                + "\"";
        assertEquals("{\"equal\":false,\"sequence\":" + (at + 1)
            + ",\"fields\":[{\"name\":\"win\",\"left\":" + before
            + ",\"right\":\"987654\"}]}\n", said.out());
        final Said text = Said.replay("diff", left, right);
        assertEquals("first difference at sequence " + (at + 1), text.lines().get(0));
        assertTrue(text.lines().get(1).startsWith("field  " + left), text.out());
        assertEquals(3, text.lines().size(), text.out());
    }

    private static int eventBehind(List<Step> steps, int from) {
        int at = from;
        while (!(steps.get(at).command() instanceof Command.SendEvent)) {
            at++;
        }
        return at;
    }

    @Test
    void shouldSayWhichLogIsTheBeginningOfTheOther() throws IOException {
        final List<Step> steps = StreamGenerator.generate(6, COMMANDS);
        final Path left = log("left", steps, 10);
        final Path right = log("right", steps.subList(0, 1_024), 10);
        final Said said = Said.replay("diff", left, right);
        assertEquals(1, said.code(), said.err());
        assertEquals("the log in " + right + " is the beginning of the one in " + left
            + ": it ends behind sequence 1024, up to there both are the same\n", said.out());
        assertEquals("{\"equal\":false,\"sequence\":1025,\"ends\":\"right\",\"fields\":[]}\n",
            Said.replay("diff", left, right, "--json").out());
        assertEquals("{\"equal\":false,\"sequence\":1025,\"ends\":\"left\",\"fields\":[]}\n",
            Said.replay("diff", right, left, "--json").out());
    }

    @Test
    void shouldLookIntoTheRulesOfAContest() throws IOException {
        final Path left = rules("left", ContestDefinitions.bestRounds("c", 5));
        final Path right = rules("right", ContestDefinitions.bestRounds("c", 6));
        final Said said = Said.replay("diff", left, right, "--json");
        assertEquals(1, said.code(), said.err());
        assertTrue(said.out().startsWith("{\"equal\":false,\"sequence\":2,\"fields\":["
            + "{\"name\":\"rules_hash\","), said.out());
        assertTrue(said.out().contains("{\"name\":\"leaderboard\",\"left\":\"Board["
            + "type=BEST_N_ROUNDS, n=5,"), said.out());
    }

    private Path rules(String name, ContestDefinition rules) throws IOException {
        return log(name, List.of(
            new Step(1, new Command.Genesis(
                new Limits(1, 1, 10), false)),
            new Step(1, new Command.PublishContest(rules))), 10);
    }

    @Test
    void shouldRefuseADamagedLogBeforeAnyDifference() throws IOException {
        final List<Step> steps = StreamGenerator.generate(6, 200);
        final Path left = log("left", steps, 10);
        final Path right = log("right", steps, 10);
        BlockFile.of(right, 1).flip(5, 100);
        final Said said = Said.replay("diff", left, right);
        assertEquals(78, said.code(), said.out());
        assertTrue(said.err().contains("after sequence 50"), said.err());
        assertEquals(64, Said.replay("diff", left).code());
        assertEquals(64, Said.replay("diff", left, scratch.resolve("nothing")).code());
    }
}
