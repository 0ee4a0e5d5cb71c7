package io.laurel.gateway.client;

import io.laurel.gateway.security.Tls;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/**
 * The client's end of TLS over one connection. The handshake blocks, what follows does not. The
 * node's certificate must be for the host that was asked for.
 */
final class TlsEngine {
    private static final int PACKETS_OUT = 4;
    private static final int PACKETS_IN = 2;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SSLEngine engine;
    private final int packetBytes;
    private final ByteBuffer fromNode;
    private final ByteBuffer toNode;

    TlsEngine(SSLContext context, String host, int port) {
        engine = context.createSSLEngine(host, port);
        engine.setUseClientMode(true);
        final SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setProtocols(Tls.PROTOCOLS.toArray(String[]::new));
        engine.setSSLParameters(parameters);
        packetBytes = engine.getSession().getPacketBufferSize();
        fromNode = ByteBuffer.allocate(PACKETS_IN * packetBytes);
        toNode = ByteBuffer.allocate(PACKETS_OUT * packetBytes);
    }

    /** Greets over a socket that blocks; its timeout bounds each wait. */
    void handshake(Socket socket) throws IOException {
        final InputStream in = socket.getInputStream();
        final OutputStream out = socket.getOutputStream();
        final ByteBuffer noData =
            ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
        engine.beginHandshake();
        HandshakeStatus status = engine.getHandshakeStatus();
        while (status != HandshakeStatus.NOT_HANDSHAKING && status != HandshakeStatus.FINISHED) {
            switch (status) {
                case NEED_TASK -> runTasks();
                case NEED_WRAP -> {
                    wrap(NOTHING);
                    out.write(toNode.array(), 0, toNode.position());
                    toNode.clear();
                }
                default -> {
                    if (unwrap(noData).getStatus() == Status.BUFFER_UNDERFLOW) {
                        receive(in);
                    }
                }
            }
            status = engine.getHandshakeStatus();
        }
    }

    private void receive(InputStream in) throws IOException {
        final int count = in.read(fromNode.array(), fromNode.position(), fromNode.remaining());
        if (count < 0) {
            throw new EOFException("the node has closed the connection in the TLS handshake");
        }
        fromNode.position(fromNode.position() + count);
    }

    /** Reads what is there; returns how much, or -1 at the end. */
    int read(SocketChannel channel, ByteBuffer to) throws IOException {
        final int before = to.position();
        while (true) {
            final SSLEngineResult result = unwrap(to);
            switch (result.getStatus()) {
                case OK -> {
                    if (result.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
                        wrap(NOTHING);
                    }
                    if (result.bytesConsumed() == 0) {
                        return to.position() - before;
                    }
                }
                case BUFFER_UNDERFLOW -> {
                    final int count = channel.read(fromNode);
                    if (count <= 0) {
                        return to.position() > before ? to.position() - before : count;
                    }
                }
                case BUFFER_OVERFLOW -> {
                    if (to.position() == before) {
                        throw new SSLException("a record of TLS is longer than it may be");
                    }
                    return to.position() - before;
                }
                default -> {
                    return to.position() > before ? to.position() - before : -1;
                }
            }
        }
    }

    /** Takes as much as there is room for and writes what the connection takes. */
    int write(SocketChannel channel, ByteBuffer from) throws IOException {
        final int before = from.position();
        flush(channel);
        while (from.hasRemaining() && toNode.remaining() >= packetBytes
            && wrap(from).bytesConsumed() > 0) {
            flush(channel);
        }
        return from.position() - before;
    }

    /** Returns whether something was taken and is not written yet. */
    boolean hasPending() {
        return toNode.position() > 0;
    }

    /** Says farewell, as far as the connection takes it at once. */
    void close(SocketChannel channel) throws IOException {
        engine.closeOutbound();
        if (toNode.remaining() >= packetBytes) {
            wrap(NOTHING);
        }
        flush(channel);
    }

    private void flush(SocketChannel channel) throws IOException {
        toNode.flip();
        try {
            channel.write(toNode);
        } finally {
            toNode.compact();
        }
    }

    private SSLEngineResult wrap(ByteBuffer from) throws SSLException {
        final SSLEngineResult result = engine.wrap(from, toNode);
        runTasks();
        return result;
    }

    private SSLEngineResult unwrap(ByteBuffer to) throws SSLException {
        fromNode.flip();
        try {
            return engine.unwrap(fromNode, to);
        } finally {
            fromNode.compact();
            runTasks();
        }
    }

    private void runTasks() {
        Runnable task = engine.getDelegatedTask();
        while (task != null) {
            task.run();
            task = engine.getDelegatedTask();
        }
    }
}
