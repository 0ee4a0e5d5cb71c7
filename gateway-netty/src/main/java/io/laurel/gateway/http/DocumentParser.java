package io.laurel.gateway.http;

import io.laurel.engine.rules.PlayerDefinition;

/** Parses and validates what an operator publishes; filled in where the node is wired. */
@FunctionalInterface
public interface DocumentParser {
    /**
     * Parses one document.
     *
     * @param kind what it must be
     * @param id what it must be called; the document may leave it out
     * @param text YAML or JSON
     * @param logTimeNs log time of the engine, from which on schedules are resolved
     * @throws io.laurel.engine.rules.DocumentException where it cannot be taken
     */
    Document parse(Kind kind, String id, String text, long logTimeNs);

    /** Kinds of document. */
    enum Kind {
        /** A tournament. */
        CONTEST,
        /** What is known of a player. */
        PLAYER,
        /** A table of exchange rates. */
        FX
    }

    /**
     * A valid document.
     *
     * @param id as the document has it, or as it was called
     * @param canonical what the log holds; null for a player
     * @param rulesHash of what was written, 64 hex digits
     * @param player null for the other kinds
     * @param fx id of the table of rates that a contest pins; empty = none
     * @param isRating whether a contest ranks by rating, which this version cannot
     */
    record Document(String id, byte[] canonical, String rulesHash, PlayerDefinition player,
        String fx, boolean isRating) {
        /** A player. */
        public Document(PlayerDefinition player, String rulesHash) {
            this(player.id(), null, rulesHash, player, "", false);
        }

        /** What depends on nothing else. */
        public Document(String id, byte[] canonical, String rulesHash) {
            this(id, canonical, rulesHash, null, "", false);
        }
    }
}
