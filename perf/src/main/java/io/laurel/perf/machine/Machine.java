package io.laurel.perf.machine;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What stands beside every figure: processor, cores, memory, Java, kernel. */
public record Machine(String cpu, int cores, long memoryBytes, String java, String kernel) {
    /** Below this the threads of a node and its senders share cores. */
    public static final int ENOUGH_CORES = 4;

    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final Path MEMORY_INFO = Path.of("/proc/meminfo");

    /** Describes this machine. */
    public static Machine here() {
        final OperatingSystemMXBean system =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Machine(cpuName(), Runtime.getRuntime().availableProcessors(),
            system.getTotalMemorySize(),
            System.getProperty("java.vm.name") + " " + System.getProperty("java.version"),
            System.getProperty("os.name") + " " + System.getProperty("os.version"));
    }

    /** Returns how much memory new programs could have, in bytes; all of it where nobody says. */
    public static long availableBytes() {
        try (var lines = Files.lines(MEMORY_INFO)) {
            return lines.filter(line -> line.startsWith("MemAvailable:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
                .findFirst().orElseGet(() -> here().memoryBytes());
        } catch (IOException e) {
            return here().memoryBytes();
        }
    }

    private static String cpuName() {
        try (var lines = Files.lines(CPU_INFO)) {
            return lines.filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip()).findFirst()
                .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }

    /** Returns it as it stands in the results. */
    public Map<String, Object> json() {
        final Map<String, Object> json = new LinkedHashMap<>();
        json.put("cpu", cpu);
        json.put("cores", cores);
        json.put("memory_bytes", memoryBytes);
        json.put("java", java);
        json.put("kernel", kernel);
        return json;
    }

    @Override
    public String toString() {
        return cpu + ", " + cores + " cores, " + (memoryBytes >> 30) + " GiB, " + java + ", "
            + kernel;
    }
}
