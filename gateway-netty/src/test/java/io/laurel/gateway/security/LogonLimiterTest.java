package io.laurel.gateway.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LogonLimiterTest {
    private static final long SECOND = 1_000_000_000L;

    private final LogonLimiter limiter = new LogonLimiter();
    private long nowNs = -5 * SECOND;

    private long waitNs() {
        return limiter.refusedForNs("k", "10.0.0.1", nowNs);
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            limiter.onFailure("k", "10.0.0.1", nowNs);
        }
    }

    @Test
    void shouldRefuseAfterFiveFailuresWithinAMinute() {
        fail(4);
        assertEquals(0, waitNs());
        fail(1);
        assertEquals(60 * SECOND, waitNs());
        nowNs += 59 * SECOND;
        assertEquals(SECOND, waitNs());
        nowNs += SECOND;
        assertEquals(0, waitNs());
    }

    @Test
    void shouldNotCountFailuresOlderThanAMinute() {
        fail(4);
        nowNs += 61 * SECOND;
        fail(4);
        assertEquals(0, waitNs());
    }

    @Test
    void shouldDoubleTheRefusalUpToFifteenMinutes() {
        final long[] expected = {60, 120, 240, 480, 900, 900};
        for (final long seconds : expected) {
            fail(5);
            assertEquals(seconds * SECOND, waitNs());
            nowNs += waitNs();
        }
    }

    @Test
    void shouldKeepKeysAndAddressesApart() {
        fail(5);
        assertEquals(0, limiter.refusedForNs("k", "10.0.0.2", nowNs));
        assertEquals(0, limiter.refusedForNs("other", "10.0.0.1", nowNs));
    }

    @Test
    void shouldForgetAfterAGoodLogon() {
        fail(4);
        limiter.onSuccess("k", "10.0.0.1");
        fail(4);
        assertEquals(0, waitNs());
    }

    @Test
    void shouldStayBoundedUnderAFloodOfNames() {
        fail(5);
        for (int i = 0; i < 9_000; i++) {
            limiter.onFailure("guess" + i, "10.0.0.1", nowNs);
        }
        assertTrue(waitNs() > 0);
    }
}
