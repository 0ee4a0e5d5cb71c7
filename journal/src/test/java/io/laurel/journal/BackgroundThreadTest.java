package io.laurel.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class BackgroundThreadTest {
    @Test
    void shouldPutTheCallingThreadBehindOthersAndNoOther() {
        final int before = BackgroundThread.niceness();
        final CompletableFuture<Integer> seen = new CompletableFuture<>();
        final Thread thread = new Thread(() -> {
            new BackgroundThread().background();
            seen.complete(BackgroundThread.niceness());
        });
        thread.start();
        assertTrue(seen.join() >= 10, () -> "nice " + seen.join());
        assertEquals(before, BackgroundThread.niceness());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldPutTheCompilersBehindOthers() throws IOException {
        BackgroundThread.lowerCompilers();
        try (Stream<Path> tasks = Files.list(BackgroundThread.TASKS)) {
            final List<Path> compilers = tasks.filter(BackgroundThreadTest::compiles).toList();
            assertTrue(compilers.size() > 0);
            if (Runtime.getRuntime().availableProcessors() > 1) {
                compilers.forEach(task -> assertTrue(BackgroundThread.niceness(
                    Integer.parseInt(task.getFileName().toString())) >= 10, task.toString()));
            }
        }
    }

    private static boolean compiles(Path task) {
        try {
            return Files.readString(task.resolve("comm")).matches(BackgroundThread.COMPILERS);
        } catch (IOException e) {
            return false;
        }
    }
}
