package io.laurel.engine.contest;

/** The life of a contest (semantics 4), with its one table of moves. */
public enum ContestState {
    /** Published, not yet begun. */
    SCHEDULED(0, "scheduled"),
    /** Between start and end of the window. */
    LIVE(1, "live"),
    /** After the end, while late rounds are taken. */
    CLOSING(2, "closing"),
    /** The board stands; it may be disputed. */
    PROVISIONAL(3, "provisional"),
    /** The board stands for good. */
    FINAL(4, "final"),
    /** Rewards are issued. */
    SETTLED(5, "settled"),
    /** Called off. */
    CANCELLED(6, "cancelled");

    private static final ContestState[] BY_CODE = values();

    /** Row: from; column: to. */
    private static final boolean[][] MOVES = {
        // scheduled live closing provisional final settled cancelled
        {false, true, false, false, false, false, true},
        {false, false, true, false, true, false, true},
        {false, false, false, true, true, false, true},
        {false, false, false, false, true, false, true},
        {false, false, false, false, false, true, false},
        {false, false, false, false, false, false, false},
        {false, false, false, false, false, false, false},
    };

    private final int code;
    private final String token;

    ContestState(int code, String token) {
        this.code = code;
        this.token = token;
    }

    /** Returns the number that stands for this state in pages and log. */
    public int code() {
        return code;
    }

    /** Returns the name that users see; {@code frozen} is a mark beside it. */
    public String token() {
        return token;
    }

    /** Returns whether a contest may go from this state to another. */
    public boolean canMoveTo(ContestState next) {
        return MOVES[code][next.code];
    }

    /** Returns whether a freeze means something here. */
    public boolean canFreeze() {
        return this == LIVE || this == CLOSING || this == PROVISIONAL;
    }

    /** Returns whether rounds may score here, as far as the state goes. */
    public boolean takesRounds() {
        return this == SCHEDULED || this == LIVE || this == CLOSING;
    }

    /**
     * Returns the state behind a number.
     *
     * @throws IllegalArgumentException where no state has that number
     */
    public static ContestState of(int code) {
        if (code < 0 || code >= BY_CODE.length) {
            throw new IllegalArgumentException("no contest state has code " + code);
        }
        return BY_CODE[code];
    }
}
