package io.laurel.gateway.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may stand in the files. */
class TlsTest {
    @TempDir
    private static Path directory;
    private static TestCertificates own;
    private static TestCertificates other;

    @BeforeAll
    static void makeCertificates() {
        own = TestCertificates.make(directory, "own", "EC");
        other = TestCertificates.make(directory, "other", "EC");
    }

    private static String refusal(Path certificate, Path key, Path ca) {
        return assertThrows(IllegalArgumentException.class,
            () -> Tls.forListener(certificate, key, ca, Tls.PROTOCOLS)).getMessage();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void shouldTakeKeysOfEveryUsualKind(String algorithm) {
        final TestCertificates made = TestCertificates.make(directory, algorithm, algorithm);
        assertTrue(Tls.forListener(made.certificate(), made.key(), null, Tls.PROTOCOLS)
            .isServer());
        assertNotNull(Tls.forClient(made.certificate(), made.certificate(), made.key()));
    }

    @Test
    void shouldOfferStrongCiphersOnly() {
        for (final String cipher : Tls.forListener(own.certificate(), own.key(), null,
            Tls.PROTOCOLS).cipherSuites()) {
            assertTrue(cipher.contains("_GCM_") || cipher.contains("CHACHA20"), cipher);
            assertFalse(cipher.startsWith("TLS_RSA"), cipher);
        }
    }

    @Test
    void shouldSayWhatIsWrongWithAFile() throws IOException {
        final Path empty = Files.writeString(directory.resolve("empty.pem"), "");
        final Path none = directory.resolve("none.pem");
        assertTrue(refusal(empty, own.key(), null).endsWith("holds no certificate in PEM"));
        assertTrue(refusal(own.key(), own.key(), null).endsWith("holds no certificate in PEM"));
        assertTrue(refusal(none, own.key(), null).contains("cannot be read"));
        assertTrue(refusal(own.certificate(), none, null).contains("cannot be read"));
        assertTrue(refusal(own.certificate(), empty, null).contains("PKCS#8"));
        assertTrue(refusal(own.certificate(), own.key(), empty).endsWith("in PEM"));
        assertEquals(other.key() + " is the key of another certificate",
            refusal(own.certificate(), other.key(), null));
        final TestCertificates rsa = TestCertificates.make(directory, "rsa", "RSA");
        assertEquals(rsa.key() + " holds no key that the certificate could belong to",
            refusal(own.certificate(), rsa.key(), null));
    }
}
