package io.laurel.server.config;

import io.laurel.gateway.security.Tls;
import io.netty.handler.ssl.SslContext;
import java.nio.file.Path;
import java.util.List;

/** The TLS of one listener, read and tried out; errors name the key whose file is wrong. */
final class TlsValues {
    private final ConfigValues values;
    private final String certificateFile;
    private final String keyFile;
    private final String clientCaFile;
    private final String protocols;

    TlsValues(ConfigValues values, String prefix) {
        this.values = values;
        certificateFile = prefix + ".certificate_file";
        keyFile = prefix + ".key_file";
        clientCaFile = prefix + ".client_ca_file";
        protocols = prefix + ".protocols";
    }

    /** Returns what the listener needs; null where none of the files is named. */
    SslContext context() {
        final Path certificate = file(certificateFile);
        final Path key = file(keyFile);
        final Path clientCa = file(clientCaFile);
        if (certificate == null) {
            for (final String other : List.of(keyFile, clientCaFile)) {
                if (file(other) != null) {
                    throw values.error(other, "goes with " + certificateFile);
                }
            }
            return null;
        }
        if (key == null) {
            throw values.error(certificateFile, "goes with " + keyFile);
        }
        final List<String> versions = values.list(protocols);
        if (versions.isEmpty() || !Tls.PROTOCOLS.containsAll(versions)) {
            throw values.error(protocols, "some of " + String.join(", ", Tls.PROTOCOLS)
                + " are wanted");
        }
        return build(certificate, key, clientCa, versions);
    }

    private SslContext build(Path certificate, Path key, Path clientCa, List<String> versions) {
        check(certificateFile, () -> Tls.checkCertificates(certificate));
        if (clientCa != null) {
            check(clientCaFile, () -> Tls.checkCertificates(clientCa));
        }
        check(keyFile, () -> Secrets.requirePrivate(key, "key file"));
        final SslContext[] built = new SslContext[1];
        check(keyFile, () -> built[0] = Tls.forListener(certificate, key, clientCa, versions));
        return built[0];
    }

    private void check(String key, Runnable step) {
        try {
            step.run();
        } catch (IllegalArgumentException | ConfigException e) {
            throw values.error(key, e.getMessage());
        }
    }

    private Path file(String key) {
        final String name = values.has(key) ? values.text(key) : "";
        return name.isEmpty() ? null : Path.of(name);
    }
}
