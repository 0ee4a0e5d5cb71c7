package io.laurel.gateway.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who is connected, how often from where, and how much is being received. Event loop only. */
final class ConnectionTable {
    private static final int IPV6_NETWORK_BYTES = 8;

    private final HttpLimits limits;
    private final Set<HttpConnection> open = new LinkedHashSet<>();
    private final Map<Address, Integer> byAddress = new HashMap<>();
    private long bodyBytes;
    private long refused;

    /** An IPv4 address, or the network of an IPv6 address: one customer usually has a whole one. */
    record Address(List<Byte> bytes) {
        static Address of(InetAddress from) {
            final byte[] all = from.getAddress();
            final byte[] kept = from instanceof Inet6Address && !from.isLoopbackAddress()
                ? Arrays.copyOf(all, IPV6_NETWORK_BYTES) : all;
            final Byte[] boxed = new Byte[kept.length];
            Arrays.setAll(boxed, i -> kept[i]);
            return new Address(List.of(boxed));
        }
    }

    ConnectionTable(HttpLimits limits) {
        this.limits = limits;
    }

    /** Takes a connection where there is room for it. */
    boolean tryAdd(HttpConnection connection, Address from) {
        final int there = byAddress.getOrDefault(from, 0);
        if (open.size() >= limits.connections() || there >= limits.connectionsPerAddress()) {
            refused++;
            return false;
        }
        open.add(connection);
        byAddress.put(from, there + 1);
        return true;
    }

    void remove(HttpConnection connection, Address from) {
        if (open.remove(connection)) {
            byAddress.merge(from, -1, (a, b) -> a + b == 0 ? null : a + b);
        }
    }

    /** Takes room for a part of a body where there is some. */
    boolean tryReserve(int bytes) {
        if (bodyBytes + bytes > limits.bodyMemoryBytes()) {
            return false;
        }
        bodyBytes += bytes;
        return true;
    }

    void release(int bytes) {
        bodyBytes -= bytes;
    }

    /** Returns the connections as they are now. */
    List<HttpConnection> open() {
        return List.copyOf(open);
    }

    int size() {
        return open.size();
    }

    /** Returns how many connections were turned away. */
    long refused() {
        return refused;
    }

    /** Returns the bytes of bodies that are held now. */
    long bodyBytes() {
        return bodyBytes;
    }
}
