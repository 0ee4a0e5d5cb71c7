package io.laurel.engine.reference;

import io.laurel.engine.ResultCode;
import io.laurel.engine.command.CommandWriter;
import io.laurel.engine.reference.Command.SendEvent;
import io.laurel.engine.rules.ContestDefinition;
import io.laurel.engine.rules.FxTable;
import io.laurel.protocol.storage.ContestOperation;
import io.laurel.protocol.storage.PlayerOperation;
import io.laurel.protocol.wire.GameEventEncoder;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Turns commands into the bytes that the engine applies. Keeps what a sender would keep: the
 * numbers of sources and the next seqNo of each session.
 */
public final class CommandEncoding {
    private static final String ACTOR = "test";
    private static final String REASON = "why not";
    private static final long MEMORY_BYTES = 256L << 20;
    private static final long PLAYERS = 100_000;
    private static final int BEHAVIOUR_VERSION = 1;
    private static final long HASH_SEED = 0x5eed;

    private record Session(long verId, long nextSeqNo) {
    }

    private final CommandWriter writer = new CommandWriter();
    private final EventEncoding events = new EventEncoding();
    private final Map<String, Integer> sources = new HashMap<>();
    private final Map<Long, Session> sessions = new HashMap<>();
    private final Function<ContestDefinition, byte[]> contestCodec;
    private final Function<FxTable, byte[]> fxCodec;

    /**
     * Wraps the codecs of documents.
     *
     * @param contestCodec canonical bytes of a contest
     * @param fxCodec canonical bytes of a table of rates
     */
    public CommandEncoding(Function<ContestDefinition, byte[]> contestCodec,
        Function<FxTable, byte[]> fxCodec) {
        this.contestCodec = contestCodec;
        this.fxCodec = fxCodec;
    }

    /** Keeps the number that the engine gave to a source. */
    public void registered(String source, int number) {
        sources.put(source, number);
    }

    /** Writes the body of a command; it stands until the next call. */
    public CommandWriter write(Command command) {
        if (command instanceof SendEvent event) {
            return event(event);
        }
        if (command instanceof Command.Genesis genesis) {
            return writer.genesis(limits(genesis.limits()), genesis.eventClock(), HASH_SEED);
        }
        if (command instanceof Command.RegisterSource source) {
            return writer.registerSource(source.name());
        }
        if (command instanceof Command.OpenSession open) {
            sessions.put(open.sessionId(), new Session(open.sessionVerId(), 1));
            return writer.openSession(open.sessionId(), open.sessionVerId(),
                sources.get(open.source()));
        }
        if (command instanceof Command.RefuseEvent refused) {
            return writer.eventRefused(0, 0, 0, 0, sources.get(refused.source()),
                code(refused.code()));
        }
        if (command instanceof Command.Tick || command instanceof Command.ReadLog) {
            // what the reader answers follows from the log; here nobody asks it
            return writer.tick();
        }
        if (command instanceof Command.AdvanceTime advance) {
            return writer.advanceTime(advance.toNs());
        }
        if (command instanceof Command.SetLimits changed) {
            return writer.setLimits(limits(changed.limits()), "", "");
        }
        return document(command);
    }

    private CommandWriter document(Command command) {
        if (command instanceof Command.PublishContest publish) {
            return writer.publishContest(ACTOR, REASON, contestCodec.apply(publish.definition()));
        }
        if (command instanceof Command.PublishFx publish) {
            return writer.publishFx(ACTOR, REASON, fxCodec.apply(publish.table()));
        }
        if (command instanceof Command.ExtendSchedule extend) {
            return writer.extendSchedule(extend.contest(), extend.starts());
        }
        if (command instanceof Command.ContestAction action) {
            return writer.contestAction(ContestOperation.valueOf(action.operation().name()),
                action.contest(), ACTOR, REASON);
        }
        if (command instanceof Command.PlayerAction action) {
            return writer.playerAction(PlayerOperation.valueOf(action.operation().name()),
                action.contest(), action.user(), ACTOR, REASON);
        }
        if (command instanceof Command.PlayerProfile profile) {
            return writer.playerProfile(profile.player(), ACTOR, REASON);
        }
        if (command instanceof Command.ErasePlayer erase) {
            return writer.erasePlayer(erase.user(), ACTOR, REASON);
        }
        throw new IllegalArgumentException("no encoding for " + command);
    }

    private CommandWriter event(SendEvent sent) {
        // a shortened stream may have lost the opening: then the event comes from no session
        final Session session = sessions.get(sent.sessionId());
        final long seqNo = session == null ? 0 : session.nextSeqNo;
        if (session != null) {
            sessions.put(sent.sessionId(), new Session(session.verId, seqNo + 1));
        }
        final int lengthBytes = events.encode(seqNo, sent.event());
        return writer.event(session == null ? 0 : sent.sessionId(),
            session == null ? 0 : session.verId, sources.get(sent.source()),
            GameEventEncoder.BLOCK_LENGTH, GameEventEncoder.SCHEMA_VERSION, events.buffer(), 0,
            lengthBytes);
    }

    /**
     * Writes an event at a place in a session that the caller keeps.
     *
     * @param sessionVerId version of the session
     * @param seqNo place in it, right or wrong
     */
    public CommandWriter event(SendEvent sent, long sessionVerId, long seqNo) {
        return writer.event(sent.sessionId(), sessionVerId, sources.get(sent.source()),
            GameEventEncoder.BLOCK_LENGTH, GameEventEncoder.SCHEMA_VERSION, events.buffer(), 0,
            events.encode(seqNo, sent.event()));
    }

    private static CommandWriter.Limits limits(Limits limits) {
        return new CommandWriter.Limits(limits.maxLatenessNs(), limits.maxSkewNs(), PLAYERS,
            limits.maxContests(), MEMORY_BYTES, BEHAVIOUR_VERSION);
    }

    private static int code(String token) {
        for (final ResultCode code : ResultCode.values()) {
            if (code.token().equals(token)) {
                return code.code();
            }
        }
        throw new IllegalArgumentException("no such outcome: " + token);
    }
}
