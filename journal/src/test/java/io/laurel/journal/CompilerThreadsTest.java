package io.laurel.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.journal.CompilerThreads.Turns;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class CompilerThreadsTest {
    private final Turns turns = new Turns();

    @Test
    void shouldStandAsideWhileItSleeps() {
        assertTrue(look('S', 100));
        assertTrue(look('S', 100));
        assertTrue(look('S', 107));
    }

    @Test
    void shouldStandAsideWhileItGetsOnAllTheSame() {
        assertTrue(look('R', 100));
        assertTrue(look('R', 101));
        assertTrue(look('R', 111));
    }

    @Test
    void shouldTakeTurnsOnceItHasWorkAndGetsNothingDone() {
        assertTrue(look('R', 100));
        assertFalse(look('R', 100));
        assertFalse(look('R', 101));
        assertFalse(look('R', 101));
    }

    @Test
    void shouldNotTakeTurnsWhereItsWorkHasJustBegun() {
        assertTrue(look('S', 100));
        assertTrue(look('R', 100));
        assertTrue(look('S', 100));
        assertTrue(look('R', 100));
    }

    @Test
    void shouldStandAsideAgainWhereItRestsTwice() {
        look('R', 100);
        assertFalse(look('R', 100));
        assertFalse(look('S', 103));
        assertFalse(look('R', 104));
        assertFalse(look('S', 105));
        assertTrue(look('S', 105));
    }

    private boolean look(char state, int ticks) {
        final String line = "4711 (C2 (Compiler) 0) " + state
            + " 1 2 3 4 5 6 7 8 9 10 " + (ticks - 7) + " 7 0 0 30 10 1 0 99 0\n";
        return turns.standsAside(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    @Timeout(60)
    void shouldReadWhatTheSystemTells() throws IOException {
        final ByteBuffer line =
            ByteBuffer.wrap(Files.readAllBytes(Path.of("/proc/thread-self/stat")));
        final Turns own = new Turns();
        assertTrue(own.standsAside(line.duplicate()));
        // it runs, and had had just as much at the look before
        assertFalse(own.standsAside(line.duplicate()));
        byte[] later;
        do {
            later = Files.readAllBytes(Path.of("/proc/thread-self/stat"));
        } while (isAside(line, later) == isAside(line, line.array()));
    }

    private static boolean isAside(ByteBuffer before, byte[] now) {
        final Turns own = new Turns();
        own.standsAside(before.duplicate());
        return own.standsAside(ByteBuffer.wrap(now));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    @Timeout(60)
    void shouldPutTheCompilersBehindOthers() throws Exception {
        if (Runtime.getRuntime().availableProcessors() < 2) {
            return;
        }
        final boolean maySet = mayComeBack();
        final CompilerThreads threads = new CompilerThreads();
        try {
            final List<Integer> compilers = compilers();
            assertNotEquals(List.of(), compilers);
            for (final int compiler : compilers) {
                assertTrue(BackgroundThread.niceness(compiler) >= BackgroundThread.NICE,
                    "nice of " + compiler);
                while (maySet && SchedAttr.of(compiler).policy() != SchedAttr.IDLE) {
                    TimeUnit.MILLISECONDS.sleep(10);
                }
            }
        } finally {
            threads.close();
        }
        for (final int compiler : compilers()) {
            final SchedAttr after = SchedAttr.of(compiler);
            assertTrue(after == null || after.policy() == SchedAttr.OTHER, "left " + compiler);
        }
    }

    private static boolean mayComeBack() throws InterruptedException {
        final boolean[] may = new boolean[1];
        final Thread trial = new Thread(() -> {
            final SchedAttr own = SchedAttr.of(SchedAttr.CALLER);
            may[0] = own != null && own.policy(SchedAttr.IDLE).set()
                && own.policy(SchedAttr.OTHER).nice(BackgroundThread.NICE).set();
        });
        trial.start();
        trial.join();
        return may[0];
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldLeaveOtherThreadsAsTheyAre() {
        final SchedAttr before = SchedAttr.of(SchedAttr.CALLER);
        final CompilerThreads threads = new CompilerThreads();
        threads.close();
        if (before != null) {
            assertEquals(before.policy(), SchedAttr.of(SchedAttr.CALLER).policy());
        }
        assertTrue(BackgroundThread.niceness() < BackgroundThread.NICE);
    }

    private static List<Integer> compilers() throws IOException {
        try (Stream<Path> tasks = Files.list(BackgroundThread.TASKS)) {
            return tasks.filter(CompilerThreadsTest::compiles)
                .map(task -> Integer.parseInt(task.getFileName().toString())).toList();
        }
    }

    private static boolean compiles(Path task) {
        try {
            return Files.readString(task.resolve("comm")).matches(CompilerThreads.NAMES);
        } catch (IOException e) {
            return false;
        }
    }
}
