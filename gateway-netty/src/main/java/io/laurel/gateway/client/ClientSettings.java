package io.laurel.gateway.client;

import io.laurel.gateway.security.Key;
import io.laurel.gateway.tcp.TcpSettings;
import io.laurel.protocol.wire.AckLevel;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLContext;
import org.agrona.BitUtil;

/**
 * What a client needs to know.
 *
 * @param address of the node
 * @param key that signs; null where the node has no keys
 * @param sessionId not 0; stable over connections
 * @param sessionVerId greater than any used before with this session
 * @param ackLevel which position moves the window: durable or accepted
 * @param window most unacknowledged events, a power of two; the node may allow fewer
 * @param keepAliveMs longest silence of both sides, 500 to 60,000
 * @param logonTimeoutMs how long one attempt to log on may take
 * @param reconnectForMs how long to try again after a connection is lost, before giving up
 * @param tls trust and keys where the node speaks TLS; null = it does not
 */
public record ClientSettings(InetSocketAddress address, Key key, long sessionId,
    long sessionVerId, AckLevel ackLevel, int window, int keepAliveMs, int logonTimeoutMs,
    int reconnectForMs, SSLContext tls) {
    /** Checks the window and the session. */
    public ClientSettings {
        if (window < 1 || Integer.bitCount(window) != 1) {
            throw new IllegalArgumentException("the window is a power of two");
        }
        if (sessionId == 0) {
            throw new IllegalArgumentException("0 is not a session");
        }
    }

    /** Settings without TLS. */
    public ClientSettings(InetSocketAddress address, Key key, long sessionId, long sessionVerId,
        AckLevel ackLevel, int window, int keepAliveMs, int logonTimeoutMs, int reconnectForMs) {
        this(address, key, sessionId, sessionVerId, ackLevel, window, keepAliveMs,
            logonTimeoutMs, reconnectForMs, null);
    }

    /** Returns settings with the usual times, window and durable acknowledgements. */
    public static ClientSettings of(InetSocketAddress address, Key key, long sessionId,
        long sessionVerId) {
        return new ClientSettings(address, key, sessionId, sessionVerId, AckLevel.DURABLE, 8_192,
            5_000, 5_000, 30_000);
    }

    /** Returns the same with another ack level and window. */
    public ClientSettings with(AckLevel level, int windowMessages) {
        return new ClientSettings(address, key, sessionId, sessionVerId, level, windowMessages,
            keepAliveMs, logonTimeoutMs, reconnectForMs, tls);
    }

    /** Returns the same over TLS; null = without. */
    public ClientSettings with(SSLContext context) {
        return new ClientSettings(address, key, sessionId, sessionVerId, ackLevel, window,
            keepAliveMs, logonTimeoutMs, reconnectForMs, context);
    }

    /**
     * Returns how many events a client keeps, a power of two: all that a node may have lost which
     * it had acknowledged, and a window more.
     */
    int kept() {
        final int lost = ackLevel == AckLevel.ACCEPTED
            ? TcpSettings.ACCEPTED_WINDOWS * TcpSettings.defaults().windowMessages() : window;
        return BitUtil.findNextPositivePowerOfTwo(lost + window);
    }
}
