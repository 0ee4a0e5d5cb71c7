package io.laurel.server.cli;

import io.laurel.engine.recovery.Progress;
import io.laurel.replay.LogTimes;
import io.laurel.server.FailStopExit;
import io.laurel.server.LaurelServer;
import io.laurel.server.StartOrder;
import io.laurel.server.config.ConfigLoader;
import io.laurel.server.config.ConfigTree;
import io.laurel.server.config.LaurelConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a node until it is told to stop. */
@Command(name = "server", description = "Run a node. Prints one line when it is ready; SIGTERM"
    + " works off what was taken and ends it.")
final class ServerCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger("laurel");
    /** No key has such a name. */
    private static final String ACCOUNT = "os:";

    @Option(names = "--config", paramLabel = "FILE", description = "Configuration (YAML).")
    private Path configFile;

    @Option(names = "--data", paramLabel = "DIR", description = "Data directory.")
    private String data;

    @Option(names = "--tcp", paramLabel = "PORT", description = "Port for senders; 0 = a free one.")
    private String tcp;

    @Option(names = "--http", paramLabel = "PORT", description = "Port for players.")
    private String http;

    @Option(names = "--admin", paramLabel = "PORT", description = "Port for operators.")
    private String admin;

    @Option(names = "--clock", paramLabel = "MODE", description = "system or event.")
    private String clock;

    @Option(names = "-D", paramLabel = "KEY=VALUE",
        description = "Any key of the configuration, such as -D journal.ack=accepted.")
    private Map<String, String> settings = Map.of();

    @Option(names = "--skip", paramLabel = "SEQ", defaultValue = "0",
        description = "Pass the command of this sequence, which could not be applied; it is"
            + " written into the log with the account and --reason.",
        showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER)
    private long skip;

    @Mixin
    private ReasonOption why;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        final LaurelConfig config = ConfigLoader.load(configFile, flags(), ports(),
            line -> LOG.info("configuration {}", line));
        if (config.keys().isEmpty()) {
            LOG.warn("no keys are configured: everybody on this machine may send and operate");
        }
        final StartOrder order =
            new StartOrder(skip, ACCOUNT + System.getProperty("user.name"), why.reason());
        final LaurelServer server =
            LaurelServer.start(config, order, progress(), new FailStopExit());
        stopOnSignal(server);
        final PrintWriter out = spec.commandLine().getOut();
        out.println(server.readyLine());
        out.flush();
        new CountDownLatch(1).await();
        return 0;
    }

    private static void stopOnSignal(LaurelServer server) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            int code = 0;
            try {
                server.close();
                LOG.info("stopped");
            } catch (RuntimeException e) {
                LOG.error("stopped with a failure", e);
                code = FailStopExit.FAILED;
            }
            // the exit code of a process that a signal ends would not be 0
            Runtime.getRuntime().halt(code);
        }, "laurel-stop"));
    }

    private ConfigTree flags() {
        final ConfigTree flags = ConfigTree.empty();
        settings.forEach((key, value) -> flags.put(key, value, "-D"));
        if (data != null) {
            flags.put("data", data, "--data");
        }
        if (clock != null) {
            flags.put("clock", clock, "--clock");
        }
        return flags;
    }

    private Map<String, String> ports() {
        final Map<String, String> ports = new TreeMap<>();
        if (tcp != null) {
            ports.put("tcp", tcp);
        }
        if (http != null) {
            ports.put("http", http);
        }
        if (admin != null) {
            ports.put("admin", admin);
        }
        return ports;
    }

    /** Shows on a terminal how far the replay has come; nothing in a pipe. */
    static Progress progress() {
        return System.console() == null ? Progress.NONE
            : (sequence, timeNs) -> System.err.print("\rreplayed " + sequence + " to "
                + LogTimes.text(timeNs) + "   ");
    }
}
