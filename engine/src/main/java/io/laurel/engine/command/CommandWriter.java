package io.laurel.engine.command;

import io.laurel.engine.rules.PlayerDefinition;
import io.laurel.protocol.storage.AdvanceTimeEncoder;
import io.laurel.protocol.storage.ClockMode;
import io.laurel.protocol.storage.ContestActionEncoder;
import io.laurel.protocol.storage.ContestOperation;
import io.laurel.protocol.storage.ErasePlayerEncoder;
import io.laurel.protocol.storage.EventCommandEncoder;
import io.laurel.protocol.storage.EventRefusedEncoder;
import io.laurel.protocol.storage.ExtendScheduleEncoder;
import io.laurel.protocol.storage.GenesisEncoder;
import io.laurel.protocol.storage.OpenSessionEncoder;
import io.laurel.protocol.storage.PlayerActionEncoder;
import io.laurel.protocol.storage.PlayerOperation;
import io.laurel.protocol.storage.PlayerProfileEncoder;
import io.laurel.protocol.storage.PublishContestEncoder;
import io.laurel.protocol.storage.PublishFxEncoder;
import io.laurel.protocol.storage.RebuildEntryEncoder;
import io.laurel.protocol.storage.RegisterSourceEncoder;
import io.laurel.protocol.storage.ResolveRollbackEncoder;
import io.laurel.protocol.storage.SetLimitsEncoder;
import io.laurel.protocol.storage.SkipCommandEncoder;
import io.laurel.protocol.storage.TakeSnapshotEncoder;
import io.laurel.protocol.storage.TickEncoder;
import java.nio.ByteOrder;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * Writes one command at a time into a buffer of its own; the body then lies at offset 0 of {@link
 * #buffer()} until the next call. Not for several threads.
 */
public final class CommandWriter {
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(1024);
    private final EventCommandEncoder event = new EventCommandEncoder();
    private final EventRefusedEncoder refused = new EventRefusedEncoder();
    private int templateId;
    private int blockLength;
    private int length;

    /** Returns where the body lies, from offset 0 on. */
    public DirectBuffer buffer() {
        return buffer;
    }

    /** Returns the template id of the storage schema. */
    public int templateId() {
        return templateId;
    }

    /** Returns the block length of the body in bytes. */
    public int blockLength() {
        return blockLength;
    }

    /** Returns the length of the body in bytes. */
    public int length() {
        return length;
    }

    private CommandWriter done(int id, int block, int limit) {
        templateId = id;
        blockLength = block;
        length = limit;
        return this;
    }

    /** Writes Genesis, the first command of a log. */
    public CommandWriter genesis(Limits limits, boolean eventClock, long hashSeed) {
        final GenesisEncoder to = new GenesisEncoder().wrap(buffer, 0);
        to.maxLatenessNs(limits.maxLatenessNs()).maxSkewNs(limits.maxSkewNs())
            .maxPlayers(limits.maxPlayers()).maxContests(limits.maxContests())
            .memoryBytes(limits.memoryBytes()).hashSeed(hashSeed)
            .behaviourVersion(limits.behaviourVersion())
            .clockMode(eventClock ? ClockMode.EVENT : ClockMode.SYSTEM);
        return done(GenesisEncoder.TEMPLATE_ID, GenesisEncoder.BLOCK_LENGTH, to.limit());
    }

    /** Writes changed limits. */
    public CommandWriter setLimits(Limits limits, String actor, String reason) {
        final SetLimitsEncoder to = new SetLimitsEncoder().wrap(buffer, 0);
        to.maxLatenessNs(limits.maxLatenessNs()).maxSkewNs(limits.maxSkewNs())
            .maxPlayers(limits.maxPlayers()).maxContests(limits.maxContests())
            .memoryBytes(limits.memoryBytes()).behaviourVersion(limits.behaviourVersion())
            .actor(actor).reason(reason);
        return done(SetLimitsEncoder.TEMPLATE_ID, SetLimitsEncoder.BLOCK_LENGTH, to.limit());
    }

    /** Writes a tick. */
    public CommandWriter tick() {
        return done(TickEncoder.TEMPLATE_ID, TickEncoder.BLOCK_LENGTH, TickEncoder.BLOCK_LENGTH);
    }

    /** Writes a move of event time that nobody answers for. */
    public CommandWriter advanceTime(long toNs) {
        return advanceTime(toNs, "", "");
    }

    /** Writes a move of event time. */
    public CommandWriter advanceTime(long toNs, String actor, String reason) {
        final AdvanceTimeEncoder to = new AdvanceTimeEncoder().wrap(buffer, 0).toNs(toNs)
            .actor(actor).reason(reason);
        return done(AdvanceTimeEncoder.TEMPLATE_ID, AdvanceTimeEncoder.BLOCK_LENGTH, to.limit());
    }

    /** Writes the registration of a sender. */
    public CommandWriter registerSource(String name) {
        final RegisterSourceEncoder to = new RegisterSourceEncoder().wrap(buffer, 0).name(name);
        return done(RegisterSourceEncoder.TEMPLATE_ID, RegisterSourceEncoder.BLOCK_LENGTH,
            to.limit());
    }

    /** Writes the opening of a session version. */
    public CommandWriter openSession(long sessionId, long sessionVerId, int source) {
        final OpenSessionEncoder to = new OpenSessionEncoder().wrap(buffer, 0)
            .sessionId(sessionId).sessionVerId(sessionVerId).source(source);
        return done(OpenSessionEncoder.TEMPLATE_ID, OpenSessionEncoder.BLOCK_LENGTH, to.limit());
    }

    /**
     * Writes a valid event.
     *
     * @param sessionId 0 = not from a session; then seqNo inside the event is 0 too
     * @param sessionVerId version of the session
     * @param source number of the sender
     * @param eventBlockLength block length of the event in the wire schema
     * @param eventVersion version of the wire schema
     * @param from holds the event: block and strings, no header
     * @param offset first byte of the block
     * @param eventLength bytes of block and strings
     */
    public CommandWriter event(long sessionId, long sessionVerId, int source,
        int eventBlockLength, int eventVersion, DirectBuffer from, int offset, int eventLength) {
        event.wrap(buffer, 0).sessionId(sessionId).sessionVerId(sessionVerId).source(source)
            .eventBlockLength(eventBlockLength).eventVersion(eventVersion);
        final int at = EventCommandEncoder.BLOCK_LENGTH;
        buffer.putShort(at, (short) eventLength, ByteOrder.LITTLE_ENDIAN);
        buffer.putBytes(at + EventCommandEncoder.payloadHeaderLength(), from, offset, eventLength);
        return done(EventCommandEncoder.TEMPLATE_ID, EventCommandEncoder.BLOCK_LENGTH,
            at + EventCommandEncoder.payloadHeaderLength() + eventLength);
    }

    /** Writes that a message of a session decodes and is invalid. */
    public CommandWriter eventRefused(long sessionId, long sessionVerId, long seqNo,
        long contentHash, int source, int code) {
        refused.wrap(buffer, 0).sessionId(sessionId).sessionVerId(sessionVerId).seqNo(seqNo)
            .contentHash(contentHash).source(source).code((short) code);
        return done(EventRefusedEncoder.TEMPLATE_ID, EventRefusedEncoder.BLOCK_LENGTH,
            EventRefusedEncoder.BLOCK_LENGTH);
    }

    /** Writes a contest in canonical bytes, published for no stated reason. */
    public CommandWriter publishContest(String actor, byte[] definition) {
        return publishContest(actor, "", definition);
    }

    /** Writes a contest in canonical bytes. */
    public CommandWriter publishContest(String actor, String reason, byte[] definition) {
        final PublishContestEncoder to = new PublishContestEncoder().wrap(buffer, 0).actor(actor)
            .putDefinition(definition, 0, definition.length).reason(reason);
        return done(PublishContestEncoder.TEMPLATE_ID, PublishContestEncoder.BLOCK_LENGTH,
            to.limit());
    }

    /** Writes further starts of a recurring contest, ascending. */
    public CommandWriter extendSchedule(String contest, List<Long> starts) {
        final byte[] bytes = new byte[starts.size() * Long.BYTES];
        final java.nio.ByteBuffer out =
            java.nio.ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        starts.forEach(out::putLong);
        final ExtendScheduleEncoder to = new ExtendScheduleEncoder().wrap(buffer, 0)
            .contest(contest).putStarts(bytes, 0, bytes.length);
        return done(ExtendScheduleEncoder.TEMPLATE_ID, ExtendScheduleEncoder.BLOCK_LENGTH,
            to.limit());
    }

    /** Writes what an operator does with a contest. */
    public CommandWriter contestAction(ContestOperation operation, String contest, String actor,
        String reason) {
        final ContestActionEncoder to = new ContestActionEncoder().wrap(buffer, 0)
            .operation(operation).contest(contest).actor(actor).reason(reason);
        return done(ContestActionEncoder.TEMPLATE_ID, ContestActionEncoder.BLOCK_LENGTH,
            to.limit());
    }

    /** Writes what happens to a player in a contest. */
    public CommandWriter playerAction(PlayerOperation operation, String contest, String user,
        String actor, String reason) {
        final PlayerActionEncoder to = new PlayerActionEncoder().wrap(buffer, 0)
            .operation(operation).contest(contest).user(user).actor(actor).reason(reason);
        return done(PlayerActionEncoder.TEMPLATE_ID, PlayerActionEncoder.BLOCK_LENGTH,
            to.limit());
    }

    /** Writes what is known of a player. */
    public CommandWriter playerProfile(PlayerDefinition player, String actor,
        String reason) {
        final PlayerProfileEncoder to = new PlayerProfileEncoder().wrap(buffer, 0)
            .selfExcludedUntilNs(player.selfExcludedUntilNs()).birthDay(player.birthDay());
        to.flags().clear().kyc(player.kyc()).blocked(player.blocked());
        to.user(player.id()).alias(player.alias()).locale(player.locale())
            .segments(String.join(",", player.segments())).actor(actor).reason(reason);
        return done(PlayerProfileEncoder.TEMPLATE_ID, PlayerProfileEncoder.BLOCK_LENGTH,
            to.limit());
    }

    /** Writes the erasure of a player. */
    public CommandWriter erasePlayer(String user, String actor, String reason) {
        final ErasePlayerEncoder to = new ErasePlayerEncoder().wrap(buffer, 0).user(user)
            .actor(actor).reason(reason);
        return done(ErasePlayerEncoder.TEMPLATE_ID, ErasePlayerEncoder.BLOCK_LENGTH, to.limit());
    }

    /** Writes a table of exchange rates in canonical bytes. */
    public CommandWriter publishFx(String actor, String reason, byte[] table) {
        final PublishFxEncoder to = new PublishFxEncoder().wrap(buffer, 0).actor(actor)
            .putTable(table, 0, table.length).reason(reason);
        return done(PublishFxEncoder.TEMPLATE_ID, PublishFxEncoder.BLOCK_LENGTH, to.limit());
    }

    /** Writes that an operator passes a command. */
    public CommandWriter skip(long sequence, String actor, String reason) {
        final SkipCommandEncoder to = new SkipCommandEncoder().wrap(buffer, 0)
            .skippedSequence(sequence).actor(actor).reason(reason);
        return done(SkipCommandEncoder.TEMPLATE_ID, SkipCommandEncoder.BLOCK_LENGTH, to.limit());
    }

    /** Writes the mark at which a snapshot is cut. */
    public CommandWriter takeSnapshot(String actor, String reason) {
        final TakeSnapshotEncoder to =
            new TakeSnapshotEncoder().wrap(buffer, 0).actor(actor).reason(reason);
        return done(TakeSnapshotEncoder.TEMPLATE_ID, TakeSnapshotEncoder.BLOCK_LENGTH,
            to.limit());
    }

    /**
     * Writes what the reader of the log found for a rollback.
     *
     * @param rollback sequence of the rollback
     * @param closing sequence of the event that closed the round; 0 = the log has none
     * @param ts of that event
     */
    public CommandWriter resolveRollback(long rollback, long closing, long ts, String user,
        String provider, String game) {
        final ResolveRollbackEncoder to = new ResolveRollbackEncoder().wrap(buffer, 0)
            .rollbackSequence(rollback).closingSequence(closing).ts(ts).user(user)
            .provider(provider).game(game);
        return done(ResolveRollbackEncoder.TEMPLATE_ID, ResolveRollbackEncoder.BLOCK_LENGTH,
            to.limit());
    }

    /**
     * Writes an entry that the reader of the log has derived anew.
     *
     * @param readTo last command that the contents reflect
     * @param more whether further boards of the entry follow
     * @param contents as {@code EntryContents} writes them
     */
    public CommandWriter rebuildEntry(String contest, String entity, long readTo, boolean more,
        byte[] contents) {
        final RebuildEntryEncoder to = new RebuildEntryEncoder().wrap(buffer, 0)
            .readToSequence(readTo).more((short) (more ? 1 : 0)).contest(contest).entity(entity)
            .putContents(contents, 0, contents.length);
        return done(RebuildEntryEncoder.TEMPLATE_ID, RebuildEntryEncoder.BLOCK_LENGTH,
            to.limit());
    }

    /**
     * Logged limits (semantics 1.6).
     *
     * @param maxLatenessNs how late an event may come
     * @param maxSkewNs how early an event may come
     * @param maxPlayers limit of players
     * @param maxContests limit of contests, instances included
     * @param memoryBytes size of the state region
     * @param behaviourVersion which rules of the engine hold
     */
    public record Limits(long maxLatenessNs, long maxSkewNs, long maxPlayers, long maxContests,
        long memoryBytes, int behaviourVersion) {
    }
}
