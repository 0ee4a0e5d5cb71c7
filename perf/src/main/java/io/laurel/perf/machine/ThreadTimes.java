package io.laurel.perf.machine;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * How long the threads of a process have run, by name; threads of one kind, numbered at the end of
 * their names, count together. Where the kernel does not say, there are none.
 */
public final class ThreadTimes {
    private final Map<String, Long> runNs = new TreeMap<>();

    /** Reads them now. */
    public ThreadTimes(long pid) {
        try (DirectoryStream<Path> tasks =
            Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "task"))) {
            for (final Path task : tasks) {
                add(task);
            }
        } catch (IOException e) {
            runNs.clear();
        }
    }

    private void add(Path task) {
        try {
            final String name = Files.readString(task.resolve("comm")).strip()
                .replaceAll("[-#0-9 ]+$", "");
            final String times = Files.readString(task.resolve("schedstat"));
            runNs.merge(name, Long.parseLong(times.substring(0, times.indexOf(' '))), Long::sum);
        } catch (IOException e) {
            // it has ended meanwhile
            runNs.putIfAbsent("ended", 0L);
        }
    }

    /** Returns the nanoseconds per round since an earlier reading, of all that took part. */
    public Map<String, Object> since(ThreadTimes before, double rounds) {
        final Map<String, Object> each = new LinkedHashMap<>();
        long all = 0;
        for (final Map.Entry<String, Long> thread : runNs.entrySet()) {
            final long ran = thread.getValue() - before.runNs.getOrDefault(thread.getKey(), 0L);
            all += Math.max(0, ran);
            if (ran / rounds >= 1) {
                each.put(thread.getKey(), Math.round(ran / rounds));
            }
        }
        each.put("all", Math.round(all / rounds));
        return each;
    }

    /** Returns the seconds of threads with such names since an earlier reading. */
    public double secondsSince(ThreadTimes before, String names) {
        return runNs.entrySet().stream().filter(thread -> thread.getKey().matches(names))
            .mapToLong(thread -> thread.getValue()
                - before.runNs.getOrDefault(thread.getKey(), 0L)).sum() / 1e9;
    }
}
