package io.laurel.engine.state;

import io.laurel.engine.memory.IdDictionary;

/** Opens the dictionaries of a state and names the kinds of their records. */
public final class Dictionaries {
    /** Kind of a sender's record. */
    public static final int SOURCE = 1;
    /** Kind of a player's record. */
    public static final int PLAYER = 2;
    /** Kind of the record of a brand, provider, game or segment. */
    public static final int NAME = 3;
    /** Kind of a contest's record. */
    public static final int CONTEST = 4;
    /** Kind of a board's record. */
    public static final int BOARD = 5;
    /** Kind of a session's record, which is no dictionary's but shares the place of the kind. */
    public static final int SESSION = 6;
    /** Kind of the record of a table of exchange rates. */
    public static final int FX = 7;

    private Dictionaries() {
    }

    /** Opens the dictionary that a slot names, made where there is none. */
    public static IdDictionary open(State state, Slot slot, Store store, int bodyBytes,
        int kind) {
        if (state.get(slot) != 0) {
            return IdDictionary.open(state.allocator(), store.id(), state.hash(),
                state.get(slot));
        }
        final IdDictionary made =
            IdDictionary.create(state.allocator(), store.id(), state.hash(), bodyBytes, kind);
        state.set(slot, made.headerAt());
        return made;
    }
}
