package io.laurel.gateway.client;

import io.laurel.gateway.EventLoops;
import io.laurel.gateway.ReplyRouter;
import io.laurel.gateway.security.Keys;
import io.laurel.gateway.tcp.FakeEngineGate;
import io.laurel.gateway.tcp.SessionMetrics;
import io.laurel.gateway.tcp.TcpServer;
import io.laurel.gateway.tcp.TcpSettings;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.handler.ssl.SslContext;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** A server on a real socket over the fake engine, which the event loop turns by itself. */
final class LoopNode implements AutoCloseable {
    private final MultiThreadIoEventLoopGroup group;
    private final EventLoop loop;
    private final ReplyRouter router = new ReplyRouter();
    private final FakeEngineGate gate;
    private final TcpServer server;
    private final InetSocketAddress address;

    LoopNode(Keys keys) {
        this(keys, null);
    }

    LoopNode(Keys keys, SslContext tls) {
        this(keys, tls, EventLoops.one("loop"));
    }

    /** On an event loop of a kind; the group is closed with the node. */
    LoopNode(Keys keys, SslContext tls, MultiThreadIoEventLoopGroup group) {
        this.group = group;
        loop = group.next();
        gate = new FakeEngineGate(router);
        server = new TcpServer(loop, gate, router, keys, TcpSettings.defaults(), tls);
        try {
            address = server.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (BindException e) {
            throw new UncheckedIOException(e);
        }
        loop.scheduleWithFixedDelay(gate::pump, 0, 200, TimeUnit.MICROSECONDS);
    }

    InetSocketAddress address() {
        return address;
    }

    TcpServer server() {
        return server;
    }

    /** Runs on the event loop, the only place where gate and counters may be touched. */
    <T> T on(Callable<T> task) {
        return loop.submit(task).syncUninterruptibly().getNow();
    }

    FakeEngineGate gate() {
        return gate;
    }

    SessionMetrics.Snapshot metrics() {
        return on(() -> server.metrics().snapshot());
    }

    @Override
    public void close() {
        server.close();
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
