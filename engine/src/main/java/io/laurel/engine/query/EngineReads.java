package io.laurel.engine.query;

import io.laurel.engine.rules.FxTable;
import java.util.List;
import org.agrona.DirectBuffer;

/** Everything that can be read of the engine; implemented by the engine, called on its thread. */
public interface EngineReads {
    /** Returns all contests and instances, but no recurring ones, by start and then by id. */
    List<ContestInfo> contests();

    /** Returns one contest, also a recurring one, or null where there is none of that id. */
    ContestInfo contest(String id);

    /** Returns part of a board, or null where there is no such contest or partition. */
    BoardPage board(BoardRequest request);

    /** Returns an entry as scoring has it, or null where there is no such contest. */
    default EntryInfo entry(String contest, String entity) {
        return null;
    }

    /** Returns what waits for the reader of the log. */
    default RebuildWork rebuildWork() {
        return RebuildWork.NONE;
    }

    /** Returns where a session stands, or null where there is none. */
    SessionInfo session(long sessionId);

    /** Returns what became of a message of a session. */
    SessionProbe sessionProbe(long sessionId, long sessionVerId, long seqNo, long contentHash);

    /** Returns the table of rates of that id, or null. */
    FxTable fx(String id);

    /** Returns the version of the table of rates of that id, 0 where there is none. */
    default int fxVersion(String id) {
        return 0;
    }

    /** Returns the version of what is known of a player, 0 where nothing is. */
    default int profileVersion(String user) {
        return 0;
    }

    /** Returns the engine's figures. */
    StatusInfo status();

    /** Returns the number of a sender, or -1 where it is not registered. */
    int source(String name);

    /** Returns the ids of recurring contests whose resolved starts run out before a time. */
    List<String> schedulesToExtend(long beforeNs);

    /**
     * Returns the contest that the log settled next, null where there is none yet.
     *
     * @param contest id of a settled contest; empty = before the first
     */
    default SettledContest settledAfter(String contest) {
        return null;
    }

    /** Returns the last start that waits in a recurring contest, Long.MIN_VALUE = none. */
    default long lastStartNs(String schedule) {
        return Long.MIN_VALUE;
    }

    /** Returns the number of a contest, which it keeps; 0 where there is none. */
    default int contestNumber(String id) {
        return 0;
    }

    /** Returns the number of a player, which it keeps; 0 where the id is unknown. */
    default int playerNumber(DirectBuffer id, int offset, int length) {
        return 0;
    }

    /**
     * Returns a player's place on the main board of a contest, from 1 on; 0 where it has none.
     * Allocates nothing.
     *
     * @param contest of {@link #contestNumber}
     * @param player of {@link #playerNumber}
     */
    default long rank(int contest, int player) {
        return 0;
    }
}
