package io.laurel.engine.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.command.CommandWriter;
import io.laurel.engine.reference.Command.Step;
import io.laurel.engine.rules.ContestDefinition;
import io.laurel.engine.rules.ContestDefinitionCodec;
import io.laurel.engine.rules.FormulaParser;
import io.laurel.engine.rules.FxTableCodec;
import io.laurel.protocol.storage.EventCommandDecoder;
import io.laurel.protocol.wire.EventType;
import io.laurel.protocol.wire.GameEventDecoder;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What is generated survives its encoding, so that the engine is fed what the judge is fed. */
final class CommandEncodingPropertyTest {
    private static final int SEEDS = 30;

    @Test
    void shouldReadBackWhatWasWritten() {
        int contests = 0;
        int events = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            final CommandEncoding encoding =
                new CommandEncoding(ContestDefinitionCodec::encode, FxTableCodec::encode);
            List.of("local", "provider-a", "provider-b")
                .forEach(source -> encoding.registered(source, source.length()));
            for (final Step step : StreamGenerator.generate(seed, 400)) {
                final CommandWriter writer = encoding.write(step.command());
                assertTrue(writer.length() >= writer.blockLength(), () -> "of " + step);
                if (step.command() instanceof Command.PublishContest publish) {
                    contests++;
                    checkContest(publish.definition());
                } else if (step.command() instanceof Command.SendEvent sent) {
                    events++;
                    checkEvent(sent, writer);
                }
            }
        }
        assertTrue(contests > SEEDS && events > 100 * SEEDS, contests + ", " + events);
    }

    private static void checkContest(ContestDefinition definition) {
        final byte[] bytes = ContestDefinitionCodec.encode(definition);
        assertEquals(definition,
            ContestDefinitionCodec.decode(new UnsafeBuffer(bytes), 0, bytes.length));
        assertEquals(definition.scoring().formula(),
            FormulaParser.parse(definition.scoring().formulaText()));
    }

    private static void checkEvent(Command.SendEvent sent, CommandWriter writer) {
        final Event event = sent.event();
        final EventCommandDecoder outer = new EventCommandDecoder().wrap(writer.buffer(), 0,
            writer.blockLength(), EventCommandDecoder.SCHEMA_VERSION);
        assertEquals(sent.source().length(), outer.source());
        final int at = outer.limit() + EventCommandDecoder.payloadHeaderLength();
        final GameEventDecoder decoder = new GameEventDecoder().wrap(writer.buffer(), at,
            outer.eventBlockLength(), outer.eventVersion());
        assertEquals(event.ts(), decoder.ts());
        assertEquals(event.type() == null ? EventType.NULL_VAL.name() : event.type(),
            event.type() == null ? decoder.eventType().name()
                : decoder.eventType().name().toLowerCase(java.util.Locale.ROOT));
        assertEquals(event.betAmountMinor() == null
            ? GameEventDecoder.betAmountMinorNullValue() : event.betAmountMinor(),
            decoder.betAmountMinor());
        assertEquals(event.betCurrency() == null ? "" : event.betCurrency(),
            decoder.betCurrency());
        assertEquals(event.market(), decoder.market());
        assertEquals(event.eventId(), decoder.eventId());
        assertEquals(event.userId(), decoder.userId());
        assertEquals(event.brand(), decoder.brand());
        assertEquals(event.gameId(), decoder.gameId());
        assertEquals(event.provider(), decoder.gameProvider());
        assertEquals(event.roundId(), decoder.roundId());
        assertEquals(event.traceId() == null ? "" : event.traceId(), decoder.traceId());
        assertEquals(writer.length(), decoder.limit());
    }
}
