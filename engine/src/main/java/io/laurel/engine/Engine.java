package io.laurel.engine;

import io.laurel.engine.command.CommandWriter.Limits;
import io.laurel.engine.command.Dispatcher;
import io.laurel.engine.command.Lookahead;
import io.laurel.engine.contest.ContestRoom;
import io.laurel.engine.contest.EntryContents;
import io.laurel.engine.intake.EventHashes;
import io.laurel.engine.intake.Intake;
import io.laurel.engine.intake.Sessions;
import io.laurel.engine.intake.Sources;
import io.laurel.engine.memory.TaskRunner;
import io.laurel.engine.player.Players;
import io.laurel.engine.port.MemoryAdvice;
import io.laurel.engine.port.RoundTrail;
import io.laurel.engine.port.SnapshotSource;
import io.laurel.engine.port.StateImage;
import io.laurel.engine.query.EngineReads;
import io.laurel.engine.state.Dictionaries;
import io.laurel.engine.state.Names;
import io.laurel.engine.state.Slot;
import io.laurel.engine.state.State;
import io.laurel.engine.timer.Timers;
import io.laurel.protocol.storage.ClockMode;
import io.laurel.protocol.storage.EventCommandDecoder;
import io.laurel.protocol.storage.GenesisDecoder;
import java.io.IOException;
import org.agrona.DirectBuffer;

/**
 * The state machine: applies one command after another to off-heap state. One thread. The same
 * commands give the same state to the last byte, whatever the machine, the heap or the clock.
 */
public final class Engine implements AutoCloseable {
    /** Newest rules of the engine that this program knows, as Genesis and SetLimits log them. */
    public static final int BEHAVIOUR_VERSION = 1;

    private static final int ROOT_BYTES = 32;

    static {
        EngineImages.rehearse();
    }

    private final State state;
    private final EngineImages images;
    private Timers timers;
    private Sessions sessions;
    private Intake intake;
    private ContestRoom contests;
    private Dispatcher dispatcher;
    private EngineReads reads;
    private RoundTrail trail = RoundTrail.NONE;
    private ResultCode result = ResultCode.ACCEPTED;
    private long value;

    /**
     * An engine before its Genesis.
     *
     * @param memoryBytes size of the state region; memory is taken as it is touched
     */
    public Engine(long memoryBytes) {
        this(memoryBytes, MemoryAdvice.NONE);
    }

    /** As the other one, with advice about its memory. */
    public Engine(long memoryBytes, MemoryAdvice advice) {
        this(new State(memoryBytes, advice));
    }

    private Engine(State state) {
        this.state = state;
        images = new EngineImages(state);
    }

    /**
     * An engine as a snapshot left it.
     *
     * @param memoryBytes size of the state region; never smaller than that of the snapshot
     * @throws IOException where the snapshot cannot be read, or is not what it says
     */
    public static Engine open(SnapshotSource source, long memoryBytes) throws IOException {
        return open(source, memoryBytes, MemoryAdvice.NONE);
    }

    /** As the other one, with advice about its memory. */
    public static Engine open(SnapshotSource source, long memoryBytes, MemoryAdvice advice)
        throws IOException {
        final Engine engine = new Engine(State.open(source, memoryBytes, advice));
        try {
            engine.open();
            return engine;
        } catch (RuntimeException | Error e) {
            engine.close();
            throw e;
        }
    }

    /**
     * Shows an image as an engine that is only read: by one thread, and as long as the image is
     * open. No command may be applied.
     */
    public static Engine over(StateImage image) {
        final Engine engine = new Engine(State.over(image.pages()));
        engine.open();
        return engine;
    }

