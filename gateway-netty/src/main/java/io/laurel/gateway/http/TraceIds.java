package io.laurel.gateway.http;

import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ids by which a request is found again: the client's by W3C Trace Context, or a new one. */
final class TraceIds {
    private static final Pattern TRACE_PARENT =
        Pattern.compile("00-(?!0{32})([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}");
    private static final SplittableRandom RANDOM = new SplittableRandom();

    private TraceIds() {
    }

    /** Returns the trace id of a {@code traceparent} header, or a new one. */
    static String of(String traceParent) {
        if (traceParent != null) {
            final Matcher form = TRACE_PARENT.matcher(traceParent);
            if (form.matches()) {
                return form.group(1);
            }
        }
        synchronized (RANDOM) {
            return HexFormat.of().toHexDigits(RANDOM.nextLong())
                + HexFormat.of().toHexDigits(RANDOM.nextLong());
        }
    }
}
