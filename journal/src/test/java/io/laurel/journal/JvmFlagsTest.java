package io.laurel.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JvmFlagsTest {
    @TempDir
    private Path directory;

    @Test
    void shouldNameTheFlagThatIsMissing() throws Exception {
        for (String flag : new String[] {"jdk.internal.ref", "sun.nio.ch", "java.lang.reflect"}) {
            Process child = ChildJvm.start(flag, Opener.class, directory.toString());
            String said = new String(child.getInputStream().readAllBytes(),
                StandardCharsets.UTF_8);
            assertEquals(0, ChildJvm.exitCode(child));
            assertTrue(said.contains("java.base/" + flag + "=ALL-UNNAMED"), said);
            assertTrue(Segments.list(directory).isEmpty());
        }
        Process child = ChildJvm.start(Opener.class, directory.toString());
        String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, ChildJvm.exitCode(child));
        assertEquals("opened", said);
        assertFalse(Segments.list(directory).isEmpty());
    }

    /** Opens a journal, says how that went. */
    static final class Opener {
        private Opener() {
        }

        public static void main(String[] arguments) {
            Path path = Path.of(arguments[0]);
            try {
                ChronicleJournal.open(new JournalConfig(path, 1 << 20, 0),
                    JournalFiles.scan(path)).close();
                System.out.print("opened");
            } catch (IOException e) {
                System.out.print(e.getMessage());
            }
        }
    }
}
