package io.laurel.gateway.http;

import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;

/**
 * Where the two listeners stand and what they bear.
 *
 * @param http address for players; port 0 picks a free one
 * @param admin address for operators; port 0 picks a free one
 * @param limits for both
 * @param httpTls what players are met with; null = no TLS
 * @param adminTls what operators are met with; null = no TLS
 */
public record HttpSettings(InetSocketAddress http, InetSocketAddress admin, HttpLimits limits,
    SslContext httpTls, SslContext adminTls) {
    /** Settings without TLS. */
    public HttpSettings(InetSocketAddress http, InetSocketAddress admin, HttpLimits limits) {
        this(http, admin, limits, null, null);
    }
}
