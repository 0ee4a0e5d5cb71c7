package io.laurel.gateway.http;

import java.util.concurrent.CompletableFuture;

/** Works out where scores come from, beside the engine (semantics 11.3). */
public interface Explanations {
    /**
     * Begins an explanation; returns at once. Called on the event loop.
     *
     * @param contest id of a contest or instance that the engine knows
     * @param entity id of the player, provider or game
     * @param sequence durable; the last command that the answer reflects
     * @return the JSON in UTF-8, completed on any thread; a {@link RefusedException} where there
     *     is none for a reason that can be told
     */
    CompletableFuture<byte[]> explain(String contest, String entity, long sequence);

    /** Why there is no explanation. */
    enum Refusal {
        /** Others are being worked out. */
        BUSY,
        /** There are more rounds than an answer may have. */
        TOO_MANY_ROUNDS,
        /** The log is too long for an answer over HTTP. */
        TOO_LONG,
        /** The log does not reach back far enough any more. */
        PRUNED,
        /** The node is stopping. */
        STOPPING
    }

    /** There is no explanation. */
    final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;

        private final Refusal refusal;

        /**
         * Says why.
         *
         * @param detail a sentence for people
         */
        public RefusedException(Refusal refusal, String detail) {
            super(detail);
            this.refusal = refusal;
        }

        /** Returns why. */
        public Refusal refusal() {
            return refusal;
        }
    }
}
