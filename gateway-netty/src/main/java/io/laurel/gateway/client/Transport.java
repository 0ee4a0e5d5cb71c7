package io.laurel.gateway.client;

import java.io.Closeable;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLException;

/** One connection to a node, under TLS or not. It blocks while it is opened and never after. */
final class Transport implements Closeable {
    private final SocketChannel channel;
    private final TlsEngine tls;

    private Transport(SocketChannel channel, TlsEngine tls) {
        this.channel = channel;
        this.tls = tls;
    }

    /**
     * Connects, and greets where TLS is wanted.
     *
     * @throws ClientException where the two ends do not agree on TLS, which will not change
     */
    static Transport connect(ClientSettings settings) throws IOException {
        final SocketChannel channel = SocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.socket().connect(settings.address(), settings.logonTimeoutMs());
            TlsEngine tls = null;
            if (settings.tls() != null) {
                tls = new TlsEngine(settings.tls(), settings.address().getHostString(),
                    settings.address().getPort());
                channel.socket().setSoTimeout(settings.logonTimeoutMs());
                tls.handshake(channel.socket());
            }
            channel.configureBlocking(false);
            return new Transport(channel, tls);
        } catch (final SSLException e) {
            channel.close();
            throw refusal(e);
        } catch (final IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Returns what stands for a connection on which TLS is refused. */
    static ClientException refusal(SSLException cause) {
        return new ClientException("TLS: " + cause.getMessage(), cause);
    }

    SelectionKey register(Selector selector) throws IOException {
        return channel.register(selector, SelectionKey.OP_READ);
    }

    /** Reads what is there; returns how much, or -1 at the end. */
    int read(ByteBuffer to) throws IOException {
        return tls == null ? channel.read(to) : tls.read(channel, to);
    }

    /** Returns how much of the bytes was taken. */
    int write(ByteBuffer from) throws IOException {
        return tls == null ? channel.write(from) : tls.write(channel, from);
    }

    /** Returns whether something was taken and is not written yet. */
    boolean hasPending() {
        return tls != null && tls.hasPending();
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            if (tls != null && channel.isConnected()) {
                tls.close(channel);
            }
        }
    }
}
