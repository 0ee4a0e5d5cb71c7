package io.laurel.server.cli;

import io.laurel.gateway.client.ClientListener;
import io.laurel.gateway.json.EventJson;
import io.laurel.gateway.security.Key;
import io.laurel.protocol.wire.AckLevel;
import io.laurel.replay.CommandFailure;
import io.laurel.replay.ExitCode;
import io.laurel.replay.FileErrors;
import io.laurel.server.send.EventSender;
import io.laurel.server.send.LineReader;
import io.laurel.server.send.Pace;
import io.laurel.server.send.SendReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends events from JSON Lines over a session of its own. */
@Command(name = "send", description = "Send events over SBE/TCP. Ends when all are durable and"
    + " applied; the last line of the output is JSON.")
final class SendCommand implements Callable<Integer> {
    private static final double NANOS = 1e9;
    private static final long PROGRESS_NS = 500_000_000;
    private static final double MAX_RATE = 1e9;

    /** What moves the window. */
    enum Ack {
        durable, accepted
    }

    @Parameters(paramLabel = "FILE", description = "JSON Lines; - is the standard input.")
    private String file;

    @Option(names = "--to", paramLabel = "H:P", defaultValue = "127.0.0.1:9400",
        description = "Listener for senders (default: ${DEFAULT-VALUE}).")
    private String to;

    @Option(names = "--rate", paramLabel = "N", defaultValue = "0",
        description = "Events a second; 0 = as fast as the node takes them.")
    private double rate;

    @Option(names = "--window", paramLabel = "N", defaultValue = "8192",
        description = "Most unacknowledged events; rounded down to a power of two (default:"
            + " ${DEFAULT-VALUE}).")
    private int window;

    @Option(names = "--ack", paramLabel = "LEVEL", defaultValue = "durable",
        description = "What moves the window: durable or accepted (default: ${DEFAULT-VALUE}).")
    private Ack ack;

    @Option(names = "--tls", description = "Speak TLS; --ca and --cert mean it too.")
    private boolean secured;

    @Mixin
    private SigningOptions signing;

    @Mixin
    private TlsOptions tls;

    @Spec
    private CommandSpec spec;

    private EventSender sender;
    private long shownNs;

    @Override
    public Integer call() {
        if (window < 1 || window > EventSender.WINDOW) {
            throw new CommandFailure(ExitCode.USAGE, "--window goes from 1 to "
                + EventSender.WINDOW);
        }
        if (!(rate >= 0 && rate <= MAX_RATE)) {
            throw new CommandFailure(ExitCode.USAGE, "--rate goes from 0 to " + (long) MAX_RATE);
        }
        final Pace pace = new Pace(rate);
        try (InputStream in = open()) {
            sender = EventSender.connect(address(), key(),
                ack == Ack.durable ? AckLevel.DURABLE : AckLevel.ACCEPTED,
                Integer.highestOneBit(window), secured || tls.isGiven() ? tls.context() : null,
                ClientListener.NONE);
            return send(new LineReader(in, EventJson.MAX_BYTES), pace);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.UNREACHABLE, to + ": " + e.getMessage(), e);
        } finally {
            if (sender != null) {
                sender.close();
            }
        }
    }

    private int send(LineReader lines, Pace pace) {
        final PrintWriter err = spec.commandLine().getErr();
        ExitCode code = ExitCode.DONE;
        try {
            while (next(lines)) {
                if (lines.isBlank()) {
                    continue;
                }
                pace.await();
                if (sender.send(lines.bytes(), 0, lines.length()) == 0) {
                    err.println("line " + lines.number() + ": " + sender.problem());
                }
                showProgress(pace, err);
            }
            sender.finish();
        } catch (IOException e) {
            err.println(spec.qualifiedName() + ": " + to + ": " + e.getMessage());
            code = ExitCode.UNREACHABLE;
        }
        final SendReport report = sender.report();
        spec.commandLine().getOut().println(report.json(pace.elapsedNs() / NANOS));
        spec.commandLine().getOut().flush();
        return code.code();
    }

    private boolean next(LineReader lines) {
        try {
            return lines.next();
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.BAD_DOCUMENT, file + " cannot be read: "
                + e.getMessage(), e);
        }
    }

    private void showProgress(Pace pace, PrintWriter err) {
        if (System.console() != null && pace.elapsedNs() - shownNs > PROGRESS_NS) {
            shownNs = pace.elapsedNs();
            err.print("\r" + sender.acknowledged() + " acknowledged");
            err.flush();
        }
    }

    private InputStream open() {
        try {
            return file.equals("-") ? System.in : Files.newInputStream(Path.of(file));
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.BAD_DOCUMENT, file + " cannot be read: "
                + FileErrors.reason(e), e);
        }
    }

    private Key key() {
        return signing.keyId() == null ? null
            : new Key(signing.keyId(), signing.secret(), Set.of(Key.SEND), Set.of());
    }

    private InetSocketAddress address() {
        final int colon = to.lastIndexOf(':');
        if (colon < 1 || !to.substring(colon + 1).matches("[0-9]{1,5}")) {
            throw new CommandFailure(ExitCode.USAGE,
                "--to: '" + to + "' is not an address such as 127.0.0.1:9400");
        }
        final InetSocketAddress address = new InetSocketAddress(to.substring(0, colon),
            Integer.parseInt(to.substring(colon + 1)));
        if (address.isUnresolved()) {
            throw new CommandFailure(ExitCode.UNREACHABLE, "--to: no address is known for "
                + to.substring(0, colon));
        }
        return address;
    }
}
