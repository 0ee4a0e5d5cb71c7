package io.laurel.server.client;

import io.laurel.gateway.http.RequestKeys;
import io.laurel.gateway.http.RequestSignatures;
import io.laurel.replay.CommandFailure;
import io.laurel.replay.ExitCode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import javax.net.ssl.SSLContext;

/** One listener of a node over HTTP. Any thread. */
public final class NodeClient {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);
    private static final int NONCE_BYTES = 16;

    private final HttpClient client;
    private final URI base;
    private final RequestKeys.Key key;
    private final Duration timeout;
    private final SecureRandom random = new SecureRandom();

    /**
     * Names the listener.
     *
     * @param base such as {@code http://127.0.0.1:8081}
     * @param key signs; null = unsigned
     */
    public NodeClient(URI base, RequestKeys.Key key) {
        this(base, key, null);
    }

    /**
     * As above.
     *
     * @param tls trust and keys for {@code https}; null = as the Java platform has it
     */
    public NodeClient(URI base, RequestKeys.Key key, SSLContext tls) {
        final HttpClient.Builder builder = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT_TIMEOUT);
        client = tls == null ? builder.build() : builder.sslContext(tls).build();
        if (base.getHost() == null || !("" + base.getScheme()).matches("https?")) {
            throw new CommandFailure(ExitCode.USAGE,
                "'" + base + "' is no URL such as http://127.0.0.1:8081");
        }
        this.base = base;
        this.key = key;
        timeout = REQUEST_TIMEOUT;
    }

    private NodeClient(NodeClient other, Duration timeout) {
        client = other.client;
        base = other.base;
        key = other.key;
        this.timeout = timeout;
    }

    /** Returns a client of the same connections that waits so long for an answer. */
    public NodeClient waiting(Duration longest) {
        return new NodeClient(this, longest);
    }

    /** An answer of the node. */
    public record Answer(int status, String body) {
        /** Returns whether the node did what was asked. */
        public boolean isOk() {
            return status / 100 == 2;
        }

        /** Returns whether it is the node's fault, and asking again later may help. */
        public boolean isUnavailable() {
            return status == 500 || status > 501;
        }

        /** Returns the body as an object; empty where it is none. */
        public Map<String, Object> object() {
            return Json.object(body);
        }

        /** Returns code and detail of a refusal in one line. */
        public String problem() {
            final Map<String, Object> problem = object();
            final Object code = problem.getOrDefault("code", "HTTP status " + status);
            final Object detail = problem.getOrDefault("detail", problem.get("title"));
            return detail == null ? code.toString() : code + ": " + detail;
        }
    }

    /**
     * Sends one request.
     *
     * @param method of HTTP
     * @param target path and query
     * @param contentType null = no body
     * @param body what to send
     * @throws CommandFailure where the node does not answer
     */
    public Answer send(String method, String target, String contentType, String body) {
        final byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        final HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(target))
            .timeout(timeout).method(method, contentType == null
                ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(bytes));
        if (contentType != null) {
            request.header("Content-Type", contentType);
        }
        if (key != null) {
            request.header(RequestSignatures.HEADER, RequestSignatures.sign(key, method, target,
                bytes, System.currentTimeMillis() / 1_000, nonce()));
        }
        try {
            final HttpResponse<String> response = client.send(request.build(),
                BodyHandlers.ofString(StandardCharsets.UTF_8));
            return new Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            final String cause = e instanceof ConnectException ? "cannot connect"
                : e.getClass().getSimpleName();
            throw new CommandFailure(ExitCode.UNREACHABLE, "no answer from " + base + ": "
                + (e.getMessage() == null ? cause : e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCode.UNREACHABLE, "interrupted", e);
        }
    }

    private String nonce() {
        final byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        return HexFormat.of().formatHex(nonce);
    }
}
