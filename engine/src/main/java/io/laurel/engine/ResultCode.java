package io.laurel.engine;

/**
 * What became of a command, or why a round scored nothing in a contest. The token is what a user
 * sees; the code is what the log and the state hold and never changes its meaning.
 */
public enum ResultCode {
    /** Applied. */
    ACCEPTED(0, "accepted"),
    /**
     * The same thing was taken before; the value of the reply names the original sequence. What was
     * refused before is answered with the code of that time, and the original sequence too.
     */
    DUPLICATE(1, "duplicate"),

    // refusals of events, in the order of their precedence (semantics 3)
    INVALID(2, "invalid"),
    TOO_EARLY(3, "too_early"),
    TOO_LATE(4, "too_late"),
    ID_CONFLICT(5, "id_conflict"),
    ROUND_CLOSED(6, "round_closed"),
    ROUND_OPEN(7, "round_open"),
    CURRENCY_MISMATCH(8, "currency_mismatch"),
    CAPACITY(9, "capacity"),
    STORAGE_LOW(10, "storage_low"),

    // refusals of other commands
    SCORE_OVERFLOW(11, "score_overflow"),
    UNSUPPORTED(12, "unsupported"),
    NOT_FOUND(13, "not_found"),
    BAD_STATE(14, "bad_state"),
    FORBIDDEN(15, "forbidden"),
    RULES_LOCKED(16, "rules_locked"),
    SESSION_VERSION(17, "session_version"),
    SESSION_SEQUENCE(18, "session_sequence"),
    SKIPPED(19, "skipped"),
    /** A rollback of a round that nobody knows: changes nothing. */
    UNKNOWN_ROUND(20, "unknown_round"),

    // why a closed round scored nothing in a contest, in the order of semantics 5
    OUTSIDE_WINDOW(32, "outside_window"),
    OUT_OF_SCOPE(33, "out_of_scope"),
    NOT_ELIGIBLE_GAME(34, "not_eligible_game"),
    PLAYER_BLOCKED(35, "player_blocked"),
    NOT_ENTERED(36, "not_entered"),
    ZERO_BET(37, "zero_bet"),
    MIN_BET(38, "min_bet"),
    CURRENCY(39, "currency"),
    ASN_EXCLUDED(40, "asn_excluded"),
    HEADLESS(41, "headless"),
    TOO_SHORT(42, "too_short"),
    RATE_LIMITED(43, "rate_limited"),
    FORMULA_ERROR(44, "formula_error"),
    DISQUALIFIED(45, "disqualified");

    /** One more than the highest code. */
    public static final int LIMIT = 48;

    private static final ResultCode[] BY_CODE = new ResultCode[LIMIT];

    static {
        for (final ResultCode value : values()) {
            BY_CODE[value.code] = value;
        }
    }

    private final int code;
    private final String token;

    ResultCode(int code, String token) {
        this.code = code;
        this.token = token;
    }

    /** Returns the number that stands for this result in log and state, 0 to 47. */
    public int code() {
        return code;
    }

    /** Returns the name that users see. */
    public String token() {
        return token;
    }

    /**
     * Returns the result behind a number.
     *
     * @throws IllegalArgumentException where no result has that number
     */
    public static ResultCode of(int code) {
        final ResultCode value = code >= 0 && code < LIMIT ? BY_CODE[code] : null;
        if (value == null) {
            throw new IllegalArgumentException("no result has code " + code);
        }
        return value;
    }
}
