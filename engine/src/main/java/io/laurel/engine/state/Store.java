package io.laurel.engine.state;

import java.util.Locale;

/** Who owns memory in the state region; {@code status} shows bytes per store. */
public enum Store {
    /** Bookkeeping of the region itself. */
    REGION,
    /** Remembered events and closed rounds. */
    EVENTS,
    /** Rounds that are still open. */
    OPEN_ROUNDS,
    /** Senders and their counters. */
    SOURCES,
    /** Sessions with their rings of outcomes. */
    SESSIONS,
    /** Players: ids and profiles. */
    PLAYERS,
    /** Brands, providers, games, segments. */
    NAMES,
    /** Contests: records, definitions, counters. */
    CONTESTS,
    /** Boards: entries and their index. */
    ENTRIES,
    /** Boards: ordered trees. */
    TREES,
    /** Boards: kept rounds of best-n and first-n entries. */
    KEPT_ROUNDS,
    /** Look-back state of anti-abuse rules. */
    ABUSE,
    /** Due work. */
    TIMERS,
    /** Tables of exchange rates. */
    FX,
    /** Rollbacks of closed rounds, and entries that wait to be derived anew. */
    ROLLBACKS;

    /** Returns the number by which the allocator counts, 0 to 31. */
    public int id() {
        return ordinal();
    }

    /** Returns the name that users see. */
    public String token() {
        return name().toLowerCase(Locale.ROOT);
    }
}
