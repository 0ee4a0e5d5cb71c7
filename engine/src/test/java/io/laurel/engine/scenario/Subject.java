package io.laurel.engine.scenario;

import io.laurel.engine.reference.Command.Step;
import io.laurel.engine.reference.Outcome;
import io.laurel.engine.reference.ReferenceEngine.ContestView;
import io.laurel.engine.reference.Row;
import java.util.List;
import java.util.Map;

/** Something that applies commands and can be looked at: the judge, or the engine. */
public interface Subject extends AutoCloseable {
    /** Applies a command; sequences are 1, 2, 3, ... */
    Outcome apply(long sequence, Step step);

    /** Returns the ids of all contests and instances, in the order of their bytes. */
    List<String> contests();

    /** Returns a board in rank order; partition "" is the main one; null for no such contest. */
    List<Row> board(String contest, String partition);

    /** Returns where a contest stands, or null. */
    ContestView contest(String id);

    /** Returns how many outcomes of each kind the events of each source had. */
    Map<String, Map<String, Long>> outcomes();

    /** Returns how many open rounds were forgotten. */
    long discardedRounds();

    @Override
    void close();
}
