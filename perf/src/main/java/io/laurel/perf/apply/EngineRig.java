package io.laurel.perf.apply;

import io.laurel.engine.Engine;
import io.laurel.engine.ResultCode;
import io.laurel.engine.command.CommandWriter;
import io.laurel.engine.query.StatusInfo;
import io.laurel.engine.rules.ContestDefinitionCodec;
import io.laurel.engine.rules.Document.ContestDocument;
import io.laurel.engine.rules.Documents;
import io.laurel.journal.ReadyMemory;
import io.laurel.perf.load.ContestSet;
import io.laurel.perf.load.PlayerChoice;
import io.laurel.perf.load.RoundWriter;
import io.laurel.perf.load.Rounds;
import io.laurel.perf.machine.Used;
import io.laurel.protocol.storage.EventCommandEncoder;
import io.laurel.protocol.wire.GameEventEncoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * An engine with contests and players, and a stretch of slots to play rounds from. Rounds are
 * written into the slots first; applying them is what is timed. Log time moves on as fast as rounds
 * were applied, so that what is remembered of them grows as it would in a node at that rate.
 */
public final class EngineRig implements AutoCloseable {
    /** Rounds that are made at a time: as many as the ring has slots. */
    public static final int CHUNK = 16_384;
    /** Commands of one batch, as in the pipeline at full load. */
    public static final int BATCH = 1_024;
    /** How far back the rounds lie that bring the players in. */
    public static final long PRELOAD_NS = 14 * 60_000_000_000L;

    private static final int SLOT_BYTES = 512;
    private static final int EVENT_AT =
        EventCommandEncoder.BLOCK_LENGTH + EventCommandEncoder.payloadHeaderLength();
    private static final long MAX_LATENESS_NS = 15 * 60_000_000_000L;
    private static final long MAX_SKEW_NS = 60_000_000_000L;
    private static final long FIRST_STEP_NS = 2_000;

    private final Engine engine;
    private final CommandWriter writer = new CommandWriter();
    private final RoundWriter rounds = new RoundWriter();
    private final UnsafeBuffer slots =
        new UnsafeBuffer(ByteBuffer.allocateDirect(CHUNK * SLOT_BYTES));
    private final long[] times = new long[CHUNK];
    private final int bodyLength = EVENT_AT + rounds.length();
    private long sequence;
    private long timeNs;
    private long number;
    private double stepNs = FIRST_STEP_NS;
    private long appliedNs;
    private long processorNs;
    private long allocatedBytes;
    private long refused;

    /**
     * Begins a log and publishes the contests; time stands where the preload begins.
     *
     * @param startNs when the players are in, ns since the Unix epoch
     */
    public EngineRig(long memoryBytes, long maxPlayers, ContestSet contests, long startNs) {
        engine = new Engine(memoryBytes, new ReadyMemory());
        timeNs = startNs - PRELOAD_NS;
        command(to -> to.genesis(new CommandWriter.Limits(MAX_LATENESS_NS, MAX_SKEW_NS,
            maxPlayers, 10_000, memoryBytes, 1), false, 7));
        command(to -> to.registerSource("local"));
        final int source = (int) engine.resultValue();
        contests.documents().forEach(text -> {
            final byte[] definition = ContestDefinitionCodec.encode(((ContestDocument)
                Documents.parseOne(text.getBytes(StandardCharsets.UTF_8), null, timeNs))
                .definition());
            command(to -> to.publishContest("bench", definition));
        });
        for (int i = 0; i < CHUNK; i++) {
            new EventCommandEncoder().wrap(slots, i * SLOT_BYTES).sessionId(0).sessionVerId(0)
                .source(source).eventBlockLength(GameEventEncoder.BLOCK_LENGTH).eventVersion(0);
            slots.putShort(i * SLOT_BYTES + EventCommandEncoder.BLOCK_LENGTH,
                (short) rounds.length(), ByteOrder.LITTLE_ENDIAN);
        }
    }

