package io.laurel.engine.reference;

import java.util.Locale;

/** Where a contest stands (semantics 4), in the order of its life. */
enum Stage {
    SCHEDULED, LIVE, CLOSING, PROVISIONAL, FINAL, SETTLED, CANCELLED;

    String token() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean takesRounds() {
        return this == SCHEDULED || this == LIVE || this == CLOSING;
    }

    boolean canFreeze() {
        return this == LIVE || this == CLOSING || this == PROVISIONAL;
    }

    boolean begun() {
        return this != SCHEDULED;
    }

    boolean over() {
        return this == FINAL || this == SETTLED || this == CANCELLED;
    }
}