    /**
     * Applies a command: first the work that is due at its time, then the command itself. The
     * outcome stands in {@link #resultCode()} and {@link #resultValue()} until the next call.
     *
     * @param sequence one more than that of the last command
     * @param timeNs log time, not less than that of the last command
     * @param templateId of the storage schema; an unknown one gives UNSUPPORTED
     * @param version of the storage schema
     * @param blockLength of the body
     * @param buffer holds the body
     * @param offset first byte of the body
     * @param length bytes of the body
     * @throws IllegalStateException where the log is not what it must be; the state is lost
     */
    public void apply(long sequence, long timeNs, int templateId, int version, int blockLength,
        DirectBuffer buffer, int offset, int length) {
        begin(sequence, timeNs);
        if (dispatcher == null) {
            if (templateId != GenesisDecoder.TEMPLATE_ID) {
                throw new IllegalStateException("a log begins with Genesis");
            }
            genesis(new GenesisDecoder().wrap(buffer, offset, blockLength, version));
            result = ResultCode.ACCEPTED;
            value = sequence;
            return;
        }
        intake.moveHorizon();
        runDueWork();
        result = templateId == GenesisDecoder.TEMPLATE_ID ? ResultCode.BAD_STATE
            : dispatcher.dispatch(templateId, version, blockLength, buffer, offset, length);
        value = dispatcher.value();
        // what a command made due at its own time belongs to it
        runDueWork();
        contests.runJobs();
    }

    /** Begins to look ahead; what was foreseen before is forgotten. */
    public void beginLookahead() {
        if (dispatcher != null) {
            dispatcher.lookahead().clear();
        }
    }

    /**
     * Looks at a command that will be applied soon, of those after {@link #beginLookahead} in the
     * order of their sequences. Changes neither the state nor any result.
     *
     * @param buffer holds the body, and must keep it until the command is applied
     * @param known the hashes of an event, if somebody has computed them
     * @return whether it is of use to go on with the next one
     */
    public boolean lookAhead(long sequence, int templateId, int version, int blockLength,
        DirectBuffer buffer, int offset, EventHashes known) {
        return dispatcher != null && (templateId != EventCommandDecoder.TEMPLATE_ID
            || dispatcher.lookahead().add(sequence, version, blockLength, buffer, offset,
                known));
    }

    /** As the other one, where nothing is known. */
    public boolean lookAhead(long sequence, int templateId, int version, int blockLength,
        DirectBuffer buffer, int offset) {
        return lookAhead(sequence, templateId, version, blockLength, buffer, offset,
            EventHashes.UNKNOWN);
    }

    /** Brings near, in memory, what the commands looked at will read. */
    public void endLookahead() {
        if (dispatcher != null) {
            dispatcher.lookahead().touch();
        }
    }

    private void begin(long sequence, long timeNs) {
        if (sequence != sequence() + 1 || timeNs < timeNs()) {
            throw new IllegalStateException("command " + sequence + " at " + timeNs
                + " does not follow " + sequence() + " at " + timeNs());
        }
        state.set(Slot.SEQUENCE, sequence);
        state.set(Slot.TIME_NS, timeNs);
    }

    private void genesis(GenesisDecoder from) {
        state.set(Slot.CLOCK_MODE,
            from.clockMode() == ClockMode.EVENT ? State.CLOCK_EVENT : State.CLOCK_SYSTEM);
        state.set(Slot.MAX_LATENESS_NS, from.maxLatenessNs());
        state.set(Slot.MAX_SKEW_NS, from.maxSkewNs());
        state.set(Slot.MAX_PLAYERS, from.maxPlayers());
        state.set(Slot.MAX_CONTESTS, from.maxContests());
        state.set(Slot.MEMORY_BYTES, from.memoryBytes());
        state.set(Slot.BEHAVIOUR_VERSION, from.behaviourVersion());
        state.seed(from.hashSeed());
        open();
    }

    private void open() {
        timers = new Timers(state);
        final Names names = new Names(state);
        final Players players = new Players(state, names);
        final Sources sources = new Sources(state);
        sessions = new Sessions(state, timers);
        intake = new Intake(state, players, names);
        contests = new ContestRoom(state, players, names, timers, Lookahead.LIMIT);
        dispatcher = new Dispatcher(state, players, sources, sessions, intake, contests);
        reads = new StateReads(state, players, sources, sessions, contests);
        contests.setTrail(trail);
    }

