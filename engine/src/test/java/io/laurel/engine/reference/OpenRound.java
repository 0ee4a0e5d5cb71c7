package io.laurel.engine.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The parts of a round so far, in log order (semantics 2, rounds). */
final class OpenRound {
    private final List<Event> parts = new ArrayList<>();

    /** Returns the currency of the first part that names one, or null. */
    String currency() {
        return parts.stream().map(Event::betCurrency).filter(Objects::nonNull).findFirst()
            .orElse(null);
    }

    /** Returns the greatest ts of a part. */
    long latestTs() {
        return parts.stream().mapToLong(Event::ts).max().orElseThrow();
    }

    boolean mismatches(Event part) {
        return part.betCurrency() != null && currency() != null
            && !part.betCurrency().equals(currency());
    }

    void add(Event part) {
        parts.add(part);
    }

    /** Closes the round with its last part, which must have been added. */
    Round close() {
        final Event closing = parts.get(parts.size() - 1);
        long bet = 0;
        long win = 0;
        for (final Event part : parts) {
            bet = Math.addExact(bet, orZero(part.betAmountMinor()));
            win = Math.addExact(win, orZero(part.winAmountMinor()));
        }
        final long multiplier = closing.winMultiplierE4() != null ? closing.winMultiplierE4()
            : Round.multiplierE4(bet, win);
        return new Round(closing.roundId(), closing.userId(), closing.ts(), closing.market(),
            closing.brand(), closing.gameId(), closing.provider(), closing.gameType(), currency(),
            bet, win, multiplier, durationNs(closing),
            closing.asn() == null ? "unknown" : closing.asn(),
            closing.headless() != null && closing.headless());
    }

    private Long durationNs(Event closing) {
        final long[] started = parts.stream().map(Event::roundStartedTs).filter(Objects::nonNull)
            .mapToLong(Long::longValue).toArray();
        final long[] others = parts.subList(0, parts.size() - 1).stream().mapToLong(Event::ts)
            .toArray();
        final long[] begins = started.length > 0 ? started : others;
        if (begins.length == 0) {
            return null;
        }
        final long begin = java.util.Arrays.stream(begins).min().orElseThrow();
        return Math.max(0, closing.ts() - begin);
    }

    private static long orZero(Long amount) {
        return amount == null ? 0 : amount;
    }
}
