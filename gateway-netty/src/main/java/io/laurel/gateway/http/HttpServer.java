package io.laurel.gateway.http;

import io.laurel.gateway.EventLoops;
import io.laurel.gateway.ListenFailure;
import io.laurel.gateway.ReplyRouter;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The two HTTP listeners of a node. {@link #start} registers the sources of events with the engine
 * and then opens the doors; the gate must already work and the event loop deliver its replies.
 */
public final class HttpServer {
    private static final int ACCEPT_BACKLOG = 1024;
    private static final long MIN_SWEEP_MS = 5;
    private static final long MAX_SWEEP_MS = 250;
    private static final long DRAIN_NS = 5_000_000_000L;

    private final EventLoop loop;
    private final HttpSettings settings;
    private final HttpServices services;
    private final EngineBridge bridge;
    private final HttpContext context;
    private final EventSources sources;
    private Channel http;
    private Channel admin;
    private ScheduledFuture<?> sweep;

    /**
     * Wires the listeners; nothing is open yet.
     *
     * @param loop runs everything here; the one on which the gate's replies arrive
     */
    public HttpServer(EventLoop loop, HttpSettings settings, HttpServices services) {
        this.loop = loop;
        this.settings = settings;
        this.services = services;
        bridge = new EngineBridge(services.gate(), loop);
        sources = new EventSources(bridge, services.keys());
        final HttpCounters counters = new HttpCounters();
        final ConnectionTable table = new ConnectionTable(settings.limits());
        final RouteTable routes = Routes.all(bridge, sources, services, settings.limits(),
            counters, table);
        context = new HttpContext(settings.limits(),
            new RequestGuard(settings.limits(), services.keys(), routes), table, counters);
    }

    /** Opens both listeners; done when both are bound. */
    public CompletableFuture<Void> start() {
        final CompletableFuture<Void> started = new CompletableFuture<>();
        loop.execute(() -> {
            services.router().register(ReplyRouter.HTTP, bridge);
            sources.register().whenComplete((done, failure) -> {
                if (failure == null) {
                    bind(started);
                } else {
                    started.completeExceptionally(failure);
                }
            });
        });
        return started;
    }

    private void bind(CompletableFuture<Void> started) {
        final ChannelFuture first = listen(settings.http(), false);
        first.addListener(one -> {
            if (!one.isSuccess()) {
                started.completeExceptionally(ListenFailure.of(settings.http(), one.cause()));
                return;
            }
            http = first.channel();
            final ChannelFuture second = listen(settings.admin(), true);
            second.addListener(two -> {
                if (!two.isSuccess()) {
                    http.close();
                    started.completeExceptionally(
                        ListenFailure.of(settings.admin(), two.cause()));
                    return;
                }
                admin = second.channel();
                startSweeping();
                started.complete(null);
            });
        });
    }

    private ChannelFuture listen(InetSocketAddress address, boolean forAdmin) {
        return new ServerBootstrap().group(loop).channel(EventLoops.listener(loop))
            .option(ChannelOption.SO_BACKLOG, ACCEPT_BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(new HttpPipeline(context, forAdmin,
                forAdmin ? settings.adminTls() : settings.httpTls()))
            .bind(address);
    }

    private void startSweeping() {
        final HttpLimits limits = settings.limits();
        final long shortest = Math.min(limits.headers().toMillis(),
            Math.min(limits.body().toMillis(), limits.idle().toMillis()));
        final long every = Math.max(MIN_SWEEP_MS, Math.min(MAX_SWEEP_MS, shortest / 4));
        sweep = loop.scheduleAtFixedRate(() -> {
            final long nowNs = System.nanoTime();
            context.table().open().forEach(connection -> connection.sweep(nowNs));
        }, every, every, TimeUnit.MILLISECONDS);
    }

    /** Returns the numbers of the sources of events, by name; once started. */
    public Map<String, Integer> sources() {
        return sources.numbers();
    }

    /** Returns where the players' listener stands, once started. */
    public InetSocketAddress httpAddress() {
        return (InetSocketAddress) http.localAddress();
    }

    /** Returns where the operators' listener stands, once started. */
    public InetSocketAddress adminAddress() {
        return (InetSocketAddress) admin.localAddress();
    }

    /** Returns all routes, in a fixed order. */
    List<Route> routes() {
        return context.guard().routes().routes();
    }

    /**
     * Takes no new connections, lets what is under way be answered for up to 5 s, and closes
     * everything. Done when the last connection is gone.
     */
    public CompletableFuture<Void> close() {
        final CompletableFuture<Void> closed = new CompletableFuture<>();
        loop.execute(() -> {
            if (sweep == null) {
                closed.complete(null);
                return;
            }
            http.close();
            admin.close();
            context.startDraining();
            context.table().open().forEach(HttpConnection::drain);
            awaitLast(closed, System.nanoTime() + DRAIN_NS);
        });
        return closed;
    }

    private void awaitLast(CompletableFuture<Void> closed, long deadlineNs) {
        if (context.table().size() == 0) {
            sweep.cancel(false);
            closed.complete(null);
            return;
        }
        if (System.nanoTime() - deadlineNs > 0) {
            context.table().open().forEach(HttpConnection::abort);
        }
        loop.schedule(() -> awaitLast(closed, deadlineNs), MIN_SWEEP_MS, TimeUnit.MILLISECONDS);
    }
}