    /** Names who is told what becomes of rounds, from the next command on. */
    public void setTrail(RoundTrail next) {
        trail = next;
        if (contests != null) {
            contests.setTrail(next);
        }
    }

    private void runDueWork() {
        while (timers.isDue(state.timeNs())) {
            final int kind = timers.nextKind();
            final int ref = timers.takeNext();
            if (kind == Dictionaries.SESSION) {
                sessions.onDeadline(ref);
            } else {
                contests.onDeadline(ref);
            }
        }
    }

    /** Returns the {@link ResultCode} number of the last command. */
    public int resultCode() {
        return result.code();
    }

    /** Returns what goes with the result; see {@code ReplyHandler}. */
    public long resultValue() {
        return value;
    }

    /** Returns the sequence of the last command applied, 0 before Genesis. */
    public long sequence() {
        return state.sequence();
    }

    /** Returns the log time, ns since the Unix epoch. */
    public long timeNs() {
        return state.timeNs();
    }

    /** Returns whether time comes from events (fixed by Genesis). */
    public boolean eventClock() {
        return state.get(Slot.CLOCK_MODE) == State.CLOCK_EVENT;
    }

    /** Returns when the next work is due, Long.MAX_VALUE where nothing is. */
    public long nextDeadlineNs() {
        if (timers == null) {
            return Long.MAX_VALUE;
        }
        return contests.hasJobs() ? state.timeNs() : timers.nextDeadlineNs();
    }

    /** Returns whether the state has room for events; below the high-water mark. */
    public boolean hasRoom() {
        return state.hasRoom();
    }

    /** Returns the hash over the whole state, 32 bytes. */
    public byte[] stateRoot() {
        return stateRoot(TaskRunner.IN_TURN);
    }

    /**
     * As the other one.
     *
     * @param runner runs the parts of the work, perhaps on several threads
     */
    public byte[] stateRoot(TaskRunner runner) {
        final byte[] root = new byte[ROOT_BYTES];
        state.pages().root(root, state.allocator().usedBytes(), runner);
        return root;
    }

    /** Returns what makes images of the state. */
    public EngineImages images() {
        return images;
    }

    /** Returns the bytes that an image has now; from another thread perhaps a moment ago. */
    public long usedBytes() {
        return state.usedBytesFromAnyThread();
    }

    /** Returns the limits as the log has them last; after Genesis. */
    public Limits limits() {
        return new Limits(state.get(Slot.MAX_LATENESS_NS), state.get(Slot.MAX_SKEW_NS),
            state.get(Slot.MAX_PLAYERS), state.get(Slot.MAX_CONTESTS),
            state.get(Slot.MEMORY_BYTES), (int) state.get(Slot.BEHAVIOUR_VERSION));
    }

    /** Returns the size of the state region in bytes. */
    public long memoryBytes() {
        return state.pages().capacityBytes();
    }

    /** Returns the seed of every hash in the state, which Genesis named. */
    public long hashSeed() {
        return state.get(Slot.HASH_SEED);
    }

    /** Returns the digest over a contest's logical content, 32 bytes; null where there is none. */
    public byte[] contestDigest(String contest) {
        return contestDigest(contest, () -> { });
    }

    /**
     * As above, for whoever has other things to do.
     *
     * @param breath runs now and then meanwhile
     */
    public byte[] contestDigest(String contest, Runnable breath) {
        return contests == null ? null : contests.digest(contest, breath);
    }

    /**
     * Returns what an entry holds, null where it has no rounds on that board.
     *
     * @param partition value of the partition; empty = the main board
     */
    public EntryContents contents(String contest, String entity, byte[] partition) {
        return contests.contents(contest, entity, partition);
    }

    /** Returns the reads; for the engine's thread only, and after Genesis. */
    public EngineReads reads() {
        return reads;
    }

    @Override
    public void close() {
        state.close();
    }
}
