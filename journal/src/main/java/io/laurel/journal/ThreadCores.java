package io.laurel.journal;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import net.openhft.posix.PosixAPI;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Which cores the threads of this process run on; Linux only. A thread that has a core for itself
 * is not held up by the others, nor they by it: the kernel moves one that waits behind another to
 * an idle core only now and then.
 */
public final class ThreadCores {
    private static final boolean LINUX = System.getProperty("os.name").startsWith("Linux");
    private static final Path TASKS = Path.of("/proc/self/task");
    private static final Path INTERRUPTS = Path.of("/proc/interrupts");
    private static final int SELF = 0;
    private static final int MASK_BYTES = 128;

    private ThreadCores() {
    }

    /**
     * Gives a core to one thread; the others, and those that they start, keep off it.
     *
     * @param thread as the system names it: 15 characters
     * @param core number of the core, from 0 on
     * @throws IOException where this process may not run there, or only there, or the system
     *     knows no such thing
     */
    public static void give(String thread, int core) throws IOException {
        final UnsafeBuffer own = mask();
        final UnsafeBuffer others = without(core);
        own.setMemory(0, MASK_BYTES, (byte) 0);
        own.putByte(core >> 3, (byte) (1 << (core & 7)));
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
            for (final Path task : tasks) {
                set(task, thread.equals(name(task)) ? own : others);
            }
        }
    }

    /** As above, where the thread is one of another process. */
    public static void keepOff(int core) throws IOException {
        give("", core);
    }

    /**
     * Returns the core that has served the fewest interrupts of devices: where one core serves
     * those of the disk, whoever computes there keeps its word waiting. Where there are several,
     * the first.
     *
     * @throws IOException where the system does not tell, or this process may use only one core
     */
    public static int quietest() throws IOException {
        return quietest(Files.readAllLines(INTERRUPTS), core -> {
            try {
                without(core);
                return true;
            } catch (IOException e) {
                return false;
            }
        });
    }

    /** As above, of a table with a head that names the cores and a row for each interrupt. */
    static int quietest(List<String> table, IntPredicate usable) throws IOException {
        final int[] cores = Pattern.compile("CPU([0-9]+)").matcher(table.get(0)).results()
            .mapToInt(result -> Integer.parseInt(result.group(1))).toArray();
        final long[] served = new long[cores.length];
        for (final String row : table.subList(1, table.size())) {
            final String[] words = row.strip().split("\\s+");
            // those with names are the processor's own
            for (int i = 0; words[0].matches("[0-9]+:") && i < cores.length; i++) {
                served[i] += Long.parseLong(words[i + 1]);
            }
        }
        int best = -1;
        for (int i = 0; i < cores.length; i++) {
            if (usable.test(cores[i]) && (best < 0 || served[i] < served[best])) {
                best = i;
            }
        }
        if (best < 0) {
            throw new IOException("there is no core to spare");
        }
        return cores[best];
    }

    /** Returns the cores that the calling thread may run on, other than one. */
    private static UnsafeBuffer without(int core) throws IOException {
        final UnsafeBuffer mask = mask();
        if (!LINUX || PosixAPI.posix().sched_getaffinity(SELF, MASK_BYTES,
            mask.addressOffset()) < 0) {
            throw new IOException("the system does not say which cores there are");
        }
        final int at = core >> 3;
        final byte bit = (byte) (1 << (core & 7));
        if (core < 0 || at >= MASK_BYTES || (mask.getByte(at) & bit) == 0) {
            throw new IOException("core " + core + " is not one that this process may use");
        }
        mask.putByte(at, (byte) (mask.getByte(at) & ~bit));
        for (int i = 0; i < MASK_BYTES; i++) {
            if (mask.getByte(i) != 0) {
                return mask;
            }
        }
        throw new IOException("core " + core + " is the only one that this process may use");
    }

    private static UnsafeBuffer mask() {
        return new UnsafeBuffer(BufferUtil.allocateDirectAligned(MASK_BYTES,
            BitUtil.SIZE_OF_LONG).order(ByteOrder.LITTLE_ENDIAN));
    }

    private static String name(Path task) throws IOException {
        try {
            return Files.readString(task.resolve("comm")).strip();
        } catch (IOException e) {
            if (Files.exists(task)) {
                throw e;
            }
            // it has ended meanwhile
            return "";
        }
    }

    private static void set(Path task, UnsafeBuffer mask) throws IOException {
        final int id = Integer.parseInt(task.getFileName().toString());
        if (PosixAPI.posix().sched_setaffinity(id, MASK_BYTES, mask.addressOffset()) < 0
            && Files.exists(task)) {
            throw new IOException("thread " + id + " cannot be moved: "
                + PosixAPI.posix().lastErrorStr());
        }
    }
}
