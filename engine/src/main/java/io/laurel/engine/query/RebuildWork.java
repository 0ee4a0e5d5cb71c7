package io.laurel.engine.query;

import io.laurel.engine.rules.ContestDefinition;
import java.util.List;

/**
 * What waits for the reader of the log (semantics 6.5).
 *
 * @param sequence last command that this reflects
 * @param rollbacks of closed rounds of which it is not known yet which round they mean
 * @param voided rounds that count in no entry that is derived from now on
 * @param entries that must be derived anew and can be
 */
public record RebuildWork(long sequence, List<Rollback> rollbacks, List<VoidRound> voided,
    List<MarkedEntry> entries) {
    /** Nothing waits. */
    public static final RebuildWork NONE = new RebuildWork(0, List.of(), List.of(), List.of());

    /**
     * A rollback of a closed round.
     *
     * @param sequence of the rollback
     * @param closingSequence of the event that closed the round; 0 = it is not remembered
     * @param source number of the sender
     * @param user id of the player
     * @param roundId bytes of the round's id
     */
    public record Rollback(long sequence, long closingSequence, int source, String user,
        byte[] roundId) {
    }

    /**
     * A round that was rolled back.
     *
     * @param closingSequence of the event that closed it
     * @param sinceSequence from which on it is void
     */
    public record VoidRound(long closingSequence, long sinceSequence) {
    }

    /**
     * An entry that must be derived anew.
     *
     * @param contest id of the contest or instance
     * @param entity id of the player, provider or game
     * @param markedSequence up to which it must be derived; what scores later is added to it
     * @param epoch how often the standings of the contest have been voided
     * @param board what is ranked, and how
     */
    public record MarkedEntry(String contest, String entity, long markedSequence, int epoch,
        ContestDefinition.Board board) {
    }

    /** Returns whether there is nothing to do. */
    public boolean isEmpty() {
        return rollbacks.isEmpty() && entries.isEmpty();
    }
}
