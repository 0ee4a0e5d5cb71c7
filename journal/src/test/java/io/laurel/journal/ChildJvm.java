package io.laurel.journal;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starts a main class of the tests in a JVM of its own, with the flags of this one. */
final class ChildJvm {
    private static final long DEADLINE_S = 60;

    private ChildJvm() {
    }

    static Process start(Class<?> main, String... arguments) throws IOException {
        return start("", main, arguments);
    }

    /** Leaves one of the flags out. */
    static Process start(String without, Class<?> main, String... arguments)
        throws IOException {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator
            + "java");
        for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (!without.isEmpty() && flag.contains(without)) {
                continue;
            }
            if (flag.startsWith("--add-") || flag.startsWith("--enable-")
                || flag.startsWith("-Dchronicle.")) {
                command.add(flag);
            }
        }
        command.add("-Xmx256m");
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    }

    static int exitCode(Process process) throws InterruptedException {
        if (!process.waitFor(DEADLINE_S, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("the child did not end in " + DEADLINE_S + " s");
        }
        return process.exitValue();
    }
}
