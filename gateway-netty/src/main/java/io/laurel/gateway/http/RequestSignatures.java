package io.laurel.gateway.http;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signed requests: header {@code Laurel-Signature: kid=…, t=<unix s>, n=<nonce>, v1=<hex>}, an
 * HMAC-SHA-256 over {@code METHOD\nPATH?QUERY\nt\nn\nSHA256(body)}, the target as it was sent, the
 * hash in lower-case hex. An unknown key costs the same time as a wrong signature. Only nonces of
 * good signatures are remembered, for twice the tolerance, and never forgotten early. One thread.
 */
public final class RequestSignatures {
    /** Name of the header. */
    public static final String HEADER = "Laurel-Signature";
    /** How far {@code t} may be from the node's clock, seconds. */
    public static final long TOLERANCE_SECONDS = 300;

    private static final String ALGORITHM = "HmacSHA256";
    /** The four parts in any order, each once. */
    private static final List<String> PARTS = List.of("kid", "t", "n", "v1");
    private static final List<Pattern> FORMS = List.of(
        Pattern.compile("[\\x21-\\x2B\\x2D-\\x7E]{1,64}"), Pattern.compile("[0-9]{1,12}"),
        Pattern.compile("[A-Za-z0-9+/=_.-]{1,64}"), Pattern.compile("[0-9a-fA-F]{64}"));

    private final RequestKeys keys;
    private final int noncesPerKey;
    private final Map<String, LinkedHashMap<String, Long>> noncesByKey = new HashMap<>();
    private final byte[] strangerSecret = new byte[32];
    private final Mac mac;
    private final MessageDigest sha256;

    /** What a signature turned out to be. */
    public enum Verdict {
        /** Good; {@link Checked#key()} signed. */
        GOOD,
        /** Not of the form above. */
        MALFORMED,
        /** The signature does not fit, or nobody has that key. */
        BAD,
        /** {@code t} is too far from the node's clock. */
        STALE,
        /** This nonce was used before. */
        REPLAYED,
        /** Too many nonces of this key are remembered; try again later. */
        FULL
    }

    /** A verdict; the key is null unless it is good. */
    public record Checked(Verdict verdict, RequestKeys.Key key) {
    }

    /** Verifies against these keys. */
    public RequestSignatures(RequestKeys keys, int noncesPerKey) {
        this.keys = keys;
        this.noncesPerKey = noncesPerKey;
        new SecureRandom().nextBytes(strangerSecret);
        try {
            mac = Mac.getInstance(ALGORITHM);
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * Returns the header that signs a request.
     *
     * @param target path and query as they will be sent
     */
    public static String sign(RequestKeys.Key key, String method, String target, byte[] body,
        long unixSeconds, String nonce) {
        final RequestSignatures signer = new RequestSignatures(RequestKeys.NONE, 0);
        final byte[] v1 =
            signer.mac(key.secret(), method, target, Long.toString(unixSeconds), nonce, body);
        return "kid=" + key.id() + ", t=" + unixSeconds + ", n=" + nonce + ", v1="
            + HexFormat.of().formatHex(v1);
    }

    /**
     * Checks a request.
     *
     * @param header as it was sent
     * @param target path and query as they were sent
     * @param nowSeconds the node's clock, s since the Unix epoch
     */
    public Checked check(String header, String method, String target, byte[] body,
        long nowSeconds) {
        final String[] parts = parts(header);
        if (parts == null) {
            return new Checked(Verdict.MALFORMED, null);
        }
        final RequestKeys.Key key = keys.find(parts[0]);
        final byte[] wanted = mac(key == null ? strangerSecret : key.secret(), method, target,
            parts[1], parts[2], body);
        final boolean same = MessageDigest.isEqual(wanted, HexFormat.of().parseHex(parts[3]));
        if (!same || key == null) {
            return new Checked(Verdict.BAD, null);
        }
        if (Math.abs(Long.parseLong(parts[1]) - nowSeconds) > TOLERANCE_SECONDS) {
            return new Checked(Verdict.STALE, null);
        }
        final Verdict verdict = remember(key.id(), parts[2], nowSeconds);
        return new Checked(verdict, verdict == Verdict.GOOD ? key : null);
    }

    /** Returns the values in the order of {@link #PARTS}, or null. */
    private static String[] parts(String header) {
        final String[] values = new String[PARTS.size()];
        for (final String part : header.split(",", -1)) {
            final String[] pair = part.strip().split("=", 2);
            final int at = PARTS.indexOf(pair[0]);
            if (pair.length < 2 || at < 0 || values[at] != null
                || !FORMS.get(at).matcher(pair[1]).matches()) {
                return null;
            }
            values[at] = pair[1];
        }
        return Arrays.asList(values).contains(null) ? null : values;
    }

    private Verdict remember(String kid, String nonce, long nowSeconds) {
        final LinkedHashMap<String, Long> nonces =
            noncesByKey.computeIfAbsent(kid, id -> new LinkedHashMap<>());
        // the oldest stand first; a clock that was set back only keeps them longer
        final var oldest = nonces.entrySet().iterator();
        while (oldest.hasNext()
            && oldest.next().getValue() + 2 * TOLERANCE_SECONDS < nowSeconds) {
            oldest.remove();
        }
        if (nonces.containsKey(nonce)) {
            return Verdict.REPLAYED;
        }
        if (nonces.size() >= noncesPerKey) {
            return Verdict.FULL;
        }
        nonces.put(nonce, nowSeconds);
        return Verdict.GOOD;
    }

    private byte[] mac(byte[] secret, String method, String target, String t, String n,
        byte[] body) {
        final String text = method + "\n" + target + "\n" + t + "\n" + n + "\n"
            + HexFormat.of().formatHex(sha256.digest(body));
        try {
            mac.init(new SecretKeySpec(secret, ALGORITHM));
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("a key cannot sign", e);
        }
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }
}
