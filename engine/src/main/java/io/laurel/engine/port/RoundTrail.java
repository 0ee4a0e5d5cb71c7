package io.laurel.engine.port;

import io.laurel.engine.ResultCode;
import io.laurel.engine.intake.ClosedRound;
import org.agrona.DirectBuffer;

/**
 * Is told what the engine does with every closed round in every contest: what score explanations
 * and rebuilt entries are made of. A live node has {@link #NONE}. What is handed over is valid for
 * the time of the call, on the engine's thread; nothing here can change what is decided.
 */
public interface RoundTrail {
    /** Hears nothing. */
    RoundTrail NONE = new RoundTrail() {
    };

    /**
     * A round was closed. What contests make of it follows; of those whose scope it does not meet,
     * segments aside, nothing is told.
     *
     * @param sequence of the closing event
     */
    default void onClosed(long sequence, ClosedRound round) {
    }

    /**
     * The round scores in a contest; told before anything changes there.
     *
     * @param contest id of the contest or instance
     * @param epoch how often its standings have been voided
     * @param ruleVersion that scores it
     * @param points units of the contest's score scale
     * @param partition holds the value of the partition that it falls into
     * @param partitionLength bytes of the value from 0 on; 0 = the contest has no partitions
     */
    default void onScored(String contest, int epoch, int ruleVersion, long points,
        DirectBuffer partition, int partitionLength) {
    }

    /**
     * The round scores nothing in a contest.
     *
     * @param ruleVersion that looked at it
     */
    default void onNotScored(String contest, int ruleVersion, ResultCode reason) {
    }

    /** Every contest that wanted to see the round has seen it. */
    default void onOffered() {
    }

    /**
     * A closed round is void from the present command on: entries will be derived anew without it.
     *
     * @param sequence of its closing event
     */
    default void onVoided(long sequence) {
    }

    /**
     * An entry was derived anew; rounds that were void by then count in it no more.
     *
     * @param entity id of the player, provider or game
     */
    default void onRebuilt(String contest, String entity) {
    }
}
