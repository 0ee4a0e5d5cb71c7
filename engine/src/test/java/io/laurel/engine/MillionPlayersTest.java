package io.laurel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** State lies outside the heap: a million players on three boards under 256 MiB of it. */
class MillionPlayersTest {
    private static final int PLAYERS = 1_000_000;
    private static final int DEADLINE_SECONDS = 240;

    @Test
    void shouldRankAMillionPlayersUnderASmallHeap(@TempDir Path directory)
        throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(System.getProperty("laurel.jvm").split(" ")));
        command.addAll(List.of("-Xmx256m", "-XX:MaxDirectMemorySize=64m", "-cp",
            System.getProperty("java.class.path"), MillionPlayers.class.getName(),
            Integer.toString(PLAYERS)));
        final Path output = directory.resolve("output");
        final Process process = new ProcessBuilder(command).redirectErrorStream(true)
            .redirectOutput(output.toFile()).start();
        try {
            final boolean ended = process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS);
            final String said = Files.readString(output);
            assertTrue(ended, said);
            assertEquals(0, process.exitValue(), said);
            assertTrue(said.endsWith("ranks agree" + System.lineSeparator()), said);
            System.out.print(said);
        } finally {
            process.destroyForcibly();
        }
    }
}
