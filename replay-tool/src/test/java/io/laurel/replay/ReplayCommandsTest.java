package io.laurel.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.reference.Command.Step;
import io.laurel.engine.reference.StreamGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shapes of {@code state}, {@code board} and {@code dump}, to the letter. */
class ReplayCommandsTest {
    @TempDir
    private static Path scratch;
    private static Path data;
    private static String root;

    @BeforeAll
    static void play() throws IOException {
        data = scratch.resolve("data");
        try (TestNode node = TestNode.open(data, 3)) {
            final List<Step> steps = SmallContest.steps();
            node.play(steps.subList(0, 8));
            node.snapshot();
            node.play(steps.subList(8, steps.size()));
            root = node.stateRoot();
        }
    }

    private static Said replay(String command, Object... more) {
        final Object[] all = new Object[more.length + 3];
        all[0] = command;
        all[1] = "--data";
        all[2] = data;
        System.arraycopy(more, 0, all, 3, more.length);
        return Said.replay(all);
    }

    @Test
    void shouldPrintTheStateFromSnapshotAndFromTheBeginning() {
        final Said near = replay("state", "--json");
        assertEquals(0, near.code(), near.err());
        assertTrue(near.out().matches("\\{\"sequence\":16,\"time\":\"2025-10-25T19:10:30Z\","
            + "\"state_root\":\"" + root + "\",\"contests\":\\[\\{\"id\":\"t_small\",\"status\":"
            + "\"settled\",\"entries\":3,\"digest\":\"[0-9a-f]{64}\"}]}\n"), near.out());
        assertEquals(near.out(), replay("state", "--json", "--from-beginning").out());
        final Said text = replay("state", "--to", 15);
        assertEquals("replayed    7 records from snapshot 8", text.lines().get(3));
        assertTrue(text.lines().get(6).startsWith("t_small  provisional        3  "),
            text.out());
        assertEquals("replayed    15 records from the beginning",
            replay("state", "--to", 15, "--from-beginning").lines().get(3));
        assertEquals("replayed    7 records from the beginning",
            replay("state", "--to", 7).lines().get(3));
        assertEquals("replayed    0 records from snapshot 8",
            replay("state", "--to", "2025-10-25T18:00:07.5Z").lines().get(3));
        assertEquals("replayed    7 records from the beginning",
            replay("state", "--to", "2025-10-25T20:00:06+02:00").lines().get(3));
    }

    @Test
    void shouldPrintABoardAsItStood() {
        final Said now = replay("board", SmallContest.ID);
        assertEquals(0, now.code(), now.err());
        assertEquals("""
            t_small  settled  entries=3  sequence=16  time=2025-10-25T19:10:30Z
            pos  user  score  multiplier  rounds
              1  u_a     600         5.0       2
              2  u_b     300         3.0       1
              3  =u_c    200         2.0       1
            """, now.out());
        final Said then = replay("board", SmallContest.ID, "--at", 9, "--top", 2, "--json");
        assertEquals("{\"contest\":\"t_small\",\"status\":\"live\",\"sequence\":9,\"entries\":5,"
            + "\"top\":[{\"pos\":1,\"user\":\"u_d\",\"score\":900,\"multiplier\":9.0,"
            + "\"rounds\":1},{\"pos\":2,\"user\":\"u_e\",\"score\":800,\"multiplier\":8.0,"
            + "\"rounds\":1}]}\n", then.out());
        assertEquals(then.out(), replay("board", SmallContest.ID, "--at",
            "2025-10-25T18:00:08Z", "--top", 2, "--json", "--from-beginning").out());
    }

    @Test
    void shouldDumpCommandsWithOutcomes() {
        final Said text = replay("dump", "--from", 9, "--to", 11);
        assertEquals(0, text.code(), text.err());
        assertEquals("9 2025-10-25T18:00:08Z Event source=0 event_id=e8u_e user=u_e brand=X"
            + " game=g_1 provider=P round=r8u_e market=DE ts=2025-10-25T18:00:08Z type=spin"
            + " game_type=slot bet=100 currency=EUR win=800 platform=web asn=isp headless=false"
            + " result=accepted", text.lines().get(0));
        assertTrue(text.lines().get(2).endsWith(" result=duplicate value=10"), text.out());
        assertEquals(3, text.lines().size());
        assertEquals("{\"sequence\":12,\"time\":\"2025-10-25T18:00:11Z\","
            + "\"command\":\"PlayerAction\",\"operation\":\"FREEZE\",\"contest\":\"t_small\","
            + "\"user\":\"u_d\",\"actor\":\"test\",\"reason\":\"why not\","
            + "\"result\":\"accepted\"}\n",
            replay("dump", "--from", 12, "--to", 12, "--format", "jsonl").out());
        assertEquals(16, replay("dump").lines().size());
    }

