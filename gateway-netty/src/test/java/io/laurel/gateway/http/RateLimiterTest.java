package io.laurel.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RateLimiterTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void shouldGrantABurstOfOneSecondAndThenTheRate() {
        final RateLimiter<String> limiter = new RateLimiter<>(10);
        long now = 5 * SECOND;
        int granted = 0;
        for (int i = 0; i < 100; i++) {
            granted += limiter.tryTake("a", now) ? 1 : 0;
        }
        assertEquals(10, granted);
        granted = 0;
        for (int i = 0; i < 1_000; i++) {
            now += SECOND / 100;
            granted += limiter.tryTake("a", now) ? 1 : 0;
        }
        assertEquals(100, granted);
        assertTrue(limiter.tryTake("b", now));
    }

    @Test
    void shouldForgetWhoIsQuietAndStayBounded() {
        final RateLimiter<Integer> limiter = new RateLimiter<>(1);
        for (int i = 0; i < RateLimiter.MAX_BUCKETS; i++) {
            assertTrue(limiter.tryTake(i, SECOND));
        }
        assertTrue(limiter.tryTake(-1, SECOND));
        assertFalse(limiter.tryTake(-2, SECOND), "beyond the bound all share one bucket");
        assertEquals(RateLimiter.MAX_BUCKETS, limiter.size());
        assertTrue(limiter.tryTake(-3, 4 * SECOND));
        assertEquals(1, limiter.size());
    }
}
