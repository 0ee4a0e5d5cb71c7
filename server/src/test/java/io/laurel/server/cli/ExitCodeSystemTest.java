package io.laurel.server.cli;

import static io.laurel.server.cli.NodeProcess.laurel;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.server.cli.NodeProcess.Said;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How processes end (interfaces 7), as far as no other test looks: 70 is that of {@link
 * DiskFailureSystemTest}, 71 of {@link SkipSystemTest}, 75 and 78 of {@link NodeSystemTest}.
 */
final class ExitCodeSystemTest {
    @TempDir
    private Path directory;

    @Test
    void shouldEndWith79WhenANewerProgramWroteTheData() throws Exception {
        final Path data = Files.createDirectories(directory.resolve("data"));
        Files.createDirectory(data.resolve("journal"));
        Files.writeString(data.resolve("manifest"), "format_version=999\n");
        try (NodeProcess node = NodeProcess.start(data)) {
            assertEquals(79, node.awaitExit(), node.errors());
            assertTrue(node.errors().contains("format version 999"), node.errors());
            assertEquals("", node.output());
        }
        for (final String command : new String[] {"state", "dump"}) {
            assertEquals(79, laurel("replay", command, "--data", data.toString()).exitCode());
        }
    }

    @Test
    void shouldEndWith64WhenANodeIsStartedTheWrongWay() throws Exception {
        try (NodeProcess node = NodeProcess.start(directory.resolve("data"), "--clokc", "event")) {
            assertEquals(64, node.awaitExit(), node.errors());
            assertEquals(1, node.errors().lines().count(), node.errors());
        }
    }

    @Test
    void shouldWriteWhoDidWhatAndWhyIntoTheLog() throws Exception {
        final Path data = directory.resolve("data");
        final Path table = Files.writeString(directory.resolve("fx.yaml"),
            "kind: fx\nid: fx_1\nbase: EUR\nrates: {SEK: 0.0871}\n");
        try (NodeProcess node = NodeProcess.start(data, "--clock", "event").awaitReady()) {
            final Said applied = laurel("apply", "--admin", node.admin(), "--reason", "month end",
                table.toString());
            assertEquals(0, applied.exitCode(), applied.err());
            assertEquals(0, laurel("time", "advance", "2025-10-25T18:00:00Z", "--admin",
                node.admin(), "--reason", "show").exitCode());
            assertEquals(0, node.stop(), node.errors());
        }
        final String dump = laurel("replay", "dump", "--data", data.toString()).out();
        assertTrue(dump.contains("PublishFx fx=fx_1 actor=local reason=\"month end\" "), dump);
        assertTrue(dump.contains("AdvanceTime to=2025-10-25T18:00:00Z actor=local reason=show"),
            dump);
    }
}
