package io.laurel.replay.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.command.CommandWriter;
import io.laurel.engine.reference.StreamGenerator;
import io.laurel.replay.BlockFile;
import io.laurel.replay.Said;
import io.laurel.replay.TestNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data directories as a node leaves them, or has them open: nothing is wrong with any. */
class VerifyTest {
    private static final int MOST_COMMANDS = 50_000;

    @TempDir
    private Path scratch;

    @Test
    void shouldFindNothingInTwoEpochsWithSnapshots() throws IOException {
        final Path data = scratch.resolve("data");
        final String first;
        final String root;
        try (TestNode node = TestNode.open(data, 20)) {
            node.play(StreamGenerator.generate(1, 300));
            first = node.snapshot().rootHex();
        }
        try (TestNode node = TestNode.again(data, 20)) {
            for (int i = 0; i < 30; i++) {
                node.apply(node.engine.timeNs() + 1_000_000_000L,
                    new CommandWriter().tick());
            }
            node.snapshot();
            root = node.stateRoot();
        }
        final Said said = Said.replay("verify", "--data", data);
        assertEquals(0, said.code(), said.out() + said.err());
        assertTrue(said.out().contains("snapshots   300 equal, 330 equal"), said.out());
        assertTrue(said.out().endsWith("verified    sequences 1 to 330, nothing wrong\n"),
            said.out());
        final String json = Said.replay("verify", "--data", data, "--json").out();
        assertTrue(json.startsWith("{\"ok\":true,\"verified_to\":330,\"time\":\"2025-"), json);
        assertTrue(json.contains("\"state_root\":\"" + root + "\",\"journal\":{\"files\":2,"),
            json);
        assertTrue(json.contains("\"epochs\":[{\"epoch\":1,\"last_sequence\":300,"
            + "\"torn_bytes\":0},{\"epoch\":2,\"last_sequence\":330,\"torn_bytes\":0}]},"
            + "\"snapshots\":[{\"file\":\""), json);
        assertTrue(json.contains("00000000000000000300.snap\",\"sequence\":300,\"state_root\":\""
            + first + "\",\"verdict\":\"equal\"}"), json);
        assertTrue(json.endsWith("}],\"findings\":[]}\n"), json);
    }

    @Test
    void shouldReadBesideARunningNode() throws IOException {
        final Path data = scratch.resolve("data");
        try (TestNode node = TestNode.open(data, 7)) {
            node.play(StreamGenerator.generate(2, 100));
            final Said said = Said.replay("verify", "--data", data);
            assertEquals(0, said.code(), said.out() + said.err());
            assertTrue(said.out().contains("verified    sequences 1 to 100"), said.out());
            node.apply(node.engine.timeNs(), new CommandWriter().tick());
            node.flush();
            final Said state = Said.replay("state", "--data", data, "--json");
            assertTrue(state.out().startsWith("{\"sequence\":101,"), state.out());
            assertTrue(state.out().contains(node.stateRoot()), state.out());
        }
    }

    @Test
    void shouldFindNothingWhileANodeWrites() throws Exception {
        final Path data = scratch.resolve("data");
        final AtomicBoolean enough = new AtomicBoolean();
        final AtomicReference<Exception> failure = new AtomicReference<>();
        try (TestNode node = TestNode.open(data, 5)) {
            node.play(StreamGenerator.generate(9, 200));
            final Thread writer = new Thread(() -> {
                final CommandWriter tick = new CommandWriter().tick();
                try {
                    for (int i = 0; i < MOST_COMMANDS && !enough.get(); i++) {
                        node.apply(node.engine.timeNs() + 1, tick);
                    }
                } catch (IOException e) {
                    failure.set(e);
                }
            });
            writer.start();
            try {
                for (int i = 0; i < 10; i++) {
                    final Said said = Said.replay("verify", "--data", data);
                    assertEquals(0, said.code(), said.out() + said.err());
                }
            } finally {
                enough.set(true);
                writer.join(10_000);
            }
            assertNull(failure.get());
        }
        assertEquals(0, Said.replay("verify", "--data", data).code());
    }

    @Test
    void shouldReportATornTailAndFindNothingWrong() throws IOException {
        final Path killed = scratch.resolve("killed");
        try (TestNode node = TestNode.open(scratch.resolve("data"), 10)) {
            node.play(StreamGenerator.generate(3, 100));
            node.copyTo(killed);
        }
        final BlockFile file = BlockFile.of(killed, 1);
        final BlockFile.Block last = file.blocks().get(9);
        file.erase(last.end() - 40, last.end());
        final Said said = Said.replay("verify", "--data", killed);
        assertEquals(0, said.code(), said.out() + said.err());
        assertTrue(said.out().contains("tail        "
            + (last.end() - 40 - last.start()) + " bytes behind offset " + last.start()),
            said.out());
        assertTrue(said.out().contains("verified    sequences 1 to 90"), said.out());
    }

    @Test
    void shouldFindNothingWrongBehindAnEpochThatEndedTorn() throws IOException {
        final Path killed = scratch.resolve("killed");
        try (TestNode node = TestNode.open(scratch.resolve("data"), 10)) {
            node.play(StreamGenerator.generate(3, 100));
            node.copyTo(killed);
        }
        for (final int lost : new int[] {1, 40, 100, 200, 300}) {
            final Path torn = TestNode.copy(killed, scratch.resolve("torn" + lost));
            final BlockFile file = BlockFile.of(torn, 1);
            final BlockFile.Block last = file.blocks().get(9);
            file.erase(last.start() + lost, last.start() + lost + 50);
            try (TestNode node = TestNode.again(torn, 10)) {
                node.apply(node.engine.timeNs() + 1, new CommandWriter().tick());
            }
            final Said said = Said.replay("verify", "--data", torn, "--json");
            assertEquals(0, said.code(), said.out() + said.err());
            assertFalse(said.out().contains("\"torn_bytes\":0},{\"epoch\":2"), said.out());
        }
    }

    @Test
    void shouldRefuseWhatIsNoDataDirectory() throws IOException {
        final Said none = Said.replay("verify", "--data", scratch);
        assertEquals(64, none.code(), none.err());
        assertTrue(none.err().contains("no journal in"), none.err());
        final Path data = scratch.resolve("data");
        TestNode.open(data, 10).close();
        Files.writeString(data.resolve("manifest"), "format_version=99\n");
        assertEquals(79, Said.replay("verify", "--data", data).code());
        assertEquals(64, Said.replay("verify").code());
    }
}
