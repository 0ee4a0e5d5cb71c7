package io.laurel.engine.pipeline;

import io.laurel.engine.command.CommandWriter;
import io.laurel.engine.port.EngineGate;
import io.laurel.protocol.wire.GameEventEncoder;
import java.util.function.LongSupplier;
import org.agrona.concurrent.UnsafeBuffer;

/** Commands and layouts for the tests of this package. */
final class Commands {
    /** A wall clock that stands still at one second. */
    static final LongSupplier STILL = () -> 1_000_000_000L;

    private final CommandWriter writer = new CommandWriter();
    private final UnsafeBuffer event = new UnsafeBuffer(new byte[GameEventEncoder.BLOCK_LENGTH]);

    static PipelineConfig config(AckMode ack, int ringSlots, int maxReplies) {
        return new PipelineConfig(Threading.SHARED, WaitMode.BACKOFF, ack, false, ringSlots,
            maxReplies, 16, STILL);
    }

    static PipelineConfig config() {
        return config(AckMode.DURABLE, 64, 64);
    }

    static PipelineConfig eventClockConfig() {
        return new PipelineConfig(Threading.SHARED, WaitMode.BACKOFF, AckMode.DURABLE, true, 64,
            64, 16, STILL);
    }

    /** Publishes a small command. */
    boolean source(EngineGate gate, long token) {
        return publish(gate, writer.registerSource("source-" + token), token);
    }

    /** Publishes a command with a body of about so many bytes. */
    boolean document(EngineGate gate, int bytes, long token) {
        return publish(gate, writer.publishContest("actor", new byte[bytes]), token);
    }

    /** Publishes an event that happened at a time. */
    boolean event(EngineGate gate, long tsNs, long token) {
        new GameEventEncoder().wrap(event, 0).ts(tsNs);
        return publish(gate, writer.event(0, 0, 1, GameEventEncoder.BLOCK_LENGTH, 0, event, 0,
            GameEventEncoder.BLOCK_LENGTH), token);
    }

    /** Publishes a move of time. */
    boolean advance(EngineGate gate, long toNs, long token) {
        return publish(gate, writer.advanceTime(toNs), token);
    }

    /** Publishes that a command is passed. */
    boolean skip(EngineGate gate, long sequence, long token) {
        return publish(gate, writer.skip(sequence, "", ""), token);
    }

    /** Publishes the first command of a log. */
    boolean genesis(EngineGate gate, long token) {
        return publish(gate, writer.genesis(new CommandWriter.Limits(900_000_000_000L,
            60_000_000_000L, 1_000_000, 100, 64L << 20, 1), false, 7), token);
    }

    /** Publishes the mark of a snapshot. */
    boolean takeSnapshot(EngineGate gate, long token) {
        return publish(gate, writer.takeSnapshot("", ""), token);
    }

    private static boolean publish(EngineGate gate, CommandWriter from, long token) {
        return gate.tryPublish(from.templateId(), from.blockLength(), from.buffer(), 0,
            from.length(), token);
    }
}
