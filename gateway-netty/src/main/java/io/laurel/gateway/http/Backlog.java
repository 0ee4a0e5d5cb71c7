package io.laurel.gateway.http;

import java.util.ArrayDeque;

/**
 * Work that waits for room, in the order in which it came; whoever comes later goes behind. A
 * connection has one request in flight, so it is no longer than there are connections.
 */
final class Backlog {
    private final ArrayDeque<Attempt> waiting = new ArrayDeque<>();

    /** How an attempt went. */
    enum Step {
        /** All is handed over. */
        DONE,
        /** There is no room now. */
        FULL,
        /** It has had its slice; let others go first. */
        MORE
    }

    /** Something that hands itself over, perhaps in several steps. */
    interface Attempt {
        /** Goes as far as it can. */
        Step proceed();

        /** Takes what {@link #proceed} threw; it is not called again. */
        void fail(RuntimeException failure);
    }

    /** Begins an attempt, now or behind those that wait. */
    void submit(Attempt attempt) {
        waiting.add(attempt);
        if (waiting.size() == 1) {
            pump();
        }
    }

    /**
     * Lets those that wait go on, one slice each, until there is no room.
     *
     * @return whether there is more to do at once
     */
    boolean pump() {
        for (int i = waiting.size(); i > 0; i--) {
            final Attempt first = waiting.peek();
            Step step;
            try {
                step = first.proceed();
            } catch (final RuntimeException e) {
                first.fail(e);
                step = Step.DONE;
            }
            if (step == Step.FULL) {
                return false;
            }
            waiting.poll();
            if (step == Step.MORE) {
                waiting.add(first);
            }
        }
        return !waiting.isEmpty();
    }

    /** Returns how much waits. */
    int size() {
        return waiting.size();
    }
}
