package io.laurel.perf.jmh;

import io.laurel.gateway.event.EventDecoder;
import io.laurel.gateway.event.EventDraft;
import io.laurel.gateway.event.EventEncoder;
import io.laurel.gateway.event.EventValidator;
import io.laurel.perf.load.Distribution;
import io.laurel.perf.load.RoundWriter;
import io.laurel.perf.load.Rounds;
import io.laurel.protocol.wire.GameEventDecoder;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** An event from its bytes to a checked draft, and back. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBenchmark {
    private final RoundWriter writer = new RoundWriter();
    private final Rounds rounds = new Rounds(1, Distribution.UNIFORM.among(1_000_000), 1);
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[EventEncoder.MAX_BYTES]);
    private final UnsafeBuffer out = new UnsafeBuffer(new byte[EventEncoder.MAX_BYTES]);
    private final EventDraft draft = new EventDraft();
    private final EventValidator validator = new EventValidator();
    private final EventEncoder encoder = new EventEncoder();

    /** Prepares an event. */
    public CodecBenchmark() {
        rounds.next();
        writer.write(rounds, 1_761_415_200_000_000_000L, buffer, 0);
    }

    /** What a sender of this module does. */
    @Benchmark
    public void write() {
        rounds.next();
        writer.write(rounds, 1_761_415_200_000_000_000L, buffer, 0);
    }

    /** What the gateway does: decode, check, write in canonical form, hash. */
    @Benchmark
    public long check() {
        EventDecoder.decode(buffer, 0, writer.length(), GameEventDecoder.BLOCK_LENGTH, 0, draft);
        validator.validate(draft);
        final int length = encoder.encode(draft, 1, out, 0);
        return EventDecoder.contentHash(out, 0, length);
    }
}
