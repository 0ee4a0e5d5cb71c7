package io.laurel.gateway.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.port.IntakeState;
import io.laurel.gateway.event.EventDraft;
import io.laurel.gateway.event.EventEncoder;
import io.laurel.gateway.event.Events;
import io.laurel.gateway.security.Key;
import io.laurel.gateway.security.Keys;
import io.laurel.protocol.wire.AckLevel;
import io.laurel.protocol.wire.OutcomeCode;
import io.laurel.protocol.wire.RejectCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SbeClientTest {
    private static final Key KEY = new Key("provider-a", "a secret".getBytes(
        java.nio.charset.StandardCharsets.UTF_8), Set.of(Key.SEND), Set.of());

    private final UnsafeBuffer event = new UnsafeBuffer(new byte[EventEncoder.MAX_BYTES]);
    private final EventEncoder encoder = new EventEncoder();
    private final EventDraft draft = new EventDraft();
    private final Heard heard = new Heard();

    private static final class Heard implements ClientListener {
        private final List<String> outcomes = new CopyOnWriteArrayList<>();
        private final List<String> regressions = new CopyOnWriteArrayList<>();
        private volatile long acked;

        @Override
        public void onOutcome(long seqNo, OutcomeCode code, long sequence) {
            outcomes.add(seqNo + " " + code);
        }

        @Override
        public void onAck(long fromSeqNo, long toSeqNo, long nanoTime) {
            if (fromSeqNo == acked + 1) {
                acked = toSeqNo;
            }
        }

        @Override
        public void onRegressed(long ackedSeqNo, long serverSeqNo) {
            regressions.add(ackedSeqNo + " " + serverSeqNo);
        }
    }

    private long offer(SbeClient client, String id) throws IOException {
        Events.spin(draft, id);
        return client.offer(event, 0, encoder.encode(draft, 0, event, 0));
    }

    private void offer(SbeClient client, int from, int to) throws IOException {
        for (int i = from; i <= to; i++) {
            assertEquals(i, offer(client, "e" + i));
        }
    }

    private SbeClient connect(LoopNode node, long sessionId) throws IOException {
        return SbeClient.connect(ClientSettings.of(node.address(), null, sessionId, 1), heard);
    }

    private static void await(String what, BooleanSupplier done) {
        final long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!done.getAsBoolean()) {
            assertTrue(System.nanoTime() < endNs, what);
            Thread.onSpinWait();
        }
    }

    private static List<String> accepted(LoopNode node) {
        return node.on(() -> List.copyOf(node.gate().sessions().accepted()));
    }

    private static List<String> ids(int to) {
        final List<String> ids = new ArrayList<>();
        for (int i = 1; i <= to; i++) {
            ids.add("e" + i);
        }
        return ids;
    }

    @Test
    void shouldSendAndFinish() throws IOException {
        try (LoopNode node = new LoopNode(new Keys(List.of(KEY)));
            SbeClient client = SbeClient.connect(
                ClientSettings.of(node.address(), KEY, 5, 1), heard)) {
            offer(client, 1, 3_000);
            assertTrue(client.finish(20_000));
            assertEquals(ids(3_000), accepted(node));
            final ClientStats stats = client.stats();
            assertEquals(3_000, stats.acked());
            assertEquals(3_000, stats.durable());
            assertEquals(3_000, stats.sent());
            assertEquals(3_002, stats.lastSequence(), "behind the source and the session");
            assertEquals(3_000, heard.acked);
            assertThrows(IllegalStateException.class, () -> offer(client, "late"));
        }
    }

    @Test
    void shouldSayWhyItIsRefused() {
        try (LoopNode node = new LoopNode(new Keys(List.of(KEY)))) {
            final Key wrong = new Key("provider-a", new byte[] {1}, Set.of(), Set.of());
            final ClientException refusal = assertThrows(ClientException.class,
                () -> SbeClient.connect(ClientSettings.of(node.address(), wrong, 5, 1), heard));
            assertEquals(RejectCode.BAD_CREDENTIALS, refusal.code());
        }
    }

    @Test
    void shouldGiveUpWhereNobodyListens() {
        final java.net.InetSocketAddress address;
        try (LoopNode node = new LoopNode(Keys.none())) {
            address = node.address();
        }
        final ClientSettings settings =
            new ClientSettings(address, null, 5, 1, AckLevel.DURABLE, 16, 5_000, 500, 300);
        assertThrows(ClientException.class, () -> SbeClient.connect(settings, heard));
    }

    @Test
    void shouldTellOutcomesOncePerEvent() throws IOException {
        try (LoopNode node = new LoopNode(Keys.none()); SbeClient client = connect(node, 5)) {
            offer(client, "same");
            offer(client, "same");
            offer(client, "not valid");
            assertTrue(client.finish(20_000));
            assertEquals(List.of("2 DUPLICATE", "3 INVALID"), heard.outcomes);
            assertEquals(2, client.stats().outcomes());
        }
    }

    @Test
    void shouldResumeAfterCutsAndDeliverEachEventOnce() throws IOException {
        try (LoopNode node = new LoopNode(Keys.none()); SbeClient client = connect(node, 5)) {
            for (int round = 0; round < 8; round++) {
                offer(client, round * 500 + 1, round * 500 + 500);
                client.cut();
            }
            assertTrue(client.finish(30_000));
            assertEquals(ids(4_000), accepted(node));
            assertTrue(client.stats().reconnects() > 0);
            assertEquals(List.of(), heard.outcomes);
            assertEquals(List.of(), heard.regressions);
        }
    }

    @Test
    void shouldNotLoseOutcomesToACut() throws IOException {
        try (LoopNode node = new LoopNode(Keys.none()); SbeClient client = connect(node, 5)) {
            final Set<String> expected = new HashSet<>();
            for (int i = 1; i <= 300; i++) {
                offer(client, i % 3 == 0 ? "no good " + i : "e" + i);
                if (i % 3 == 0) {
                    expected.add(i + " INVALID");
                }
                if (i % 60 == 0) {
                    client.cut();
                }
            }
            assertTrue(client.finish(30_000));
            assertEquals(expected, new HashSet<>(heard.outcomes));
            assertEquals(expected.size(), heard.outcomes.size());
        }
    }

    @Test
    void shouldBlockWhereTheNodeHasNoRoom() throws IOException {
        try (LoopNode node = new LoopNode(Keys.none());
            SbeClient client = SbeClient.connect(ClientSettings.of(node.address(), null, 5, 1)
                .with(AckLevel.DURABLE, 64), heard)) {
            offer(client, 1, 10);
            assertTrue(client.awaitAcked(20_000));
            final long acks = node.on(() -> {
                node.gate().intake(IntakeState.STORAGE_LOW);
                return node.server().metrics().snapshot().acks();
            });
            offer(client, 11, 74);
            Events.spin(draft, "e75");
            final int length = encoder.encode(draft, 0, event, 0);
            assertEquals(0, client.tryOffer(event, 0, length));
            await("a stalled connection, or a client that knows of the closed window",
                () -> node.metrics().stalls() > 0 || node.metrics().acks() > acks);
            assertEquals(10, accepted(node).size());
            node.on(() -> {
                node.gate().intake(IntakeState.OPEN);
                return null;
            });
            assertEquals(75, client.offer(event, 0, length));
            assertTrue(client.finish(20_000));
            assertEquals(ids(75), accepted(node));
        }
    }

    @Test
    void shouldSendAgainWhatTheNodeHasLost() throws IOException {
        try (LoopNode node = new LoopNode(Keys.none()); SbeClient client = connect(node, 5)) {
            offer(client, 1, 100);
            assertTrue(client.awaitAcked(20_000));
            node.on(() -> {
                node.gate().sessions().regress(5, 60);
                return null;
            });
            client.cut();
            await("a regression", () -> client.stats().regressions() > 0);
            offer(client, 101, 110);
            assertTrue(client.finish(20_000));
            assertEquals(List.of("100 60"), heard.regressions);
            assertEquals(150, accepted(node).size());
            assertEquals(110, client.stats().acked());
        }
    }

    @Test
    void shouldStopWhereANewerVersionTakesOver() throws IOException {
        try (LoopNode node = new LoopNode(Keys.none()); SbeClient client = connect(node, 5)) {
            offer(client, 1, 5);
            assertTrue(client.awaitAcked(20_000));
            try (SbeClient next = SbeClient.connect(
                ClientSettings.of(node.address(), null, 5, 2), ClientListener.NONE)) {
                assertTrue(next.finish(20_000));
            }
            assertThrows(ClientException.class, () -> client.finish(20_000));
        }
    }

    @Test
    void shouldAcknowledgeWhatItHasTakenBeforeItShutsDown() throws Exception {
        try (LoopNode node = new LoopNode(Keys.none()); SbeClient client = connect(node, 5)) {
            offer(client, 1, 2_000);
            node.server().drain(5_000).get(10, TimeUnit.SECONDS);
            final int taken = accepted(node).size();
            await("the last acknowledgement", () -> client.stats().acked() == taken);
            assertFalse(client.finish(50));
            assertEquals(Long.valueOf(1), node.metrics().terminations().get("SHUTDOWN"));
        }
    }
}
