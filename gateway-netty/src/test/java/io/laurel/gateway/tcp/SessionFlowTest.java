package io.laurel.gateway.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.ResultCode;
import io.laurel.gateway.security.Key;
import io.laurel.gateway.security.Keys;
import io.laurel.protocol.wire.AckLevel;
import io.laurel.protocol.wire.MatchResultEncoder;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionFlowTest {
    private final Rig rig = Rig.open();
    private final Rig.Client client = rig.connect();

    @AfterEach
    void close() {
        rig.close();
    }

    private void send(long from, long to) {
        for (long seqNo = from; seqNo <= to; seqNo++) {
            client.event(seqNo);
        }
    }

    private String answer() {
        rig.gate.pump();
        rig.pass(2);
        return client.heard();
    }

    @Test
    void shouldAcknowledgeCumulatively() {
        client.logOn();
        send(1, 3);
        assertEquals("", client.heard());
        assertEquals("Ack 3/3 w=8192", answer());
        assertEquals(List.of("e1", "e2", "e3"), rig.gate.sessions().accepted());
    }

    @Test
    void shouldAcknowledgeOncePerBurst() {
        client.logOn();
        rig.pass(2);
        client.event(1);
        rig.gate.pump();
        assertEquals("Ack 1/1 w=8192", client.heard());
        send(2, 100);
        rig.gate.pump();
        assertEquals("Ack 100/100 w=8192", client.heard());
    }

    @Test
    void shouldLetWhatTheClientDoesNotGoByWaitAMillisecondOr256Events() {
        rig.gate.replyEarly(true);
        client.logOn();
        rig.pass(2);
        client.event(1);
        rig.gate.pump();
        assertEquals("Ack 1/1 w=8192", client.heard());
        rig.gate.holdDurable(true);
        client.event(2);
        rig.gate.pump();
        assertEquals("", client.heard());
        send(3, 257);
        rig.gate.pump();
        assertEquals("Ack 1/257 w=8192", client.heard());
        client.event(258);
        rig.gate.pump();
        assertEquals("", client.heard());
        rig.pass(2);
        assertEquals("Ack 1/258 w=8192", client.heard());
    }

    @Test
    void shouldTellOutcomesBeforeTheAckThatCoversThem() {
        rig.gate.sessions().know("known", 77);
        rig.gate.sessions().know("refused", 66, ResultCode.ROUND_CLOSED);
        client.logOn();
        client.event(1).event(2, d -> d.eventId().set("known")).event(3, d -> d.market().set("de"))
            .event(4, d -> d.gameType(9)).event(5, d -> d.eventId().set("refused"));
        final String said = answer();
        assertEquals("Outcome 2 DUPLICATE @77; Outcome 3 INVALID @5; Outcome 4 INVALID @6; "
            + "Outcome 5 ROUND_CLOSED @66; Ack 5/5 w=8192", said);
        assertEquals(2, rig.context.metrics.snapshot().refusedEvents());
    }

    @Test
    void shouldRefuseMatchResultsAsUnsupported() {
        client.logOn();
        final int block = MatchResultEncoder.BLOCK_LENGTH;
        final byte[] match = Wire.frame(MatchResultEncoder.TEMPLATE_ID, block, block + 4 * 3,
            buffer -> new MatchResultEncoder().wrap(buffer, Wire.BODY).seqNo(1).ts(Rig.NOW_NS)
                .matchId("m").contest("c").userA("a").userB("b"));
        client.send(match).event(2);
        assertEquals("Outcome 1 UNSUPPORTED @3; Ack 2/2 w=8192", answer());
    }

    @Test
    void shouldRefuseBrandsThatTheKeyMayNotSendFor() {
        final Key key = new Key("k", new byte[32], Set.of(Key.SEND), Set.of("Y"));
        try (Rig keyed = new Rig(new Keys(List.of(key)), TcpSettings.defaults())) {
            final Rig.Client sender = keyed.connect();
            sender.key = key;
            sender.logOn();
            sender.event(1).event(2, d -> d.brand().set("Y"));
            keyed.gate.pump();
            keyed.pass(2);
            assertEquals("Outcome 1 FORBIDDEN @3; Ack 2/2 w=8192", sender.heard());
        }
    }

    @Test
    void shouldAskOnceForWhatIsMissing() {
        client.logOn();
        client.event(1).event(3).event(4);
        assertEquals("Resend 2", client.heard());
        send(2, 4);
        assertEquals("Ack 4/4 w=8192", answer());
        assertEquals(4, rig.gate.sessions().accepted().size());
        client.send(Wire.sequence(7));
        assertEquals("Resend 5", client.heard());
    }

    @Test
    void shouldTerminateALoopOfResends() {
        client.logOn();
        for (int i = 1; i <= 4; i++) {
            client.event(i).event(i + 2);
        }
        assertTrue(client.heard().endsWith("Resend 4; Terminate RESEND_LOOP"));
        assertFalse(client.channel.isOpen());
    }

    @Test
    void shouldAllowFurtherResendsLater() {
        client.logOn();
        for (int i = 1; i <= 6; i++) {
            client.event(i).event(i + 2);
            rig.gate.pump();
            rig.pass(4_000);
        }
        assertTrue(client.channel.isOpen());
        assertEquals(6, rig.context.metrics.snapshot().resendRequests());
    }

    @Test
    void shouldRepeatTheOutcomeOfAnEventThatComesAgain() {
        client.logOn();
        client.event(1).event(2, d -> d.betAmountMinor(-1));
        assertEquals("Outcome 2 INVALID @4; Ack 2/2 w=8192", answer());
        client.event(2, d -> d.betAmountMinor(-1)).event(1);
        final String again = answer();
        assertTrue(again.startsWith("Outcome 2 INVALID @4; Ack 2/2 w=8192"), again);
        assertEquals(again.indexOf("Outcome"), again.lastIndexOf("Outcome"));
        assertEquals(1, rig.gate.sessions().count(ResultCode.ACCEPTED));
    }

    @Test
    void shouldNotMindAnotherTraceId() {
        client.logOn();
        client.event(1);
        answer();
        client.event(1, d -> d.traceId().set("another"));
        assertEquals("Ack 1/1 w=8192", answer());
    }

    @Test
    void shouldTerminateWhereASeqNoComesAgainWithOtherContent() {
        client.logOn();
        client.event(1);
        answer();
        client.event(1, d -> d.winAmountMinor(251));
        assertEquals("Terminate SEQ_REUSED", answer());
        final Rig.Client next = rig.connect();
        assertEquals("EstablishAck 1/1 w=8192", next.resume(2));
        next.event(2).event(2, d -> d.winAmountMinor(1));
        assertEquals("Terminate SEQ_REUSED", next.heard());
    }

    @Test
    void shouldResumeBehindTheLastAppliedEvent() {
        client.logOn();
        send(1, 5);
        rig.gate.pump(2);
        client.channel.close();
        final Rig.Client next = rig.connect();
        next.heard();
        next.establish(3);
        rig.gate.pump(2);
        assertEquals("", next.heard());
        rig.gate.pump();
        rig.gate.pump();
        assertEquals("EstablishAck 5/5 w=8192", next.heard());
        next.event(6);
        rig.gate.pump();
        rig.pass(2);
        assertEquals("Ack 6/6 w=8192", next.heard());
    }

    @Test
    void shouldFenceAConnectionThatTheEngineNoLongerKnows() {
        client.logOn();
        final Rig.Client next = rig.connect();
        next.version = 2;
        next.heard();
        next.negotiate();
        rig.gate.pump();
        next.channel.close();
        client.event(1);
        assertEquals("Terminate FENCED", answer());
    }

    @Test
    void shouldFinishOnceAllIsDurableAndApplied() {
        client.logOn();
        rig.gate.holdDurable(true);
        send(1, 2);
        client.send(Wire.finishedSending(2));
        assertEquals("", answer());
        rig.gate.holdDurable(false);
        assertEquals("Ack 2/2 w=8192; FinishedReceiving 2 @4", answer());
        client.send(Wire.terminate());
        assertEquals("Terminate FINISHED", client.heard());
        assertFalse(client.channel.isOpen());
    }

    @Test
    void shouldFinishAtOnceWhereNothingWasSent() {
        client.logOn();
        client.send(Wire.finishedSending(0));
        assertEquals("FinishedReceiving 0 @0", client.heard());
    }

    @Test
    void shouldNameTheLastSequenceOfTheSessionWhereItFinishesOnALaterConnection() {
        client.logOn();
        send(1, 2);
        assertEquals("Ack 2/2 w=8192", answer());
        client.channel.close();
        final Rig.Client later = rig.connect();
        assertEquals("EstablishAck 2/2 w=8192", later.resume(3));
        later.send(Wire.finishedSending(2));
        assertEquals("FinishedReceiving 2 @4", later.heard());
    }

    @Test
    void shouldAskForEventsMissingBeforeTheEnd() {
        client.logOn();
        client.event(1).send(Wire.finishedSending(3));
        assertEquals("Resend 2", client.heard());
        send(2, 3);
        client.send(Wire.finishedSending(3));
        assertEquals("Ack 3/3 w=8192; FinishedReceiving 3 @5", answer());
    }

    @Test
    void shouldTellDurableApartFromAppliedWhereRepliesComeEarly() {
        rig.gate.replyEarly(true);
        client.level = AckLevel.ACCEPTED;
        client.logOn();
        rig.gate.holdDurable(true);
        send(1, 3);
        assertEquals("Ack 0/3 w=8192", answer());
        rig.gate.forceQuietly();
        rig.pass(20);
        assertEquals("Ack 3/3 w=8192", client.heard());
    }

    @Test
    void shouldTerminateWhereTheWindowIsExceeded() {
        client.logOn();
        rig.gate.holdDurable(true);
        send(1, 8_192);
        assertEquals("", answer());
        client.event(8_193);
        assertEquals("Terminate WINDOW_EXCEEDED", client.heard());
        assertFalse(client.channel.isOpen());
    }
}
