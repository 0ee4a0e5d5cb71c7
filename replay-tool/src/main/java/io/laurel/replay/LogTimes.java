package io.laurel.replay;

import java.time.Instant;

/** Log times as people read them. */
public final class LogTimes {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private LogTimes() {
    }

    /** Returns ns since the Unix epoch as RFC 3339 in UTC. */
    public static String text(long timeNs) {
        return Instant.ofEpochSecond(Math.floorDiv(timeNs, NANOS_PER_SECOND),
            Math.floorMod(timeNs, NANOS_PER_SECOND)).toString();
    }
}
