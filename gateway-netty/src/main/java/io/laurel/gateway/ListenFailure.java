package io.laurel.gateway;

import java.net.BindException;
import java.net.InetSocketAddress;

/** Names the address that cannot be listened on; the system itself says only why. */
public final class ListenFailure {
    private ListenFailure() {
    }

    /** Returns what stands for a failure to listen on an address. */
    public static BindException of(InetSocketAddress address, Throwable cause) {
        final BindException failure = new BindException("cannot listen on "
            + address.getAddress().getHostAddress() + " port " + address.getPort() + ": "
            + cause.getMessage());
        failure.initCause(cause);
        return failure;
    }
}
