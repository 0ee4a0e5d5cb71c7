package io.laurel.gateway.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.Engine;
import io.laurel.engine.ResultCode;
import io.laurel.engine.command.CommandWriter;
import io.laurel.engine.query.SessionProbe;
import io.laurel.protocol.wire.GameEventDecoder;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What the gateway computes of an event is what the engine remembers of it. */
class ContentHashPropertyTest {
    private static final long SEED = 20261122L;
    private static final long SESSION = 77;
    private static final int EVENTS = 2_000;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final CommandWriter writer = new CommandWriter();
    private final EventDraft draft = new EventDraft();
    private final EventValidator validator = new EventValidator();
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[EventEncoder.MAX_BYTES]);

    @Test
    void shouldAgreeWithTheEngineOnEveryEvent() {
        try (Engine engine = new Engine(64L << 20)) {
            apply(engine, writer.genesis(new CommandWriter.Limits(900_000_000_000L,
                60_000_000_000L, 10_000, 10, 64 << 20, 1), true, 7));
            apply(engine, writer.registerSource("local"));
            final int source = (int) engine.resultValue();
            apply(engine, writer.openSession(SESSION, 1, source));
            assertEquals(ResultCode.ACCEPTED.code(), engine.resultCode());
            for (int seqNo = 1; seqNo <= EVENTS; seqNo++) {
                Events.any(draft, random);
                assertTrue(validator.validate(draft), "seed " + SEED);
                final int length = new EventEncoder().encode(draft, seqNo, buffer, 0);
                apply(engine, writer.event(SESSION, 1, source, GameEventDecoder.BLOCK_LENGTH,
                    GameEventDecoder.SCHEMA_VERSION, buffer, 0, length));
                assertKnown(engine, seqNo, EventDecoder.contentHash(buffer, 0, length));
            }
        }
    }

    private static void assertKnown(Engine engine, long seqNo, long hash) {
        final String where = "seqNo " + seqNo + ", seed " + SEED;
        final SessionProbe same = engine.reads().sessionProbe(SESSION, 1, seqNo, hash);
        assertTrue(same.known(), where);
        assertTrue(same.sameContent(), where);
        assertFalse(engine.reads().sessionProbe(SESSION, 1, seqNo, hash ^ 1).sameContent(), where);
    }

    private static void apply(Engine engine, CommandWriter command) {
        engine.apply(engine.sequence() + 1, Events.TS, command.templateId(), 0,
            command.blockLength(), command.buffer(), 0, command.length());
    }
}
