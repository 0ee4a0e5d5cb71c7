package io.laurel.gateway.security;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and private keys as PEM (RFC 7468), read whole and checked. */
final class PemFiles {
    private static final long MAX_BYTES = 1 << 20;
    private static final Pattern KEY = Pattern.compile(
        "-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final byte[] PROBE = "does it fit?".getBytes(StandardCharsets.US_ASCII);

    private PemFiles() {
    }

    /**
     * Returns the certificates of a file in their order, at least one.
     *
     * @throws IllegalArgumentException where it cannot be read or holds none
     */
    static List<X509Certificate> certificates(Path file) {
        try {
            final List<X509Certificate> found = new ArrayList<>();
            for (final Certificate one : CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(bytes(file)))) {
                found.add((X509Certificate) one);
            }
            if (found.isEmpty()) {
                throw new IllegalArgumentException(file + " holds no certificate in PEM");
            }
            return found;
        } catch (final CertificateException e) {
            throw new IllegalArgumentException(file + " holds no certificate in PEM", e);
        }
    }

    /**
     * Returns the private key of a file.
     *
     * @param certified key of the certificate that it must belong to
     * @throws IllegalArgumentException where it cannot be read, is not an unencrypted PKCS#8 key,
     *     or belongs to another certificate; no message repeats any of it
     */
    static PrivateKey key(Path file, PublicKey certified) {
        final Matcher pem = KEY.matcher(new String(bytes(file), StandardCharsets.ISO_8859_1));
        if (!pem.find()) {
            throw new IllegalArgumentException(file + " holds no unencrypted PKCS#8 key"
                + " (BEGIN PRIVATE KEY); openssl pkcs8 -topk8 -nodes makes one");
        }
        try {
            final PrivateKey key = KeyFactory.getInstance(certified.getAlgorithm())
                .generatePrivate(new PKCS8EncodedKeySpec(
                    Base64.getMimeDecoder().decode(pem.group(1))));
            final Signature signature = Signature.getInstance(algorithm(certified));
            signature.initSign(key);
            signature.update(PROBE);
            final byte[] signed = signature.sign();
            signature.initVerify(certified);
            signature.update(PROBE);
            if (signature.verify(signed)) {
                return key;
            }
        } catch (final GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                file + " holds no key that the certificate could belong to", e);
        }
        throw new IllegalArgumentException(file + " is the key of another certificate");
    }

    private static String algorithm(PublicKey key) {
        return switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
    }

    private static byte[] bytes(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new IllegalArgumentException(file + " is longer than 1 MiB");
            }
            return Files.readAllBytes(file);
        } catch (final IOException e) {
            throw new IllegalArgumentException(file + " cannot be read: "
                + e.getClass().getSimpleName(), e);
        }
    }
}
