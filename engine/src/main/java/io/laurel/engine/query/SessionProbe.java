package io.laurel.engine.query;

/**
 * What became of an earlier message of a session.
 *
 * @param known whether it is still remembered (the last 8,192 are)
 * @param sameContent whether it had the content that was asked about
 * @param code {@link io.laurel.engine.ResultCode} number of its outcome
 * @param sequence that its outcome named
 */
public record SessionProbe(boolean known, boolean sameContent, int code, long sequence) {
    /** The answer where nothing is remembered. */
    public static final SessionProbe UNKNOWN = new SessionProbe(false, false, 0, 0);
}