    @Test
    void shouldPrintEveryKindOfCommandOnOneLine() throws IOException {
        final Path many = scratch.resolve("many");
        try (TestNode node = TestNode.open(many, 50)) {
            node.play(StreamGenerator.generate(11, 2_000));
        }
        final Said text = Said.replay("dump", "--data", many);
        assertEquals(2_000, text.lines().size());
        assertFalse(text.out().contains(" template "), "a command without a name");
        final Said json = Said.replay("dump", "--data", many, "--format", "jsonl");
        assertEquals(2_000, json.lines().size());
        assertEquals(json.lines().subList(1_499, 1_600), Said.replay("dump", "--data", many,
            "--format", "jsonl", "--from", 1_500, "--to", 1_600).lines());
    }

    @Test
    void shouldQuoteWhatCouldBeTakenForAnotherField() {
        assertEquals("plain", CommandFields.plain("plain"));
        assertEquals("\"two words\"", CommandFields.plain("two words"));
        assertEquals("\"a\\nresult=accepted\"", CommandFields.plain("a\nresult=accepted"));
        assertEquals("\"\"", CommandFields.plain(""));
        assertEquals("\"say \\\"x\\\"\"", CommandFields.plain("say \"x\""));
    }

    @Test
    void shouldRefusePointsThatTheLogDoesNotHave() {
        final Said beyond = replay("state", "--to", 17);
        assertEquals(64, beyond.code());
        assertTrue(beyond.err().contains("no sequence 17: the log has 1 to 16"), beyond.err());
        assertEquals(64, replay("state", "--to", 0).code());
        final Said before = replay("board", SmallContest.ID, "--at", "2025-10-25T17:59:59Z");
        assertEquals(64, before.code());
        assertTrue(before.err().contains(
            "2025-10-25T17:59:59Z is before the log begins, at 2025-10-25T18:00:00Z"),
            before.err());
        assertEquals(64, replay("state", "--to", "yesterday").code());
        assertEquals(replay("state").out(),
            replay("state", "--to", "9999-12-31T23:59:59Z").out());
        assertEquals(64, replay("state", "--to", "0001-01-01T00:00:00Z").code());
        assertEquals(64, replay("dump", "--from", 0).code());
        assertEquals(64, replay("dump", "--from", 10, "--to", 9).code());
        assertEquals("", replay("dump", "--from", 12, "--to", "2025-10-25T18:00:05Z").out());
        assertEquals(64, replay("board", SmallContest.ID, "--top", 0).code());
    }

    @Test
    void shouldNameTheNearestContest() {
        final Said unknown = replay("board", "t_smal");
        assertEquals(65, unknown.code());
        assertTrue(unknown.err().contains("no contest 't_smal' at sequence 16"
            + " (nearest: 't_small')"), unknown.err());
        assertEquals(65, replay("board", SmallContest.ID, "--at", 2).code());
        assertEquals(65, replay("board", SmallContest.ID, "--partition", "DE").code());
        assertEquals(65, replay("export", "t_smal").code());
        final Said nobody = replay("explain", SmallContest.ID, "u_nobody");
        assertEquals(0, nobody.code());
        assertEquals("note: the log holds no closed round of 'u_nobody' that t_small looked at\n",
            nobody.err());
    }

    @Test
    void shouldEndAtOnceWhenNobodyReadsTheDumpAnyMore() {
        final StringWriter head = new StringWriter() {
            @Override
            public void write(String text, int offset, int length) {
                if (getBuffer().length() > 100) {
                    throw new OutputClosed(new IOException("Broken pipe"));
                }
                super.write(text, offset, length);
            }
        };
        final Said said = Said.replay(head, "dump", "--data", data);
        assertEquals(0, said.code(), said.err());
        assertTrue(said.lines().size() < 3, said.out());
    }

    @Test
    void shouldNameTheFileThatCannotBeReadOrWritten() throws IOException {
        final Path unreadable = TestNode.copy(data, scratch.resolve("unreadable"));
        final Path segment = BlockFile.file(unreadable, 1);
        Files.delete(segment);
        // a directory opens and gives an error of the device
        Files.createDirectory(segment);
        for (final String command : List.of("state", "verify", "dump")) {
            final Said said = Said.replay(command, "--data", unreadable);
            assertEquals(78, said.code(), said.out() + said.err());
            assertTrue(said.err().startsWith(segment + " at offset 0 cannot be read: "),
                said.err());
        }
        final Path file = scratch.resolve("none").resolve("proof.json");
        final CommandFailure failure =
            CommandFailure.ofWriting(file, new NoSuchFileException(file.toString()));
        assertEquals(70, failure.exitCode().code());
        assertEquals(file + ": there is no such file", failure.getMessage());
    }
}
