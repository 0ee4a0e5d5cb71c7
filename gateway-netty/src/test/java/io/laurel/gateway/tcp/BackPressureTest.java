package io.laurel.gateway.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.port.IntakeState;
import io.laurel.gateway.security.Keys;
import io.laurel.protocol.wire.AckLevel;
import io.netty.channel.WriteBufferWaterMark;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackPressureTest {
    private final Rig rig = Rig.open();
    private final Rig.Client client = rig.connect();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void shouldStopReadingAndShrinkTheWindowWhereTheRingIsFull() {
        client.logOn();
        rig.gate.capacity(2);
        client.send(Wire.join(Wire.event(1), Wire.event(2), Wire.event(3), Wire.event(4)));
        assertFalse(client.channel.config().isAutoRead());
        assertEquals(2, rig.gate.waiting());
        rig.pass(12);
        assertEquals("Ack 0/0 w=0", client.heard());
        rig.gate.pump();
        assertTrue(client.channel.config().isAutoRead());
        rig.gate.pump();
        rig.pass(5);
        assertTrue(client.heard().endsWith("Ack 4/4 w=2"));
        assertEquals(4, rig.gate.sessions().accepted().size());
        assertEquals(1, rig.context.metrics.snapshot().stalls());
    }

    @Test
    void shouldHoldEventsWhileIntakeIsClosed() {
        client.logOn();
        rig.gate.intake(IntakeState.STORAGE_LOW);
        client.event(1);
        rig.pass(60_000);
        assertTrue(client.channel.isOpen());
        assertTrue(client.heard().startsWith("Ack 0/0 w=0"));
        rig.gate.intake(IntakeState.OPEN);
        rig.pass(12);
        rig.gate.pump();
        rig.pass(5);
        assertTrue(client.heard().endsWith("Ack 1/1 w=8192"));
    }

    @Test
    void shouldNotWaitForTheDiskUntilMoreIsMissingThereThanAClientKeeps() {
        final Rig small = smallWindows();
        final Rig.Client early = early(small, 7);
        restDisk(small);
        int seqNo = 1;
        while (seqNo <= 4 * TcpSettings.ACCEPTED_WINDOWS) {
            early.event(seqNo++);
            small.gate.pump();
        }
        assertEquals("Ack 0/12 w=4", early.lastHeard());
        early.event(seqNo);
        assertEquals(0, small.gate.waiting());
        small.pass(12);
        assertEquals("Ack 0/12 w=0", early.lastHeard());
        small.gate.holdDurable(false);
        small.gate.pump();
        small.gate.pump();
        small.pass(12);
        assertEquals("Ack 13/13 w=4", early.lastHeard());
        small.close();
    }

    @Test
    void shouldRememberAsManyPlacesInTheLogAsTwoWindowsTake() {
        final Rig small = smallWindows();
        final Rig.Client one = early(small, 7);
        final Rig.Client other = early(small, 8);
        restDisk(small);
        for (int seqNo = 1; seqNo <= 8; seqNo++) {
            one.event(seqNo);
            other.event(seqNo);
            small.gate.pump();
        }
        one.event(9);
        assertEquals(0, small.gate.waiting());
        small.gate.holdDurable(false);
        small.gate.pump();
        small.gate.pump();
        small.pass(12);
        assertEquals("Ack 9/9 w=4", one.lastHeard());
        assertEquals("Ack 8/8 w=4", other.lastHeard());
        small.close();
    }

    private static Rig smallWindows() {
        final TcpSettings usual = TcpSettings.defaults();
        return new Rig(Keys.none(), new TcpSettings(4, usual.maxSessionsPerKey(),
            usual.stepTimeoutNs(), usual.nonceLifeNs(), usual.clockToleranceNs(),
            usual.slowConsumerNs(), usual.maxConnections()));
    }

    private static Rig.Client early(Rig rig, long sessionId) {
        final Rig.Client early = rig.connect();
        early.level = AckLevel.ACCEPTED;
        early.sessionId = sessionId;
        return early.logOn();
    }

    private static void restDisk(Rig rig) {
        rig.gate.replyEarly(true);
        rig.gate.holdDurable(true);
    }

    @Test
    void shouldHoldRepeatedEventsWhereTooManyReadsWait() {
        client.logOn();
        client.event(1).event(2);
        rig.gate.pump();
        rig.gate.queryCapacity(0);
        client.event(1);
        assertFalse(client.channel.config().isAutoRead());
        rig.gate.queryCapacity(1);
        rig.pass(12);
        rig.gate.pump();
        assertTrue(client.channel.config().isAutoRead());
        assertEquals(1, rig.context.metrics.snapshot().repeatedEvents());
    }

    @Test
    void shouldTerminateAClientThatDoesNotReadForTenSeconds() {
        client.channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(1, 2));
        client.logOn();
        client.channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
        client.event(1);
        rig.pass(9_900);
        assertTrue(client.channel.isOpen());
        assertTrue(rig.gate.sessions().accepted().isEmpty());
        rig.pass(200);
        assertTrue(client.heard().endsWith("Terminate SLOW_CONSUMER"));
        assertFalse(client.channel.isOpen());
    }

    @Test
    void shouldGoOnWhereASlowClientReadsInTime() {
        client.logOn();
        client.channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
        client.event(1);
        rig.pass(9_000);
        client.channel.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
        client.channel.runPendingTasks();
        rig.gate.pump();
        rig.pass(3_000);
        assertTrue(client.channel.isOpen());
        assertTrue(client.heard().contains("Ack 1/1 w=8192"));
    }

    @Test
    void shouldSendHeartbeatsAndNoticeADeadClient() {
        client.keepAliveMs = 1_000;
        client.logOn();
        rig.pass(900);
        assertEquals("Sequence 1", client.heard());
        rig.pass(1_500);
        assertTrue(client.channel.isOpen());
        rig.pass(400);
        assertTrue(client.heard().endsWith("Terminate KEEPALIVE_LAPSED"));
        assertFalse(client.channel.isOpen());
    }

    @Test
    void shouldKeepAClientThatSendsHeartbeats() {
        client.keepAliveMs = 1_000;
        client.logOn();
        for (int i = 0; i < 10; i++) {
            rig.pass(2_000);
            client.send(Wire.sequence(1));
        }
        assertTrue(client.channel.isOpen());
    }

    @Test
    void shouldAcknowledgeBeforeTheShutdownEndsAConnection() {
        client.logOn();
        final Rig.Client idle = rig.connect();
        idle.sessionId = 8;
        idle.logOn();
        client.event(1);
        rig.context.registry.open().forEach(SessionHandler::drain);
        assertTrue(idle.heard().endsWith("Terminate SHUTDOWN"));
        client.event(2);
        rig.gate.pump();
        assertTrue(client.heard().endsWith("Ack 1/1 w=0; Terminate SHUTDOWN"));
        assertEquals(1, rig.gate.sessions().accepted().size());
        assertEquals(0, rig.context.registry.openCount());
    }
}
