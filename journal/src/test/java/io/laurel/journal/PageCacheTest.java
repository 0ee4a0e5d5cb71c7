package io.laurel.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import java.util.Set;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import org.agrona.BufferUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class PageCacheTest {
    private static final int PAGE_BYTES = 4096;
    private static final int FILE_BYTES = 4 << 20;
    /** Have no cache of the system's beside what they hold themselves. */
    private static final Set<String> WITHOUT_CACHE = Set.of("tmpfs", "ramfs", "zfs");

    /** Says which pages of a mapping are in memory. */
    public interface Memory {
        /** As in Linux. */
        int mincore(Pointer address, long bytes, byte[] pages);
    }

    @TempDir
    private Path directory;

    @Test
    void shouldForgetARangeAndNothingElse() throws IOException {
        assumeFalse(WITHOUT_CACHE.contains(Files.getFileStore(directory).type()));
        final Path file = directory.resolve("segment");
        final byte[] content = new byte[FILE_BYTES];
        new Random(1).nextBytes(content);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE,
            StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(content));
            channel.force(true);
        }
        final int before = residentPages(file);
        assertTrue(before > FILE_BYTES / PAGE_BYTES / 2, before + " pages were in memory");
        try (PageCache cache = new PageCache(file)) {
            cache.drop(0, FILE_BYTES / 2);
        }
        final int after = residentPages(file);
        assertTrue(after <= before - FILE_BYTES / PAGE_BYTES / 4, after + " of " + before);
        assertTrue(after > 0, "all pages are gone");
        assertArrayEquals(content, Files.readAllBytes(file));
    }

    @Test
    void shouldDoNothingWhereThereIsNoFile() {
        try (PageCache cache = new PageCache(directory.resolve("none"));
             PageCache none = new PageCache(null)) {
            cache.drop(0, FILE_BYTES);
            none.drop(0, FILE_BYTES);
        }
        assertTrue(Files.notExists(directory.resolve("none")));
    }

    private static int residentPages(Path file) throws IOException {
        final Memory memory = LibraryLoader.create(Memory.class).load("c");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            final MappedByteBuffer mapped =
                channel.map(FileChannel.MapMode.READ_ONLY, 0, FILE_BYTES);
            final byte[] pages = new byte[FILE_BYTES / PAGE_BYTES];
            assertEquals(0, memory.mincore(Pointer.wrap(Runtime.getSystemRuntime(),
                BufferUtil.address(mapped)), FILE_BYTES, pages));
            int resident = 0;
            for (final byte page : pages) {
                resident += page & 1;
            }
            return resident;
        }
    }
}
