package io.laurel.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process that appends and forces, at random moments: nothing it reported is lost. */
class KilledJournalSystemTest {
    private static final int BODY = 60;
    private static final int COUNT = 20;

    @TempDir
    private Path directory;

    @Test
    void shouldRecoverAllThatWasReportedAsForcedWhenKilled() throws Exception {
        int rounds = DamagedJournal.exhaustive() ? 200 : 4;
        Random random = new Random(7);
        long before = 0;
        for (int round = 0; round < rounds; round++) {
            long reported = runAndKill(before + 200 + random.nextInt(60_000));
            long[] next = {1};
            JournalScan scan = new JournalRecovery(directory).run(1, 0,
                (buffer, offset, length) -> {
                    TestBlocks.check(buffer, offset, length, BODY);
                    next[0]++;
                    return true;
                });
            assertTrue(scan.lastSequence() >= reported, "reported " + reported + ", " + scan);
            assertTrue(reported > before);
            assertEquals(scan.lastSequence() + 1, next[0]);
            assertEquals(round, scan.epochs().size() - 1);
            before = scan.lastSequence();
        }
        assertTrue(Files.exists(directory.resolve("epochs")));
    }

    private long runAndKill(long until) throws IOException, InterruptedException {
        Process child = ChildJvm.start(Appender.class, directory.toString());
        long reported = 0;
        try (BufferedReader out = new BufferedReader(new InputStreamReader(
            child.getInputStream(), StandardCharsets.US_ASCII))) {
            String line = out.readLine();
            while (line != null && reported < until) {
                reported = Long.parseLong(line.substring(0, line.length() - 1));
                line = out.readLine();
            }
            // by its handle: the process object would close the pipe as well
            child.toHandle().destroyForcibly();
            // what it had reported before the kill counts too; a line without its end does not
            while (line != null && line.endsWith(".")) {
                reported = Long.parseLong(line.substring(0, line.length() - 1));
                line = out.readLine();
            }
        } finally {
            child.destroyForcibly();
            ChildJvm.exitCode(child);
        }
        return reported;
    }

    /** Appends until it is killed; prints each sequence that is forced, with a dot. */
    static final class Appender {
        private Appender() {
        }

        public static void main(String[] arguments) throws Exception {
            Path journalDirectory = Path.of(arguments[0]);
            PrintStream out = new PrintStream(System.out, false, StandardCharsets.US_ASCII);
            ChronicleJournal journal = ChronicleJournal.open(
                new JournalConfig(journalDirectory, 1 << 20, 0),
                JournalFiles.scan(journalDirectory));
            AtomicBoolean failed = new AtomicBoolean();
            Thread forcer = new Thread(() -> {
                try {
                    long last = journal.lastAppendedSequence();
                    while (!failed.get()) {
                        long forced = journal.force();
                        if (forced > last) {
                            last = forced;
                            out.print(forced + ".\n");
                            out.flush();
                        }
                    }
                } catch (IOException e) {
                    e.printStackTrace();
                    failed.set(true);
                }
            });
            forcer.setDaemon(true);
            forcer.start();
            TestBlocks blocks = new TestBlocks(1 << 20);
            long limit = journal.lastAppendedSequence() + 2_000_000;
            while (!failed.get() && journal.lastAppendedSequence() < limit) {
                blocks.append(journal, COUNT, BODY, 0);
            }
            System.exit(1);
        }
    }
}