    private void command(Consumer<CommandWriter> what) {
        what.accept(writer);
        engine.apply(++sequence, timeNs, writer.templateId(), 0, writer.blockLength(),
            writer.buffer(), 0, writer.length());
        if (engine.resultCode() != ResultCode.ACCEPTED.code()) {
            throw new IllegalStateException("not accepted: " + ResultCode.of(engine.resultCode()));
        }
    }

    /** Lets each player play one round, spread over the time before the start. */
    public void preload(long players, long seed) {
        final long[] next = new long[1];
        final Rounds series = new Rounds(seed, mix -> next[0]++, number + 1);
        final double step = (double) PRELOAD_NS / players;
        final long begun = timeNs;
        for (long done = 0; done < players; done += CHUNK) {
            final int count = (int) Math.min(CHUNK, players - done);
            for (int i = 0; i < count; i++) {
                write(series, i, begun + (long) ((done + i) * step));
            }
            apply(count);
        }
        number += players;
        timeNs = begun + PRELOAD_NS;
        reset();
    }

    /** Returns a series of rounds whose ids are new to this engine. */
    public Rounds series(long seed, PlayerChoice choice) {
        return new Rounds(seed, choice, number + 1);
    }

    /** Plays so many rounds, at most {@link #CHUNK}; only applying them counts as time. */
    public void play(Rounds series, int count) {
        for (int i = 0; i < count; i++) {
            write(series, i, timeNs + (long) ((i + 1) * stepNs));
        }
        number += count;
        final long allocated = Used.bytes();
        final long ran = Used.processorNs();
        final long begun = System.nanoTime();
        apply(count);
        final long took = System.nanoTime() - begun;
        processorNs += Used.processorNs() - ran;
        allocatedBytes += Used.bytes() - allocated;
        appliedNs += took;
        stepNs = (double) took / count;
    }

    private void write(Rounds series, int slot, long ts) {
        series.next();
        rounds.write(series, ts, slots, slot * SLOT_BYTES + EVENT_AT);
        times[slot] = ts;
    }

    private void apply(int count) {
        for (int first = 0; first < count; first += BATCH) {
            applyBatch(first, Math.min(count, first + BATCH));
        }
        timeNs = times[count - 1];
    }

    /** As the pipeline does it; returns the first place that was not looked at. */
    private int lookAhead(int from, int to) {
        engine.beginLookahead();
        int next = from;
        boolean more = true;
        while (more && next < to) {
            more = engine.lookAhead(sequence + 1 + next - from, EventCommandEncoder.TEMPLATE_ID,
                0, EventCommandEncoder.BLOCK_LENGTH, slots, next * SLOT_BYTES);
            next++;
        }
        engine.endLookahead();
        return next;
    }

    private void applyBatch(int from, int to) {
        int seen = from;
        for (int i = from; i < to; i++) {
            if (i == seen) {
                seen = lookAhead(i, to);
            }
            engine.apply(++sequence, times[i], EventCommandEncoder.TEMPLATE_ID, 0,
                EventCommandEncoder.BLOCK_LENGTH, slots, i * SLOT_BYTES, bodyLength);
            refused += engine.resultCode() == ResultCode.ACCEPTED.code() ? 0 : 1;
        }
    }

    /** Forgets what was measured so far. */
    public void reset() {
        appliedNs = 0;
        processorNs = 0;
        allocatedBytes = 0;
    }

    /** Returns how long applying took since the last reset. */
    public long appliedNs() {
        return appliedNs;
    }

    /** Returns how much of that the thread was running; less where others took the processor. */
    public long processorNs() {
        return processorNs;
    }

    /** Returns what applying has allocated on the heap since the last reset. */
    public long allocatedBytes() {
        return allocatedBytes;
    }

    /** Returns how many rounds were not accepted: 0 where the bench is right. */
    public long refused() {
        return refused;
    }

    /** Returns how many rounds the log holds; all of them are remembered for 16 minutes. */
    public long rounds() {
        return number;
    }

    /** Returns the engine. */
    public Engine engine() {
        return engine;
    }

    /** Returns the engine's figures. */
    public StatusInfo status() {
        return engine.reads().status();
    }

    @Override
    public void close() {
        engine.close();
    }
}
