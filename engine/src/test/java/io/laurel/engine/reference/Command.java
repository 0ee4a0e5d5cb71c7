package io.laurel.engine.reference;

import io.laurel.engine.rules.ContestDefinition;
import io.laurel.engine.rules.FxTable;
import io.laurel.engine.rules.PlayerDefinition;
import java.util.List;

/** One command of a log, in plain values; {@link Step} gives it its time. */
public sealed interface Command {
    /** First command. */
    record Genesis(Limits limits, boolean eventClock) implements Command {
    }

    /** A sender. */
    record RegisterSource(String name) implements Command {
    }

    /** A session version; sequence numbers within it are given when it is encoded. */
    record OpenSession(long sessionId, long sessionVerId, String source) implements Command {
    }

    /** A game event; session 0 = from none. */
    record SendEvent(String source, long sessionId, Event event) implements Command {
    }

    /** An event that decodes and is invalid. */
    record RefuseEvent(String source, String code) implements Command {
    }

    /** A contest or a series. */
    record PublishContest(ContestDefinition definition) implements Command {
    }

    /** Further starts of a series. */
    record ExtendSchedule(String contest, List<Long> starts) implements Command {
    }

    /** An operator's hand on a contest. */
    record ContestAction(ContestOp operation, String contest) implements Command {
    }

    /** Something happens to a player in a contest. */
    record PlayerAction(PlayerOp operation, String contest, String user) implements Command {
    }

    /** What is known of a player. */
    record PlayerProfile(PlayerDefinition player) implements Command {
    }

    /** Erasure. */
    record ErasePlayer(String user) implements Command {
    }

    /** Rates. */
    record PublishFx(FxTable table) implements Command {
    }

    /** Changed limits. */
    record SetLimits(Limits limits) implements Command {
    }

    /** The reader of the log answers once what waits for it. */
    record ReadLog() implements Command {
    }

    /** Time passes. */
    record Tick() implements Command {
    }

    /** Event time moves. */
    record AdvanceTime(long toNs) implements Command {
    }

    /** A command at its log time, ns since the Unix epoch. */
    record Step(long timeNs, Command command) {
    }
}
