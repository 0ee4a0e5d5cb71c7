package io.laurel.gateway.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.port.IntakeState;
import io.laurel.gateway.security.Key;
import io.laurel.gateway.security.Keys;
import io.laurel.protocol.wire.AckLevel;
import io.laurel.protocol.wire.NegotiateEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LogonTest {
    private static final Key ALICE = key("alice", Key.SEND);
    private static final Key BOB = key("bob", Key.SEND);
    private static final Key READER = key("reader", "read");

    private static Key key(String id, String role) {
        return new Key(id, ("secret of " + id).getBytes(StandardCharsets.UTF_8), Set.of(role),
            Set.of());
    }

    private static Rig keyed() {
        return new Rig(new Keys(List.of(ALICE, BOB, READER)), TcpSettings.defaults());
    }

    private static Rig.Client client(Rig rig, Key key) {
        final Rig.Client client = rig.connect();
        client.key = key;
        return client;
    }

    @Test
    void shouldLogOnStepByStep() {
        try (Rig rig = keyed()) {
            final Rig.Client client = client(rig, ALICE);
            assertEquals("Challenge", client.heard());
            client.negotiate();
            assertEquals(SessionState.NEGOTIATING, client.session.state());
            rig.gate.pump();
            rig.gate.pump();
            assertEquals("", client.heard());
            rig.gate.pump();
            assertEquals("NegotiateResponse", client.heard());
            client.establish(1);
            rig.gate.pump();
            assertEquals("EstablishAck 0/0 w=8192", client.heard());
            assertEquals(SessionState.ESTABLISHED, client.session.state());
            assertEquals(1, rig.gate.sessions().source("alice"));
        }
    }

    @Test
    void shouldRefuseEveryFlippedBitOfTheSignature() {
        for (int bit = 0; bit < 256; bit++) {
            try (Rig rig = keyed()) {
                final Rig.Client client = client(rig, ALICE);
                client.heard();
                final byte[] frame = Wire.negotiate(ALICE, client.nonce, 7, 1, Rig.NOW_NS);
                frame[Wire.BODY + NegotiateEncoder.hmacEncodingOffset() + bit / 8] ^=
                    (byte) (1 << bit % 8);
                assertEquals("NegotiateReject BAD_CREDENTIALS", client.send(frame).heard());
                assertFalse(client.channel.isOpen());
            }
        }
    }

    @Test
    void shouldRefuseEveryFlippedByteUnderTheSignature() {
        for (int at = 0; at < NegotiateEncoder.hmacEncodingOffset(); at++) {
            try (Rig rig = keyed()) {
                final Rig.Client client = client(rig, ALICE);
                client.heard();
                final byte[] frame = Wire.negotiate(ALICE, client.nonce, 7, 1, Rig.NOW_NS);
                frame[Wire.BODY + at] ^= 0x10;
                assertEquals("NegotiateReject BAD_CREDENTIALS", client.send(frame).heard());
            }
        }
    }

    @Test
    void shouldRefuseARecordedLogonOnAnotherConnection() {
        try (Rig rig = keyed()) {
            final Rig.Client first = client(rig, ALICE);
            first.heard();
            final byte[] recorded = Wire.negotiate(ALICE, first.nonce, 7, 1, Rig.NOW_NS);
            first.send(recorded);
            final Rig.Client second = client(rig, ALICE);
            second.heard();
            assertEquals("NegotiateReject BAD_CREDENTIALS", second.send(recorded).heard());
        }
    }

    @Test
    void shouldRefuseUnknownKeysAndKeysThatMayNotSend() {
        try (Rig rig = keyed()) {
            for (final Key key : List.of(key("mallory", Key.SEND), READER)) {
                final Rig.Client client = client(rig, key);
                client.heard();
                assertEquals("NegotiateReject BAD_CREDENTIALS", client.negotiate().heard());
            }
        }
    }

    @Test
    void shouldRefuseUnseenAfterFiveFailures() {
        try (Rig rig = keyed()) {
            for (int i = 0; i < 5; i++) {
                final Rig.Client client = client(rig, key("mallory", Key.SEND));
                client.heard();
                assertEquals("NegotiateReject BAD_CREDENTIALS", client.negotiate().heard());
            }
            final Rig.Client sixth = client(rig, key("mallory", Key.SEND));
            sixth.heard();
            assertEquals("NegotiateReject ATTEMPTS_EXCEEDED later", sixth.negotiate().heard());
            client(rig, ALICE).logOn();
        }
    }

    @Test
    void shouldRefuseStaleTimestampsAndOldNonces() {
        try (Rig rig = keyed()) {
            for (final long offNs : new long[] {31_000_000_000L, -31_000_000_000L}) {
                final Rig.Client client = client(rig, ALICE);
                client.heard();
                client.send(Wire.negotiate(ALICE, client.nonce, 7, 1, Rig.NOW_NS + offNs));
                assertEquals("NegotiateReject STALE_TIMESTAMP", client.heard());
            }
        }
        try (Rig rig = keyed()) {
            final Rig.Client client = client(rig, ALICE);
            client.heard();
            rig.pass(2_900);
            client.negotiate();
            rig.gate.pump();
            rig.gate.pump();
            rig.gate.pump();
            assertEquals("NegotiateResponse", client.heard());
            rig.pass(2_900);
            assertEquals("EstablishReject STALE_TIMESTAMP 0", client.establish(1).heard());
        }
    }

    @Test
    void shouldGiveEachStepThreeSeconds() {
        try (Rig rig = Rig.open()) {
            final Rig.Client idle = rig.connect();
            idle.heard();
            rig.pass(2_900);
            assertEquals("", idle.heard());
            rig.pass(200);
            assertEquals("Terminate LOGON_TIMEOUT", idle.heard());
            final Rig.Client half = rig.connect();
            half.heard();
            half.negotiate();
            rig.gate.pump();
            rig.gate.pump();
            rig.gate.pump();
            assertEquals("NegotiateResponse", half.heard());
            rig.pass(3_100);
            assertEquals("Terminate LOGON_TIMEOUT", half.heard());
            assertFalse(half.channel.isOpen());
        }
    }

    @Test
    void shouldAskForAGreaterVersionAndFenceTheOlderConnection() {
        try (Rig rig = Rig.open()) {
            final Rig.Client old = rig.connect().logOn();
            final Rig.Client same = rig.connect();
            same.heard();
            same.negotiate();
            rig.gate.pump();
            rig.gate.pump();
            rig.gate.pump();
            assertEquals("NegotiateReject VERSION_NOT_GREATER", same.heard());
            assertTrue(old.channel.isOpen());
            final Rig.Client next = rig.connect();
            next.version = 2;
            next.logOn();
            assertEquals("Terminate FENCED", old.heard());
            assertFalse(old.channel.isOpen());
            next.event(1);
            rig.gate.pump();
            rig.pass(2);
            assertEquals("Ack 1/1 w=8192", next.heard());
        }
    }

    @Test
    void shouldKeepOneConnectionPerSession() {
        try (Rig rig = Rig.open()) {
            final Rig.Client holder = rig.connect().logOn();
            assertEquals("EstablishReject ALREADY_ESTABLISHED 0", rig.connect().resume(1));
            holder.channel.close();
            assertEquals("EstablishAck 0/0 w=8192", rig.connect().resume(1));
        }
    }

    @Test
    void shouldRefuseVersionsThatNobodyNegotiatedAndSessionsOfOthers() {
        try (Rig rig = keyed()) {
            assertEquals("EstablishReject UNNEGOTIATED 0", client(rig, ALICE).resume(1));
            client(rig, ALICE).logOn().channel.close();
            final Rig.Client later = client(rig, ALICE);
            later.version = 2;
            assertEquals("EstablishReject UNNEGOTIATED 0", later.resume(1));
            assertEquals("EstablishReject UNNEGOTIATED 0", client(rig, BOB).resume(1));
            final Rig.Client thief = client(rig, BOB);
            thief.version = 9;
            thief.heard();
            thief.negotiate();
            rig.gate.pump();
            rig.gate.pump();
            assertEquals("NegotiateReject BAD_CREDENTIALS", thief.heard());
        }
    }

    @Test
    void shouldCheckWhatEstablishAsksFor() {
        try (Rig rig = Rig.open()) {
            rig.connect().logOn().channel.close();
            for (final int ms : new int[] {499, 60_001}) {
                final Rig.Client client = rig.connect();
                client.keepAliveMs = ms;
                assertEquals("EstablishReject KEEPALIVE_RANGE 0", client.resume(1));
            }
            assertEquals("EstablishReject GAP 0", rig.connect().resume(2));
            for (final int ms : new int[] {500, 60_000}) {
                final Rig.Client client = rig.connect();
                client.keepAliveMs = ms;
                assertEquals("EstablishAck 0/0 w=8192", client.resume(1));
                client.channel.close();
            }
            final Rig.Client nullLevel = rig.connect();
            nullLevel.level = AckLevel.NULL_VAL;
            assertEquals("Terminate DECODE_ERROR", nullLevel.resume(1));
        }
    }

    @Test
    void shouldRefuseSessionZeroWhichTheLogHasForNone() {
        try (Rig rig = Rig.open()) {
            final Rig.Client client = rig.connect();
            client.sessionId = 0;
            client.heard();
            assertEquals("Terminate DECODE_ERROR", client.negotiate().heard());
            assertFalse(client.channel.isOpen());
            final Rig.Client later = rig.connect();
            later.sessionId = 0;
            assertEquals("Terminate DECODE_ERROR", later.resume(1));
            assertEquals(0, rig.gate.waiting(), "nothing of it reaches the log");
        }
    }

    @Test
    void shouldLimitTheSessionsOfAKey() {
        try (Rig rig = keyed()) {
            for (int i = 1; i <= 64; i++) {
                final Rig.Client client = client(rig, ALICE);
                client.sessionId = i;
                client.logOn();
            }
            final Rig.Client more = client(rig, ALICE);
            more.sessionId = 65;
            more.heard();
            assertEquals("NegotiateReject TOO_MANY_SESSIONS", more.negotiate().heard());
            client(rig, BOB).sessionId = 66;
            assertEquals(64, rig.context.metrics.snapshot().liveSessions());
        }
    }

    @Test
    void shouldWaitForRoomDuringTheLogon() {
        try (Rig rig = Rig.open()) {
            rig.gate.capacity(0);
            final Rig.Client client = rig.connect();
            client.heard();
            client.negotiate();
            rig.pass(50);
            assertEquals("", client.heard());
            rig.gate.capacity(10);
            rig.pass(20);
            rig.gate.pump();
            rig.gate.pump();
            rig.gate.pump();
            assertEquals("NegotiateResponse", client.heard());
        }
    }

    @Test
    void shouldRefuseNewSessionsWhileIntakeIsClosed() {
        for (final IntakeState state : List.of(IntakeState.STORAGE_LOW, IntakeState.CAPACITY)) {
            try (Rig rig = Rig.open()) {
                rig.gate.intake(state);
                final Rig.Client client = rig.connect();
                client.heard();
                assertEquals("NegotiateReject " + state, client.negotiate().heard());
            }
        }
    }

    @Test
    void shouldTerminateMessagesOutOfPlace() {
        try (Rig rig = Rig.open()) {
            final Rig.Client early = rig.connect();
            early.heard();
            assertEquals("Terminate BAD_STATE", early.event(1).heard());
            final Rig.Client twice = rig.connect();
            twice.heard();
            twice.negotiate();
            assertEquals("Terminate BAD_STATE", twice.negotiate().heard());
            final Rig.Client live = rig.connect();
            live.sessionId = 8;
            live.logOn();
            assertEquals("Terminate BAD_STATE", live.negotiate().heard());
        }
    }
}
