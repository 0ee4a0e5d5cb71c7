package io.laurel.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class PromptThreadsTest {
    /** Of a name that the system keeps. */
    private static final int MOST_LETTERS = 15;

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldShortenTheSlicesOfThoseNamedAndOfNoOther() throws Exception {
        final CountDownLatch done = new CountDownLatch(1);
        try {
            final int named = begin("prompt-test-of-many-letters", done);
            final int other = begin("patient-test", done);
            final int nice = BackgroundThread.niceness(named);
            final long before = PromptThreads.sliceNs(named);
            assertEquals(before, PromptThreads.sliceNs(other));
            PromptThreads.shorten(List.of("nobody", "prompt-te"));
            // 0 = a kernel that says nothing of slices
            assertEquals(before == 0 ? 0 : PromptThreads.SLICE_NS, PromptThreads.sliceNs(named));
            assertEquals(before, PromptThreads.sliceNs(other));
            assertEquals(nice, BackgroundThread.niceness(named));
        } finally {
            done.countDown();
        }
    }

    @Test
    void shouldGiveTheCallerTheSliceThatItAsksFor() throws InterruptedException {
        final long[] slices = new long[2];
        final Thread thread = new Thread(() -> {
            slices[0] = PromptThreads.sliceNs(0);
            PromptThreads.shortenCaller(300_000);
            slices[1] = PromptThreads.sliceNs(0);
        });
        thread.start();
        thread.join();
        assertEquals(slices[0] == 0 ? 0 : 300_000, slices[1]);
    }

    /** Starts a thread that waits, and returns its number. */
    private static int begin(String name, CountDownLatch done) throws Exception {
        final CountDownLatch begun = new CountDownLatch(1);
        final Thread thread = new Thread(() -> {
            begun.countDown();
            try {
                done.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }, name);
        thread.setDaemon(true);
        thread.start();
        begun.await();
        try (Stream<Path> tasks = Files.list(BackgroundThread.TASKS)) {
            return tasks.filter(task -> bears(task, name)).findFirst()
                .map(task -> Integer.parseInt(task.getFileName().toString())).orElseThrow();
        }
    }

    private static boolean bears(Path task, String name) {
        try {
            return name.substring(0, Math.min(MOST_LETTERS, name.length()))
                .equals(Files.readString(task.resolve("comm")).strip());
        } catch (IOException e) {
            return false;
        }
    }
}
