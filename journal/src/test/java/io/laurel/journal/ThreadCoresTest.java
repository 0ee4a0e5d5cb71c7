package io.laurel.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** In a process of its own: the cores of this one are others' business. */
@EnabledOnOs(OS.LINUX)
class ThreadCoresTest {
    private static final String THREAD = "core-of-its-own";
    private static final int WAIT_S = 60;

    /** Prints the cores of two threads behind a split. */
    public static final class Split {
        private Split() {
        }

        public static void main(String[] arguments) throws IOException, InterruptedException {
            final int core = Integer.parseInt(arguments[0]);
            final Thread thread = new Thread(Split::await, THREAD);
            thread.setDaemon(true);
            thread.start();
            ThreadCores.give(THREAD, core);
            try (var tasks = Files.list(Path.of("/proc/self/task"))) {
                for (final Path task : tasks.toList()) {
                    final String status =
                        Files.readString(task.resolve("status"));
                    System.out.println(status.replaceAll(
                        "(?s)Name:\\s*([^\\n]*)\\n.*Cpus_allowed_list:\\s*(\\S+).*", "$1=$2"));
                }
            }
        }

        private static synchronized void await() {
            try {
                TimeUnit.DAYS.sleep(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Test
    void shouldGiveTheCoreToOneThreadAndKeepTheOthersOffIt()
        throws IOException, InterruptedException {
        if (Runtime.getRuntime().availableProcessors() < 2) {
            assertTrue(assertThrows(IOException.class, () -> ThreadCores.keepOff(0)).getMessage()
                .contains("the only one"));
            return;
        }
        final Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
            "-XX:+IgnoreUnrecognizedVMOptions", "--sun-misc-unsafe-memory-access=allow", "-cp",
            System.getProperty("java.class.path"), Split.class.getName(), "0")
            .redirectErrorStream(true).start();
        final String out = new String(process.getInputStream().readAllBytes());
        assertTrue(process.waitFor(WAIT_S, TimeUnit.SECONDS), out);
        assertEquals(0, process.exitValue(), out);
        int others = 0;
        for (final String line : out.lines().filter(text -> text.contains("=")).toList()) {
            if (line.startsWith(THREAD)) {
                assertEquals(THREAD + "=0", line);
            } else {
                assertTrue(line.matches(".*=[1-9][-,0-9]*"), line);
                others++;
            }
        }
        assertTrue(out.contains(THREAD + "=0") && others > 1, out);
    }

    @Test
    void shouldFindTheCoreWithTheFewestInterruptsOfDevices() throws IOException {
        final List<String> table = List.of("           CPU0       CPU1       CPU3",
            " 36:          7   12101328          0 PCI-MSIX-0000:00:02.0   1-edge      disk",
            " 37:          1          0          9 PCI-MSIX-0000:00:03.0   0-edge      net",
            "LOC:      99999          1      99999   Local timer interrupts", "ERR:          0");
        assertEquals(0, ThreadCores.quietest(table, core -> true));
        assertEquals(3, ThreadCores.quietest(table, core -> core > 0));
        assertThrows(IOException.class, () -> ThreadCores.quietest(table, core -> false));
        if (Runtime.getRuntime().availableProcessors() > 1) {
            assertTrue(ThreadCores.quietest() >= 0);
        }
    }

    @Test
    void shouldRefuseACoreThatIsNotThere() {
        for (final int core : new int[] {-1, 1_000, 1 << 20}) {
            assertTrue(assertThrows(IOException.class, () -> ThreadCores.keepOff(core))
                .getMessage().contains("is not one"));
        }
    }
}
