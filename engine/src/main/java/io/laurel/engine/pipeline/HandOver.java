package io.laurel.engine.pipeline;

/**
 * Sees to it that the event loop hears of results, without waking it more often than it has to be:
 * a wake-up is among the dearest things that happen to a small batch, on both sides.
 *
 * <p>Where commands come in one short pause after the other, the event loop will be awake again
 * with the next ones, and looks for results whenever it has published some. So results of a batch
 * behind which nothing waits yet are only left where it looks; the engine's thread, which spins
 * meanwhile, wakes it when the next command is overdue. Where more is there already, or where the
 * engine has waited for long, the event loop is woken at once.
 *
 * <p>Engine's thread, but for the constructor.
 */
final class HandOver {
    private final EgressPublisher egress;
    private final boolean waits;
    private boolean offered;

    /**
     * Makes one.
     *
     * @param waits whether a wait strategy tells this how it goes on; else every offer wakes
     */
    HandOver(EgressPublisher egress, boolean waits) {
        this.egress = egress;
        this.waits = waits;
    }

    /** A batch has results that may leave. */
    void offer() {
        offered = true;
        if (!waits) {
            now();
        }
    }

    /** Wakes the event loop if something was offered. */
    void now() {
        if (offered) {
            offered = false;
            egress.wake();
        }
    }

    /** Leaves what was offered to the next turn of the event loop in which it publishes. */
    void withNextTurn() {
        if (offered) {
            offered = false;
            egress.owe();
        }
    }

    /** That turn has not come. */
    void overdue() {
        egress.wakeIfOwed();
    }
}
