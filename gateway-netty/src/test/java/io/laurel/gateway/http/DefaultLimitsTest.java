package io.laurel.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.laurel.gateway.json.EventJson;
import io.laurel.gateway.security.LogonLimiter;
import io.laurel.gateway.tcp.TcpSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The limits that hold where nothing is configured are those that are documented. */
class DefaultLimitsTest {
    @Test
    void shouldLimitHttpAsDocumented() {
        final HttpLimits limits = HttpLimits.DEFAULT;
        assertEquals(4_096, limits.requestLineBytes());
        assertEquals(8_192, limits.headerBytes());
        assertEquals(65_536, limits.eventBytes());
        assertEquals(65_536, EventJson.MAX_BYTES);
        assertEquals(1_048_576, limits.batchBytes());
        assertEquals(1_000, limits.batchLines());
        assertEquals(262_144, limits.documentBytes());
        assertEquals(Duration.ofSeconds(5), limits.headers());
        assertEquals(Duration.ofSeconds(10), limits.body());
        assertEquals(Duration.ofSeconds(30), limits.idle());
        assertEquals(10_000, limits.connections());
        assertEquals(50, limits.connectionsPerAddress());
        assertEquals(100, limits.requestsPerSecondPerAddress());
        assertEquals(2_000, limits.requestsPerSecondPerKey());
        assertEquals(false, limits.limitLoopback());
        assertEquals(300, RequestSignatures.TOLERANCE_SECONDS);
    }

    @Test
    void shouldLimitSessionsAsDocumented() {
        final TcpSettings settings = TcpSettings.defaults();
        assertEquals(8_192, settings.windowMessages());
        assertEquals(64, settings.maxSessionsPerKey());
        assertEquals(3_000_000_000L, settings.stepTimeoutNs());
        assertEquals(5_000_000_000L, settings.nonceLifeNs());
        assertEquals(500, TcpSettings.MIN_KEEP_ALIVE_MS);
        assertEquals(60_000, TcpSettings.MAX_KEEP_ALIVE_MS);
        assertEquals(5, LogonLimiter.MAX_FAILURES);
        assertEquals(60_000_000_000L, LogonLimiter.SPAN_NS);
        assertEquals(15 * 60_000_000_000L, LogonLimiter.MAX_REFUSAL_NS);
    }
}
