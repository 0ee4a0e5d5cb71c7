package io.laurel.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.gateway.security.TestCertificates;
import io.laurel.gateway.security.Tls;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTP over TLS, seen by a client that sends bytes as they are. */
class HttpTlsTest {
    private static final String LIVE = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";

    @TempDir
    private static Path directory;
    private static TestCertificates own;
    private static SSLSocketFactory sockets;

    @BeforeAll
    static void makeCertificates() {
        own = TestCertificates.make(directory, "own", "EC");
        sockets = Tls.forClient(own.certificate(), null, null).getSocketFactory();
    }

    private static TestNode node(HttpLimits limits, String... protocols) {
        final SslContext tls =
            Tls.forListener(own.certificate(), own.key(), null, List.of(protocols));
        return new TestNode(limits, tls);
    }

    @Test
    void shouldAnswerAndDeliverRefusalsWhole() {
        for (final String protocol : Tls.PROTOCOLS) {
            try (TestNode node = node(HttpLimits.DEFAULT, protocol);
                RawClient client = new RawClient(node.server.httpAddress(), sockets)) {
                for (int i = 0; i < 3; i++) {
                    assertTrue(client.send(LIVE).answer().startsWith("HTTP/1.1 200"));
                }
                client.send("POST /v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Type:"
                    + " application/json\r\nContent-Length: 70000\r\n\r\n" + "x".repeat(9_000));
                final String refused = client.answer();
                assertTrue(refused.startsWith("HTTP/1.1 413"), refused);
                assertTrue(refused.endsWith("}"), refused);
                assertTrue(client.isClosed());
            }
        }
    }

    @Test
    void shouldTakeNoOtherVersionThanConfigured() throws IOException {
        try (TestNode node = node(HttpLimits.DEFAULT, "TLSv1.3");
            SSLSocket old = (SSLSocket) sockets.createSocket()) {
            old.setEnabledProtocols(new String[] {"TLSv1.2"});
            old.connect(node.server.httpAddress(), 5_000);
            old.setSoTimeout(5_000);
            assertThrows(IOException.class, old::startHandshake);
        }
    }

    @Test
    void shouldCloseAtOnceBeyondTheLimitOfAnAddress() {
        try (TestNode node = node(HttpLimits.DEFAULT.withConnections(100, 1), "TLSv1.3");
            RawClient first = new RawClient(node.server.httpAddress(), sockets)) {
            assertTrue(first.send(LIVE).answer().startsWith("HTTP/1.1 200"));
            final long begunNs = System.nanoTime();
            try (RawClient second = new RawClient(node.server.httpAddress())) {
                assertTrue(second.isClosed());
            }
            assertTrue(System.nanoTime() - begunNs < 4_000_000_000L);
            assertTrue(first.send(LIVE).answer().startsWith("HTTP/1.1 200"));
        }
    }

    @Test
    void shouldNotWaitLongerThanFiveSecondsForAHandshake() {
        try (TestNode node = node(HttpLimits.DEFAULT, "TLSv1.3");
            RawClient silent = new RawClient(node.server.httpAddress());
            RawClient plain = new RawClient(node.server.httpAddress())) {
            final long begunNs = System.nanoTime();
            assertFalse(answersInPlain(plain), "plain HTTP is not answered");
            assertTrue(silent.isClosed());
            final double seconds = (System.nanoTime() - begunNs) / 1e9;
            assertTrue(seconds > 3 && seconds < 9, "closed after " + seconds + " s");
            assertEquals(5_000, Tls.HANDSHAKE_MS);
        }
    }

    private static boolean answersInPlain(RawClient client) {
        try {
            return client.send(LIVE).answer().startsWith("HTTP");
        } catch (final UncheckedIOException e) {
            return false;
        }
    }
}
