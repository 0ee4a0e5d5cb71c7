package io.laurel.gateway.event;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.ContestDefinitions;
import io.laurel.engine.Engine;
import io.laurel.engine.ResultCode;
import io.laurel.engine.command.CommandWriter;
import io.laurel.engine.rules.ContestDefinitionCodec;
import io.laurel.protocol.wire.GameEventDecoder;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Hostile bytes from the wire to the engine: whatever decoder and validator let through, the
 * engine answers, never twice with accepted, and comes to the same state again.
 */
class EventToEngineFuzzTest {
    private static final long SEED = 20251025L;
    private static final int CASES = 20_000;
    private static final long MEMORY_BYTES = 256L << 20;
    private static final long[] EDGES = {Long.MIN_VALUE, Long.MIN_VALUE + 1, -1, 0, 1,
        Events.TS, 1_000_000_000_000_000L, 1_000_000_000_000_001L, Long.MAX_VALUE - 1,
        Long.MAX_VALUE};

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final EventDraft draft = new EventDraft();
    private final EventValidator validator = new EventValidator();
    private final EventEncoder encoder = new EventEncoder();
    private final CommandWriter writer = new CommandWriter();
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[EventEncoder.MAX_BYTES + 80]);
    private long sequence;
    private long timeNs;

    private ResultCode apply(Engine engine, Engine twin) {
        sequence++;
        for (final Engine one : new Engine[] {engine, twin}) {
            one.apply(sequence, timeNs, writer.templateId(), 0, writer.blockLength(),
                writer.buffer(), 0, writer.length());
        }
        assertEquals(engine.resultCode(), twin.resultCode());
        return ResultCode.of(engine.resultCode());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldAnswerWhateverTheWireBrings(boolean eventClock) {
        try (Engine engine = new Engine(MEMORY_BYTES); Engine twin = new Engine(MEMORY_BYTES)) {
            timeNs = Events.TS;
            writer.genesis(new CommandWriter.Limits(900_000_000_000L, 60_000_000_000L, 100_000,
                10, MEMORY_BYTES, 1), eventClock, 7);
            assertEquals(ResultCode.ACCEPTED, apply(engine, twin));
            writer.registerSource("local");
            apply(engine, twin);
            writer.publishContest("test",
                ContestDefinitionCodec.encode(ContestDefinitions.bestRounds("c", 3)));
            assertEquals(ResultCode.ACCEPTED, apply(engine, twin));
            int taken = 0;
            for (int number = 0; number < CASES; number++) {
                // with the clock of events the far end comes last: all behind it is too late
                taken += offer(engine, twin, number, eventClock) ? 1 : 0;
            }
            assertTrue(taken > CASES / 50, "some are taken: " + taken);
            assertArrayEquals(twin.stateRoot(), engine.stateRoot(), "seed " + SEED);
        }
    }

    private boolean offer(Engine engine, Engine twin, int number, boolean eventClock) {
        final byte[] bytes = hostile(eventClock && number < CASES - 100);
        if (!EventDecoder.decode(new UnsafeBuffer(bytes), 0, bytes.length,
            GameEventDecoder.BLOCK_LENGTH, 0, draft) || !validator.validate(draft)) {
            return false;
        }
        final int length = encoder.encode(draft, 0, buffer, 0);
        if (eventClock) {
            timeNs = Math.max(timeNs, draft.ts());
        }
        writer.event(0, 0, 0, GameEventDecoder.BLOCK_LENGTH, 0, buffer, 0, length);
        final ResultCode first = apply(engine, twin);
        final ResultCode again = apply(engine, twin);
        assertNotEquals(ResultCode.ACCEPTED, again,
            () -> "seed " + SEED + ", case " + number + " was " + first + " at " + draft.ts());
        return first == ResultCode.ACCEPTED;
    }

    /** A valid event with some bytes, a length or a number spoilt. */
    private byte[] hostile(boolean nearInTime) {
        Events.any(draft, random);
        draft.ts(Events.TS + random.nextInt(60) * 1_000_000_000L);
        if (random.nextInt(4) == 0) {
            draft.betAmountMinor(edge()).winAmountMinor(edge()).winMultiplierE4(edge())
                .roundStartedTs(edge());
        }
        if (!nearInTime && random.nextInt(4) == 0) {
            draft.ts(edge());
        }
        final int length = encoder.encode(draft, random.nextLong(), buffer, 0);
        final byte[] bytes = Arrays.copyOf(buffer.byteArray(), length);
        final int from = nearInTime ? 16 : 0;
        for (int i = random.nextInt(4); i > 0; i--) {
            bytes[from + random.nextInt(bytes.length - from)] =
                (byte) (random.nextBoolean() ? random.nextInt(9) : random.nextInt(256));
        }
        return bytes;
    }

    private long edge() {
        return EDGES[random.nextInt(EDGES.length)];
    }
}
