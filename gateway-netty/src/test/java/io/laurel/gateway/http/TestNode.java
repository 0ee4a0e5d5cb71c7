package io.laurel.gateway.http;

import io.laurel.engine.port.EngineGate;
import io.laurel.engine.rules.DocumentException;
import io.laurel.engine.rules.PlayerDefinition;
import io.laurel.gateway.ReplyRouter;
import io.laurel.gateway.http.DocumentParser.Document;
import io.laurel.gateway.http.DocumentParser.Kind;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/** Both listeners over a scripted engine, and a client. */
final class TestNode implements AutoCloseable {
    private static final String HASH = "5a".repeat(32);

    final FakeGate gate;
    final HttpServer server;
    final FakeExplanations explanations = new FakeExplanations();
    volatile boolean ready = true;
    volatile long imageBytes;
    volatile CompletableFuture<Void> room = CompletableFuture.completedFuture(null);
    final CountDownLatch asked = new CountDownLatch(1);
    private final MultiThreadIoEventLoopGroup group =
        new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final HttpClient client = HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5)).build();

    TestNode() {
        this(HttpLimits.DEFAULT, RequestKeys.NONE);
    }

    TestNode(HttpLimits limits, RequestKeys keys) {
        this(limits, keys, FakeGate::new, TestNode::parse);
    }

    /** With the same TLS on both listeners. */
    TestNode(HttpLimits limits, SslContext tls) {
        this(limits, RequestKeys.NONE, FakeGate::new, TestNode::parse, tls);
    }

    TestNode(HttpLimits limits, RequestKeys keys,
        BiFunction<EventLoop, ReplyRouter, EngineGate> engine, DocumentParser documents) {
        this(limits, keys, engine, documents, null);
    }

    private TestNode(HttpLimits limits, RequestKeys keys,
        BiFunction<EventLoop, ReplyRouter, EngineGate> engine, DocumentParser documents,
        SslContext tls) {
        final EventLoop loop = group.next();
        final ReplyRouter router = new ReplyRouter();
        final EngineGate behind = engine.apply(loop, router);
        gate = behind instanceof FakeGate fake ? fake : null;
        server = new HttpServer(loop, new HttpSettings(loopback(), loopback(), limits, tls, tls),
            new HttpServices(behind, router, keys, documents, new Figures(), explanations));
        server.start().orTimeout(10, TimeUnit.SECONDS).join();
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /** A document is {@code kind id [fx table|elo]}; one with a bang before it is wrong. */
    private static Document parse(Kind kind, String wanted, String text,
        long logTimeNs) {
        if (logTimeNs != FakeReads.START_NS) {
            throw new IllegalStateException("log time " + logTimeNs);
        }
        if (text.startsWith("!")) {
            throw new DocumentException("must be a number", text.substring(1), 3, 7);
        }
        final String[] words = text.split(" ");
        final String id = words[1];
        if (words.length > 2) {
            return new Document(id, text.getBytes(StandardCharsets.UTF_8), HASH, null,
                words[2].startsWith("fx_") ? words[2] : "", words[2].equals("elo"));
        }
        return kind == Kind.PLAYER ? new Document(new PlayerDefinition(id, "", List.of(),
            true, false, 0, Integer.MIN_VALUE, ""), HASH) : new Document(id,
            text.getBytes(StandardCharsets.UTF_8), HASH);
    }

    private final class Figures implements NodeFigures {
        @Override
        public boolean ready() {
            return ready;
        }

        @Override
        public long ringCapacity() {
            return 1000;
        }

        @Override
        public long connectedSessions() {
            return 2;
        }

        @Override
        public Snapshots snapshots() {
            return new Snapshots(7, "5eed", imageBytes);
        }

        @Override
        public CompletionStage<Void> prepareSnapshot() {
            asked.countDown();
            return room;
        }

        @Override
        public Rebuilds rebuilds() {
            return new Rebuilds(2, 1, 1, "why");
        }

        @Override
        public List<Figure> figures() {
            return List.of(new Figure("laurel_force_seconds", "Last force.", false, () -> 0.25));
        }
    }

    HttpResponse<String> send(boolean admin, String method, String target, String body,
        String... headers) {
        final int port = admin ? server.adminAddress().getPort() : server.httpAddress().getPort();
        final HttpRequest.Builder request = HttpRequest
            .newBuilder(URI.create("http://127.0.0.1:" + port + target))
            .timeout(Duration.ofSeconds(10))
            .method(method, body == null ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (final IOException e) {
            throw new IllegalStateException(e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<String> get(String target, String... headers) {
        return send(false, "GET", target, null, headers);
    }

    HttpResponse<String> admin(String method, String target, String body) {
        return send(true, method, target, body);
    }

    HttpResponse<String> event(String body) {
        return send(false, "POST", "/v1/events", body, "Content-Type", "application/json");
    }

    HttpResponse<String> batch(String body) {
        return send(false, "POST", "/v1/events", body, "Content-Type", "application/x-ndjson");
    }

    RawClient raw() {
        return new RawClient(server.httpAddress());
    }

    @Override
    public void close() {
        server.close().orTimeout(10, TimeUnit.SECONDS).join();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
