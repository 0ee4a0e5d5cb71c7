package io.laurel.gateway.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.protocol.Framing;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SofhFrameDecoderPropertyTest {
    private static final long SEED = 20261122L;

    private static byte[] script() {
        return Wire.join(Wire.event(1), Wire.event(2, d -> d.market().set("xx")), Wire.event(3),
            Wire.sequence(4), Wire.event(4), Wire.finishedSending(4));
    }

    private static String run(Rig rig, Rig.Client client) {
        rig.gate.pump();
        rig.pass(2);
        return client.heard();
    }

    @Test
    void shouldNotCareWhereTheStreamIsCut() {
        final byte[] script = script();
        for (int cut = 1; cut < script.length; cut++) {
            try (Rig rig = Rig.open()) {
                final Rig.Client client = rig.connect().logOn();
                client.send(Arrays.copyOf(script, cut),
                    Arrays.copyOfRange(script, cut, script.length));
                assertEquals("Outcome 2 INVALID @4; Ack 4/4 w=8192; FinishedReceiving 4 @6",
                    run(rig, client), "cut at " + cut);
            }
        }
    }

    @Test
    void shouldTakeTheStreamByteByByte() {
        try (Rig rig = Rig.open()) {
            final Rig.Client client = rig.connect().logOn();
            for (final byte one : script()) {
                client.send(new byte[] {one});
            }
            assertEquals("Outcome 2 INVALID @4; Ack 4/4 w=8192; FinishedReceiving 4 @6",
                run(rig, client));
        }
    }

    @Test
    void shouldResumeAfterAConnectionThatBreaksAnywhere() {
        final byte[] script = Wire.join(Wire.event(1), Wire.event(2), Wire.event(3));
        final int frame = Wire.event(1).length;
        for (int cut = 0; cut <= script.length; cut++) {
            try (Rig rig = Rig.open()) {
                final Rig.Client first = rig.connect().logOn();
                first.send(Arrays.copyOf(script, cut));
                first.channel.close();
                final Rig.Client next = rig.connect();
                final int taken = cut / frame;
                assertEquals("EstablishAck " + taken + "/" + taken + " w=8192", next.resume(1));
                for (int seqNo = taken + 1; seqNo <= 3; seqNo++) {
                    next.event(seqNo);
                }
                run(rig, next);
                assertEquals(3, rig.gate.sessions().accepted().size(), "cut at " + cut);
            }
        }
    }

    @Test
    void shouldCloseOverWrongLengthsAndEncodings() {
        for (final int length : new int[] {0, 13, Framing.MAX_FRAME_BYTES + 1, -1,
            Integer.MIN_VALUE}) {
            assertClosed(new byte[] {(byte) (length >>> 24), (byte) (length >>> 16),
                (byte) (length >>> 8), (byte) length, (byte) 0xEB, 0x50});
        }
        assertClosed(new byte[] {0, 0, 0, 22, 0x50, (byte) 0xEB});
    }

    private static void assertClosed(byte[] header) {
        try (Rig rig = Rig.open()) {
            final Rig.Client client = rig.connect();
            assertEquals("Challenge", client.heard());
            assertEquals("", client.send(header).heard());
            assertFalse(client.channel.isOpen());
            assertEquals(1, rig.context.metrics.snapshot().badFrames());
        }
    }

    @Test
    void shouldTerminateWhatDecodesToNoMessage() {
        final byte[] longString = Wire.event(1);
        longString[Wire.BODY + 59] = (byte) 0xFF;
        longString[Wire.BODY + 60] = (byte) 0xFF;
        assertTerminated("DECODE_ERROR", longString);
        final byte[] otherSchema = Wire.event(1);
        otherSchema[10] = 9;
        assertTerminated("DECODE_ERROR", otherSchema);
        final byte[] shortBlock = Wire.event(1);
        shortBlock[6] = 58;
        assertTerminated("DECODE_ERROR", shortBlock);
        final byte[] unknown = Wire.sequence(1);
        unknown[8] = 99;
        assertTerminated("UNKNOWN_TEMPLATE", unknown);
        final byte[] ack = Wire.sequence(1);
        ack[8] = 3;
        assertTerminated("DECODE_ERROR", ack);
    }

    private static void assertTerminated(String code, byte[] frame) {
        try (Rig rig = Rig.open()) {
            final Rig.Client client = rig.connect().logOn();
            assertEquals("Terminate " + code, client.send(frame).heard());
            assertFalse(client.channel.isOpen());
        }
    }

    @Test
    void shouldSurviveGarbage() {
        final SplittableRandom random = new SplittableRandom(SEED);
        final long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
        int rounds = 0;
        int survived = 0;
        while (rounds < 3_000 && System.nanoTime() < endNs) {
            try (Rig rig = Rig.open()) {
                final Rig.Client client = rig.connect();
                if (random.nextInt(4) > 0) {
                    client.logOn();
                }
                final byte[] bytes = garbage(random);
                final int cut = random.nextInt(bytes.length);
                client.send(Arrays.copyOf(bytes, cut));
                if (client.channel.isOpen()) {
                    client.send(Arrays.copyOfRange(bytes, cut, bytes.length));
                }
                rig.gate.pump();
                rig.pass(20);
                client.channel.checkException();
                assertFalse(client.heard().contains("UNSPECIFIED"), "seed " + SEED);
                survived += client.channel.isOpen() ? 1 : 0;
                rounds++;
            }
        }
        assertTrue(rounds > 100 && survived > 0, rounds + " rounds, seed " + SEED);
    }

    private static byte[] garbage(SplittableRandom random) {
        final byte[] bytes = switch (random.nextInt(4)) {
            case 0 -> new byte[1 + random.nextInt(400)];
            case 1 -> Wire.negotiate(null, Wire.NO_NONCE, 7, 1, Rig.NOW_NS);
            default -> script();
        };
        if (random.nextInt(8) == 0) {
            random.nextBytes(bytes);
        }
        final int flips = random.nextInt(6);
        for (int i = 0; i < flips; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }
}
