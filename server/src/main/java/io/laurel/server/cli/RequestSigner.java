package io.laurel.server.cli;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests: HMAC-SHA-256 over method, target, time, nonce and the SHA-256 of the body, one
 * line each.
 */
final class RequestSigner {
    /** Header of the signature. */
    static final String HEADER = "Laurel-Signature";
    private static final int NONCE_BYTES = 16;

    private final SecureRandom random = new SecureRandom();
    private final String keyId;
    private final byte[] secret;

    RequestSigner(String keyId, byte[] secret) {
        this.keyId = keyId;
        this.secret = secret.clone();
    }

    /** Returns the value of the header. */
    String sign(String method, String target, byte[] body) {
        final byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        return sign(method, target, body, System.currentTimeMillis() / 1_000,
            HexFormat.of().formatHex(nonce));
    }

    String sign(String method, String target, byte[] body, long seconds, String nonce) {
        try {
            final String digest = HexFormat.of().formatHex(
                MessageDigest.getInstance("SHA-256").digest(body));
            final Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            final String text = String.join("\n", method, target, Long.toString(seconds), nonce,
                digest);
            return "kid=" + keyId + ", t=" + seconds + ", n=" + nonce + ", v1="
                + HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has these", e);
        }
    }
}
