package io.laurel.replay.simulate;

import java.util.List;

/**
 * All runs of one contest, each against the first: what really happened, or the first candidate
 * where the log does not know the contest.
 *
 * @param contest id that the candidates stand for
 * @param outcomes the first one with nothing to compare to
 */
record Comparison(String contest, List<Outcome> outcomes) {
    /** Returns the name of what the others are compared to. */
    String base() {
        return outcomes.get(0).run().name();
    }
}
