package io.laurel.perf.proc;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a Java process is started: with the launcher's flags and this process's class path. Nodes
 * take what {@code LAUREL_JAVA_OPTS} holds too, so that they can be profiled.
 */
public final class Jvm {
    private static final String ROOT = "laurel.root";
    private static final String OPTIONS = "bin/jvm.options";

    private Jvm() {
    }

    /** Returns the flags of the environment. */
    static List<String> moreFlags() {
        final String more = System.getenv().getOrDefault("LAUREL_JAVA_OPTS", "").strip();
        return more.isEmpty() ? List.of() : List.of(more.split("\\s+"));
    }

    /** Returns the command line of a class, without its arguments. */
    public static List<String> command(Class<?> main, List<String> flags) {
        final List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        final Path options = Path.of(System.getProperty(ROOT, "."), OPTIONS);
        if (!Files.isReadable(options)) {
            throw new IllegalStateException("bench must be started by bin/laurel: no " + options);
        }
        command.add("@" + options);
        command.addAll(flags);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        return command;
    }
}
