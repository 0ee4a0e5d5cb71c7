package io.laurel.gateway.http;

import io.laurel.engine.query.EngineReads;
import java.util.function.Function;

/** Reads for an exchange that may say {@code min_sequence}. */
final class SequencedRead {
    private static final String MIN_SEQUENCE = "min_sequence";

    private SequencedRead() {
    }

    /** Takes what was read. */
    @FunctionalInterface
    interface Then<T> {
        void accept(T answer, long sequence);
    }

    /**
     * Starts a read. Where the wanted sequence is not reached in time the answer is 504: an older
     * view would be what the client has said it does not want.
     */
    static <T> void start(EngineBridge bridge, Exchange exchange, long waitNs,
        Function<EngineReads, T> function, Then<T> then) {
        final long wanted =
            exchange.request().number(MIN_SEQUENCE, 0, Long.MAX_VALUE, 0);
        bridge.readFrom(wanted, waitNs, function, (answer, sequence, failure) -> {
            if (failure != null) {
                exchange.fail(failure);
            } else if (sequence < wanted) {
                exchange.problem(Problem.of(504, "sequence_not_reached",
                    "The node stands at sequence " + sequence + ".").withSequence(sequence));
            } else {
                exchange.run(() -> then.accept(answer, sequence));
            }
        });
    }
}
