package io.laurel.gateway.http;

import java.util.List;
import java.util.function.DoubleSupplier;

/** What the node knows beside the engine. Called on the event loop; must not block. */
public interface NodeFigures {
    /** Returns whether the node has recovered and writes durably. */
    boolean ready();

    /** Returns how many commands the ring holds when it is full. */
    long ringCapacity();

    /** Returns how many sessions over TCP are connected now. */
    long connectedSessions();

    /** Returns the state root of the last snapshot, 64 hex digits; empty = none yet. */
    String snapshotStateRoot();

    /** Returns further figures for {@code /metrics}, in a fixed order. */
    List<Figure> figures();

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
