package io.laurel.gateway.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.SocketFactory;

/** A client that sends bytes as they are. */
final class RawClient implements AutoCloseable {
    private static final int TIMEOUT_MS = 10_000;

    private final Socket socket;
    private final InputStream in;

    RawClient(InetSocketAddress to) {
        this(to, SocketFactory.getDefault());
    }

    RawClient(InetSocketAddress to, SocketFactory sockets) {
        try {
            socket = sockets.createSocket();
            socket.connect(to, TIMEOUT_MS);
            socket.setSoTimeout(TIMEOUT_MS);
            in = new BufferedInputStream(socket.getInputStream());
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    RawClient send(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            return this;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns one answer, headers and body; empty where the connection was closed. */
    String answer() {
        final StringBuilder text = new StringBuilder();
        try {
            while (text.indexOf("\r\n\r\n") < 0) {
                final int c = in.read();
                if (c < 0) {
                    return text.toString();
                }
                text.append((char) c);
            }
            final int at = text.indexOf("content-length: ");
            final int at2 = at >= 0 ? at : text.indexOf("Content-Length: ");
            final int length = at2 < 0 ? 0 : Integer.parseInt(
                text.substring(at2 + 16, text.indexOf("\r\n", at2)));
            return text + new String(in.readNBytes(length), StandardCharsets.UTF_8);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns whether the other side closes, having sent nothing more. */
    boolean isClosed() {
        try {
            return in.read() < 0;
        } catch (final IOException e) {
            return true;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
