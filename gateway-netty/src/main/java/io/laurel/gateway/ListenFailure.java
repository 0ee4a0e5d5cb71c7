package io.laurel.gateway;

import io.netty.channel.unix.Errors;
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
            + reason(cause));
        failure.initCause(cause);
        return failure;
    }

    /** Returns the system's own words, without those that epoll's library puts before them. */
    private static String reason(Throwable cause) {
        final String message = String.valueOf(cause.getMessage());
        final int at = cause instanceof Errors.NativeIoException ? message.lastIndexOf(": ") : -1;
        return at < 0 ? message : message.substring(at + 2);
    }
}
