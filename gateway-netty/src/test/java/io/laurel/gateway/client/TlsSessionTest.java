package io.laurel.gateway.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.gateway.event.EventDraft;
import io.laurel.gateway.event.EventEncoder;
import io.laurel.gateway.event.Events;
import io.laurel.gateway.security.Key;
import io.laurel.gateway.security.Keys;
import io.laurel.gateway.security.TestCertificates;
import io.laurel.gateway.security.Tls;
import io.laurel.protocol.wire.AckLevel;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions over TLS, from socket to socket. */
class TlsSessionTest {
    private static final Key KEY = new Key("alice",
        "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8), Set.of(Key.SEND),
        Set.of());
    private static final int EVENTS = 5_000;

    @TempDir
    private static Path directory;
    private static TestCertificates node;
    private static TestCertificates client;

    @BeforeAll
    static void makeCertificates() {
        node = TestCertificates.make(directory, "node", "EC");
        client = TestCertificates.make(directory, "client", "EC");
    }

    private static SslContext listener(TestCertificates certificate, Path clientCa,
        String... protocols) {
        return Tls.forListener(certificate.certificate(), certificate.key(), clientCa,
            List.of(protocols));
    }

    private static SSLContext trusting(TestCertificates certificate) {
        return Tls.forClient(certificate.certificate(), null, null);
    }

    private static ClientSettings settings(LoopNode at, SSLContext tls) {
        return new ClientSettings(at.address(), KEY, 5, 1,
            AckLevel.DURABLE, 1_024, 1_000, 2_000, 4_000, tls);
    }

    private static void offer(SbeClient to, int from, int count) throws IOException {
        final EventDraft draft = new EventDraft();
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[EventEncoder.MAX_BYTES]);
        for (int i = from; i < from + count; i++) {
            Events.spin(draft, "e" + i);
            to.offer(buffer, 0, new EventEncoder().encode(draft, 0, buffer, 0));
        }
    }

    private static void assertAllTakenOnce(LoopNode at) {
        assertEquals(IntStream.range(0, EVENTS).mapToObj(i -> "e" + i).toList(),
            at.on(() -> List.copyOf(at.gate().sessions().accepted())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void shouldSendOverTlsThroughCuts(String protocol) throws IOException {
        try (LoopNode at = new LoopNode(new Keys(List.of(KEY)), listener(node, null, protocol));
            SbeClient sender =
                SbeClient.connect(settings(at, trusting(node)), ClientListener.NONE)) {
            offer(sender, 0, EVENTS / 2);
            sender.cut();
            offer(sender, EVENTS / 2, EVENTS / 2);
            assertTrue(sender.finish(20_000));
            assertAllTakenOnce(at);
            assertEquals(1, sender.stats().reconnects());
        }
    }

    @Test
    void shouldAskForACertificateWhereClientsMustShowOne() throws IOException {
        for (final String protocol : Tls.PROTOCOLS) {
            try (LoopNode at = new LoopNode(new Keys(List.of(KEY)),
                listener(node, client.certificate(), protocol))) {
                final SSLContext known = Tls.forClient(node.certificate(), client.certificate(),
                    client.key());
                try (SbeClient sender =
                    SbeClient.connect(settings(at, known), ClientListener.NONE)) {
                    offer(sender, 0, EVENTS);
                    assertTrue(sender.finish(20_000));
                }
                assertAllTakenOnce(at);
                assertRefused(at, trusting(node));
                assertRefused(at, Tls.forClient(node.certificate(), node.certificate(),
                    node.key()));
            }
        }
    }

    @Test
    void shouldNotSpeakToANodeThatCannotBeTrusted() {
        final TestCertificates elsewhere =
            TestCertificates.make(directory, "elsewhere", "EC", "SAN=dns:example.org");
        try (LoopNode at = new LoopNode(Keys.none(), listener(node, null, "TLSv1.3"));
            LoopNode wrong = new LoopNode(Keys.none(), listener(elsewhere, null, "TLSv1.3"))) {
            assertRefused(at, trusting(client));
            assertRefused(wrong, trusting(elsewhere));
        }
    }

    @Test
    void shouldNotMixTlsWithNone() {
        try (LoopNode plain = new LoopNode(Keys.none());
            LoopNode secured = new LoopNode(Keys.none(), listener(node, null, "TLSv1.3"))) {
            assertThrows(ClientException.class, () -> SbeClient.connect(
                settings(secured, null), ClientListener.NONE));
            assertThrows(ClientException.class, () -> SbeClient.connect(
                settings(plain, trusting(node)), ClientListener.NONE));
            assertEquals(0, secured.metrics().liveSessions());
        }
    }

    private static void assertRefused(LoopNode at, SSLContext context) {
        final long begun = System.nanoTime();
        final ClientException refused = assertThrows(ClientException.class,
            () -> SbeClient.connect(settings(at, context), ClientListener.NONE));
        assertTrue(refused.getMessage().startsWith("TLS: "), refused.getMessage());
        assertTrue(System.nanoTime() - begun < 3_500_000_000L, "it is not tried again");
    }
}
