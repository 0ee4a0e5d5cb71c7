package io.laurel.gateway.tcp;

import io.laurel.engine.port.EngineGate;
import io.laurel.gateway.EventLoops;
import io.laurel.gateway.ListenFailure;
import io.laurel.gateway.ReplyRouter;
import io.laurel.gateway.security.Keys;
import io.laurel.gateway.security.Tls;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.Ticker;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.SystemEpochNanoClock;

/**
 * Listens for SBE sessions. It lives on an event loop that it does not own, the one where the
 * engine's replies arrive.
 */
public final class TcpServer implements ReplyRouter.Part, AutoCloseable {
    private static final int BACKLOG = 1_024;
    private static final WriteBufferWaterMark PENDING_BYTES =
        new WriteBufferWaterMark(256 * 1_024, 1_024 * 1_024);
    private static final long DRAIN_CHECK_MS = 5;

    private final EventLoop loop;
    private final TcpContext context;
    private final SslContext tls;
    private Channel listener;

    /**
     * A server that does not listen yet. It registers itself with the router.
     *
     * @param loop the gateway's event loop
     * @param gate way to the engine
     * @param router shares out the replies
     * @param keys who may log on; without any, everybody may
     * @param settings limits
     */
    public TcpServer(EventLoop loop, EngineGate gate, ReplyRouter router, Keys keys,
        TcpSettings settings) {
        this(loop, gate, router, keys, settings, null);
    }

    /**
     * As above, over TLS.
     *
     * @param tls null = without
     */
    public TcpServer(EventLoop loop, EngineGate gate, ReplyRouter router, Keys keys,
        TcpSettings settings, SslContext tls) {
        this.loop = loop;
        this.tls = tls;
        final SystemEpochNanoClock clock = new SystemEpochNanoClock();
        context = new TcpContext(gate, keys, settings, Ticker.systemTicker(), clock::nanoTime);
        router.register(ReplyRouter.TCP, this);
    }

    /** Names sources whose numbers are known, so that the log need not name them again. */
    public void know(Map<String, Integer> numbers) {
        numbers.forEach(context.sources::know);
    }

    /**
     * Begins to listen.
     *
     * @param address where; port 0 picks a free one
     * @return the address that was bound
     * @throws BindException where the address cannot be had
     */
    public InetSocketAddress start(InetSocketAddress address) throws BindException {
        final ServerBootstrap bootstrap = new ServerBootstrap().group(loop, loop)
            .channel(EventLoops.listener(loop))
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, PENDING_BYTES)
            .childHandler(new ChannelInitializer<SocketChannel>() {
                @Override
                protected void initChannel(SocketChannel channel) {
                    if (accept(context, channel) != null) {
                        Tls.addTo(channel, tls);
                    }
                }
            });
        ReceiveBuffer.option().forEach(bootstrap::option);
        final ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw ListenFailure.of(address, bound.cause());
        }
        listener = bound.channel();
        return (InetSocketAddress) listener.localAddress();
    }

    static SessionHandler accept(TcpContext context, Channel channel) {
        if (context.draining
            || context.registry.openCount() >= context.settings.maxConnections()) {
            channel.close();
            return null;
        }
        final SessionHandler session = new SessionHandler(context);
        channel.pipeline().addLast(session.decoder(), session);
        return session;
    }

    @Override
    public void onReply(long token, long sequence, int code, long value) {
        dispatch(context, token, sequence, code, value);
    }

    static void dispatch(TcpContext context, long token, long sequence, int code, long value) {
        final int number = TcpContext.number(token);
        if (number == 0) {
            context.sources.onReply(TcpContext.detail(token), code, value);
            return;
        }
        final SessionHandler session = context.registry.byNumber(number);
        if (session != null) {
            session.onReply(TcpContext.detail(token), sequence, code, value);
        }
    }

    @Override
    public void onBatchEnd(long durableSequence) {
        context.registry.onBatchEnd(durableSequence);
    }

    /** Returns the counters; event loop only. */
    public SessionMetrics metrics() {
        return context.metrics;
    }

    /**
     * Stops listening, takes no more events, acknowledges what was taken and ends every connection
     * with SHUTDOWN. Any thread.
     *
     * @param limitMs how long the engine may take; then connections are closed as they are
     * @return done when the last connection is closed
     */
    public CompletableFuture<Void> drain(long limitMs) {
        final CompletableFuture<Void> done = new CompletableFuture<>();
        loop.execute(() -> {
            context.draining = true;
            if (listener != null) {
                listener.close();
            }
            context.registry.open().forEach(SessionHandler::drain);
            awaitDrained(done, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limitMs));
        });
        return done;
    }

    private void awaitDrained(CompletableFuture<Void> done, long deadlineNs) {
        if (System.nanoTime() - deadlineNs >= 0) {
            context.registry.open().forEach(SessionHandler::abort);
        }
        if (context.registry.openCount() == 0) {
            done.complete(null);
        } else {
            loop.schedule(() -> awaitDrained(done, deadlineNs), DRAIN_CHECK_MS,
                TimeUnit.MILLISECONDS);
        }
    }

    /** Drains for at most two seconds and returns when all is closed; not from the event loop. */
    @Override
    public void close() {
        drain(TimeUnit.SECONDS.toMillis(2)).join();
    }
}
