package io.laurel.server.cli;

import io.laurel.gateway.security.Tls;
import io.laurel.replay.CommandFailure;
import io.laurel.replay.ExitCode;
import io.laurel.server.config.ConfigException;
import io.laurel.server.config.Secrets;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import picocli.CommandLine.Option;

/** Options of every command that may speak TLS. */
final class TlsOptions {
    @Option(names = "--ca", paramLabel = "FILE", description = "PEM certificates, one of which"
        + " vouches for the node; without, those that the Java platform trusts.")
    private Path ca;

    @Option(names = "--cert", paramLabel = "FILE",
        description = "PEM certificate to show to a node that asks for one.")
    private Path certificate;

    @Option(names = "--cert-key", paramLabel = "FILE",
        description = "Its private key: PEM, PKCS#8, unencrypted.")
    private Path certificateKey;

    /** Returns whether any of them was given. */
    boolean isGiven() {
        return ca != null || certificate != null || certificateKey != null;
    }

    /** Returns trust and keys. */
    SSLContext context() {
        if ((certificate == null) != (certificateKey == null)) {
            throw new CommandFailure(ExitCode.USAGE, "--cert and --cert-key go together");
        }
        try {
            if (certificateKey != null) {
                Secrets.requirePrivate(certificateKey, "key file");
            }
            return Tls.forClient(ca, certificate, certificateKey);
        } catch (IllegalArgumentException | ConfigException e) {
            throw new CommandFailure(ExitCode.USAGE, e.getMessage());
        }
    }
}
