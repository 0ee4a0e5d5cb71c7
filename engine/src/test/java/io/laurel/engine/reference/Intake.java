package io.laurel.engine.reference;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/** Semantics 3: what is taken, what is known already, and what becomes a closed round. */
final class Intake {
    private record EventKey(String source, String eventId) {
    }

    private record RoundKey(String source, String userId, String roundId) {
    }

    private record Remembered(Event content, long sequence, String code) {
    }

    /** What became of an event; {@code closed} is null unless it closed a round. */
    record Decision(Outcome outcome, String counted, Round closed, RolledBack rolledBack) {
        Decision(Outcome outcome, String counted, Round closed) {
            this(outcome, counted, closed, null);
        }
    }

    /** A rollback of a round that is not open; without {@code closedTs}: not remembered. */
    record RolledBack(String source, String userId, String roundId, Long closedTs) {
    }

    private final Map<EventKey, Remembered> events = new HashMap<>();
    private final Map<RoundKey, OpenRound> open = new HashMap<>();
    private final Map<RoundKey, Long> closed = new HashMap<>();
    private long horizonNs = Long.MIN_VALUE;
    private long discardedRounds;

    /** Forgets what lies before time - H; never remembers again what was forgotten. */
    void passTime(long timeNs, Limits limits) {
        horizonNs = Math.max(horizonNs, timeNs - limits.horizonNs());
        events.values().removeIf(known -> known.content.ts() < horizonNs);
        closed.values().removeIf(ts -> ts < horizonNs);
        final int before = open.size();
        open.values().removeIf(round -> round.latestTs() < horizonNs);
        discardedRounds += before - open.size();
    }

    long discardedRounds() {
        return discardedRounds;
    }

    int openRounds() {
        return open.size();
    }

    Decision offer(long sequence, long timeNs, Limits limits, boolean eventClock, String source,
        Event event) {
        if (!eventClock && event.ts() > timeNs + limits.maxSkewNs()) {
            return plain("too_early", sequence);
        }
        if (event.ts() < timeNs - limits.maxLatenessNs() || event.ts() < horizonNs) {
            return plain("too_late", sequence);
        }
        final EventKey key = new EventKey(source, event.eventId());
        final Remembered known = events.get(key);
        if (known != null && !known.content.equals(event.content())) {
            return plain("id_conflict", sequence);
        }
        if (known != null) {
            return plain(known.code.equals("accepted") ? "duplicate" : known.code,
                known.sequence);
        }
        final Decision decision = assemble(sequence, source, event);
        events.put(key, new Remembered(event.content(), sequence, decision.outcome.code()));
        return decision;
    }

    private Decision assemble(long sequence, String source, Event event) {
        final RoundKey key = new RoundKey(source, event.userId(), event.roundId());
        if (event.kind().equals("rollback")) {
            return rollBack(sequence, key);
        }
        if (closed.containsKey(key)) {
            return plain("round_closed", sequence);
        }
        final boolean spin = event.kind().equals("spin");
        if (spin && open.containsKey(key)) {
            return plain("round_open", sequence);
        }
        final OpenRound round = open.getOrDefault(key, new OpenRound());
        if (round.mismatches(event)) {
            return plain("currency_mismatch", sequence);
        }
        round.add(event);
        if (!spin && !event.kind().equals("round_end")) {
            open.put(key, round);
            return plain("accepted", sequence);
        }
        open.remove(key);
        closed.put(key, event.ts());
        return new Decision(Outcome.of("accepted", sequence), "accepted", round.close());
    }

    private Decision rollBack(long sequence, RoundKey key) {
        if (open.remove(key) != null) {
            return plain("accepted", sequence);
        }
        return new Decision(Outcome.of("accepted", sequence), null, null, new RolledBack(
            key.source, key.userId, key.roundId, closed.get(key)));
    }

    private static Decision plain(String code, long sequence) {
        return new Decision(Outcome.of(code, sequence), code, null);
    }

    /** Unsigned order of UTF-8 bytes. */
    static final Comparator<String> BYTES = (left, right) -> java.util.Arrays.compareUnsigned(
        left.getBytes(java.nio.charset.StandardCharsets.UTF_8),
        right.getBytes(java.nio.charset.StandardCharsets.UTF_8));
}
