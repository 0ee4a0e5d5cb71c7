package io.laurel.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.port.JournalCorruptException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    private Path scratch;

    @Test
    void shouldPrepareTheDirectoryAndOpenItAgain() throws IOException {
        Path root = scratch.resolve("a").resolve("data");
        String manifest;
        try (DataDirectory data = DataDirectory.open(root)) {
            assertTrue(Files.isDirectory(data.journal()));
            assertTrue(Files.isDirectory(data.snapshots()));
            assertTrue(Files.isDirectory(data.checkpoints()));
            manifest = Files.readString(root.resolve("manifest"));
            assertTrue(manifest.startsWith("format_version=1\ncreated="), manifest);
        }
        try (DataDirectory data = DataDirectory.open(root)) {
            assertEquals(root, data.root());
            assertEquals(manifest, Files.readString(root.resolve("manifest")));
        }
    }

    @Test
    void shouldRefuseASecondOwner() throws Exception {
        try (DataDirectory data = DataDirectory.open(scratch)) {
            assertThrows(DataDirectoryInUseException.class, () -> DataDirectory.open(scratch));
            Process other = ChildJvm.start(LockChild.class, data.root().toString());
            assertEquals(LockChild.IN_USE, ChildJvm.exitCode(other));
        }
        Process other = ChildJvm.start(LockChild.class, scratch.toString());
        assertEquals(0, ChildJvm.exitCode(other));
    }

    @Test
    void shouldRefuseDataOfANewerFormat() throws IOException {
        Files.writeString(scratch.resolve("manifest"), "format_version=2\ncreated=x\n");
        assertThrows(NewerDataException.class, () -> DataDirectory.open(scratch));
        assertThrows(NewerDataException.class, () -> DataDirectory.checkFormat(scratch));
        assertFalse(Files.exists(scratch.resolve("journal")));
        Files.writeString(scratch.resolve("manifest"), "format_version=1\n");
        DataDirectory.open(scratch).close();
    }

    @Test
    void shouldRefuseAManifestThatSaysNothing() throws IOException {
        for (String text : new String[] {"", "format_version=\n", "format_version=x\n", "\0\0\0"}) {
            Files.writeString(scratch.resolve("manifest"), text);
            assertThrows(JournalCorruptException.class, () -> DataDirectory.open(scratch));
        }
    }

    /** Tries to take the lock in a process of its own. */
    static final class LockChild {
        static final int IN_USE = 75;

        private LockChild() {
        }

        public static void main(String[] arguments) throws IOException {
            try {
                DataDirectory.open(Path.of(arguments[0])).close();
            } catch (DataDirectoryInUseException e) {
                System.exit(IN_USE);
            }
        }
    }
}
