package io.laurel.gateway.http;

import java.time.Duration;

/**
 * What one client may ask of a listener. The defaults are those of the documentation.
 *
 * @param requestLineBytes longest first line
 * @param headerBytes all headers together
 * @param eventBytes one event
 * @param batchBytes one batch of events
 * @param batchLines events in one batch
 * @param documentBytes one document of an operator
 * @param bodyMemoryBytes all bodies that are being received at one time
 * @param headers from the first byte of a request to the last of its headers
 * @param body from the headers to the last byte of the body
 * @param idle between two requests, and for taking an answer
 * @param sequenceWait how long a read waits for {@code min_sequence}
 * @param connections of both listeners together
 * @param connectionsPerAddress from one address (IPv6: one network of 64 bits)
 * @param requestsPerSecondPerAddress refill of its token bucket, which holds one second's worth
 * @param requestsPerSecondPerKey the same for a key
 * @param limitLoopback whether the rates bind loopback addresses too
 * @param noncesPerKey remembered at most; beyond that, signed requests are answered with 503
 */
public record HttpLimits(int requestLineBytes, int headerBytes, int eventBytes, int batchBytes,
    int batchLines, int documentBytes, long bodyMemoryBytes, Duration headers, Duration body,
    Duration idle, Duration sequenceWait, int connections, int connectionsPerAddress,
    int requestsPerSecondPerAddress, int requestsPerSecondPerKey, boolean limitLoopback,
    int noncesPerKey) {

    /** The limits that hold where nothing else is configured. */
    public static final HttpLimits DEFAULT = new HttpLimits(4 << 10, 8 << 10, 64 << 10, 1 << 20,
        1_000, 256 << 10, 128L << 20, Duration.ofSeconds(5), Duration.ofSeconds(10),
        Duration.ofSeconds(30), Duration.ofSeconds(1), 10_000, 50, 100, 2_000, false, 1_500_000);

    /** Returns these limits with other times. */
    public HttpLimits withTimes(Duration forHeaders, Duration forBody, Duration forIdle) {
        return new HttpLimits(requestLineBytes, headerBytes, eventBytes, batchBytes, batchLines,
            documentBytes, bodyMemoryBytes, forHeaders, forBody, forIdle, sequenceWait,
            connections, connectionsPerAddress, requestsPerSecondPerAddress,
            requestsPerSecondPerKey, limitLoopback, noncesPerKey);
    }

    /** Returns these limits with other numbers of connections. */
    public HttpLimits withConnections(int all, int perAddress) {
        return new HttpLimits(requestLineBytes, headerBytes, eventBytes, batchBytes, batchLines,
            documentBytes, bodyMemoryBytes, headers, body, idle, sequenceWait, all, perAddress,
            requestsPerSecondPerAddress, requestsPerSecondPerKey, limitLoopback, noncesPerKey);
    }

    /** Returns these limits with other rates, and whether they bind loopback addresses. */
    public HttpLimits withRates(int perAddress, int perKey, boolean loopbackToo) {
        return new HttpLimits(requestLineBytes, headerBytes, eventBytes, batchBytes, batchLines,
            documentBytes, bodyMemoryBytes, headers, body, idle, sequenceWait, connections,
            connectionsPerAddress, perAddress, perKey, loopbackToo, noncesPerKey);
    }
}
