package io.laurel.gateway.security;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.agrona.DirectBuffer;

/**
 * HMAC-SHA-256 over the bytes that the session layer signs: {@code "LRL1"}, template id (u16,
 * little-endian), nonce, the block up to the signature, TLS exporter (32 bytes, zeros without TLS).
 * Not for several threads.
 */
public final class Signer {
    /** Length of a signature in bytes. */
    public static final int MAC_BYTES = 32;
    /** Length of a nonce in bytes. */
    public static final int NONCE_BYTES = 32;
    /** Length of what TLS exports, in bytes. */
    public static final int EXPORTER_BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";
    private static final byte[] PREFIX = {'L', 'R', 'L', '1'};
    private static final byte[] NO_TLS = new byte[EXPORTER_BYTES];

    private final Mac mac;
    private final byte[] block = new byte[1024];

    /** A signer. */
    public Signer() {
        try {
            mac = Mac.getInstance(ALGORITHM);
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    /** Returns an exporter of zeros, for a connection without TLS. */
    public static byte[] noTls() {
        return NO_TLS.clone();
    }

    /**
     * Signs a message of the session layer.
     *
     * @param nonce 32 bytes
     * @param buffer holds the block
     * @param offset first byte of the block
     * @param length bytes of the block before the signature, at most 1,024
     * @param exporter 32 bytes
     * @return 32 bytes
     */
    public byte[] sign(Key key, int templateId, byte[] nonce, DirectBuffer buffer, int offset,
        int length, byte[] exporter) {
        start(key);
        mac.update(PREFIX);
        mac.update((byte) templateId);
        mac.update((byte) (templateId >>> 8));
        mac.update(nonce);
        buffer.getBytes(offset, block, 0, length);
        mac.update(block, 0, length);
        mac.update(exporter);
        return mac.doFinal();
    }

    /** Signs any bytes. */
    public byte[] sign(Key key, byte[] bytes) {
        start(key);
        return mac.doFinal(bytes);
    }

    /** Returns whether two signatures are the same; takes as long wherever they differ. */
    public static boolean same(byte[] one, byte[] other) {
        return MessageDigest.isEqual(one, other);
    }

    private void start(Key key) {
        try {
            mac.init(new SecretKeySpec(key.secret(), ALGORITHM));
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("key " + key.id() + " cannot sign", e);
        }
    }
}
