package io.laurel.gateway.http;

import java.net.InetSocketAddress;

/**
 * Where the two listeners stand and what they bear.
 *
 * @param http address for players; port 0 picks a free one
 * @param admin address for operators; port 0 picks a free one
 * @param limits for both
 */
public record HttpSettings(InetSocketAddress http, InetSocketAddress admin, HttpLimits limits) {
}
