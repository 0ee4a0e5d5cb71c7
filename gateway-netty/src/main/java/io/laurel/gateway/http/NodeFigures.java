package io.laurel.gateway.http;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.DoubleSupplier;

/** What the node knows beside the engine. Called on the event loop; must not block. */
public interface NodeFigures {
    /** Returns whether the node has recovered and writes durably. */
    boolean ready();

    /** Returns how many commands the ring holds when it is full. */
    long ringCapacity();

    /** Returns how many sessions over TCP are connected now. */
    long connectedSessions();

    /** Returns what is known of snapshots. */
    Snapshots snapshots();

    /**
     * Makes ready what a snapshot needs, which may take some seconds; a cut is logged only then.
     *
     * @return done on any thread; fails where there is no memory, or one is under way
     */
    CompletionStage<Void> prepareSnapshot();

    /** Returns what waits for the reader of the log. */
    Rebuilds rebuilds();

    /** Returns further figures for {@code /metrics}, in a fixed order. */
    List<Figure> figures();

    /**
     * The last snapshot and the one under way.
     *
     * @param sequence of the last one, 0 = none yet
     * @param stateRoot of the last one, 64 hex digits; empty = none yet
     * @param memoryBytes what the one under way takes beside the state, 0 = none is under way
     */
    record Snapshots(long sequence, String stateRoot, long memoryBytes) {
    }

    /**
     * Rollbacks of closed rounds that are not worked off yet.
     *
     * @param rollbacks of which it is not known yet which round they mean
     * @param entries that wait to be derived anew
     * @param stuck of both, those that need a part of the log that was pruned
     * @param reason why it does not go on; empty = it does
     */
    record Rebuilds(long rollbacks, long entries, long stuck, String reason) {
    }

    /**
     * One figure.
     *
     * @param name {@code laurel_…} with its unit last, as Prometheus has it
     * @param help what it means
     * @param counter whether it only grows
     * @param value read when asked for
     */
    record Figure(String name, String help, boolean counter, DoubleSupplier value) {
    }
}
