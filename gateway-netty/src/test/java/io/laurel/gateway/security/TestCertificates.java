package io.laurel.gateway.security;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A fresh self-signed certificate and its key, as PEM.
 *
 * @param certificate for localhost and 127.0.0.1
 * @param key PKCS#8, unencrypted, readable by its owner alone
 */
public record TestCertificates(Path certificate, Path key) {
    private static final String PASSWORD = "changeit";

    /** Makes one by the tool of the JDK; the key algorithm as {@code keytool} names it. */
    public static TestCertificates make(Path directory, String name, String algorithm) {
        return make(directory, name, algorithm, "SAN=dns:localhost,ip:127.0.0.1");
    }

    /** As above, for other hosts: an extension as {@code keytool} names it. */
    public static TestCertificates make(Path directory, String name, String algorithm,
        String extension) {
        final Path store = directory.resolve(name + ".p12");
        run(List.of(System.getProperty("java.home") + "/bin/keytool", "-genkeypair", "-alias",
            "one", "-keyalg", algorithm, "-dname", "CN=" + name, "-ext", extension, "-validity",
            "2", "-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", PASSWORD));
        try (InputStream in = Files.newInputStream(store)) {
            final KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD.toCharArray());
            final Path key = write(directory.resolve(name + ".key"), "PRIVATE KEY",
                keys.getKey("one", PASSWORD.toCharArray()).getEncoded());
            Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
            return new TestCertificates(write(directory.resolve(name + ".pem"), "CERTIFICATE",
                keys.getCertificate("one").getEncoded()), key);
        } catch (final IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path write(Path file, String kind, byte[] bytes) throws IOException {
        return Files.writeString(file, "-----BEGIN " + kind + "-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes)
            + "\n-----END " + kind + "-----\n");
    }

    private static void run(List<String> command) {
        try {
            final Process tool = new ProcessBuilder(new ArrayList<>(command))
                .redirectErrorStream(true).start();
            final String said =
                new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!tool.waitFor(60, TimeUnit.SECONDS) || tool.exitValue() != 0) {
                throw new IllegalStateException("keytool: " + said);
            }
        } catch (final IOException e) {
            throw new IllegalStateException(e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
