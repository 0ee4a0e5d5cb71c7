package io.laurel.engine.reference;

import io.laurel.engine.rules.ContestDefinition;
import java.util.ArrayList;
import java.util.List;

/** Random events: rounds whole and in parts, resends, conflicts, at and around every edge. */
final class EventGenerator {
    private static final long LARGEST_MINOR = 1_000_000_000_000_000L;
    private static final int MEMORY = 40;

    private final Dice dice;
    private final List<Event> recent = new ArrayList<>();
    private final List<Event> started = new ArrayList<>();
    private int nextId;

    EventGenerator(Dice dice) {
        this.dice = dice;
    }

    /**
     * Returns an event.
     *
     * @param nowNs log time before it
     * @param edges instants around which rounds are of interest
     */
    Event next(long nowNs, Limits limits, boolean eventClock, List<Long> edges) {
        final int what = dice.below(100);
        final Event event;
        if (what < 9 && !recent.isEmpty()) {
            event = resend();
        } else {
            event = fresh(what, ts(nowNs, limits, eventClock, edges));
        }
        recent.add(event);
        if (recent.size() > MEMORY) {
            recent.remove(0);
        }
        return event;
    }

    private Event resend() {
        final Event old = dice.one(recent);
        return switch (dice.below(8)) {
            case 0 -> old.withTs(old.ts() + dice.one(-1, 1));
            case 1 -> old.withWin(old.winAmountMinor() == null ? 0L : null);
            case 2, 3 -> old.withTrace("t" + dice.below(9));
            default -> old;
        };
    }

    private Event fresh(int what, long ts) {
        final String user = dice.user();
        if (what < 15 && !recent.isEmpty()) {
            final Event of = dice.one(recent);
            return part(of, kind(dice.below(5)), ts);
        }
        if (what < 34 && !started.isEmpty()) {
            final Event of = dice.one(started);
            if (dice.percent(60)) {
                started.remove(of);
            }
            return part(of, dice.percent(60) ? "round_end" : kind(1 + dice.below(2)), ts);
        }
        if (what < 48) {
            final Event first = build(kind(1 + dice.below(2)), ts, user, roundId(), null);
            started.add(first);
            if (started.size() > MEMORY) {
                started.remove(0);
            }
            return first;
        }
        return build(what < 58 ? "round_end" : "spin", ts, user, roundId(), null);
    }

    private static String kind(int number) {
        return List.of("spin", "bet", "win", "round_end", "rollback").get(number);
    }

    private Event part(Event of, String kind, long ts) {
        return build(kind, ts, of.userId(), of.roundId(),
            dice.percent(92) ? of.betCurrency() : null);
    }

    private String roundId() {
        return dice.percent(10) ? "p" + dice.below(5) : "r" + nextId;
    }

    private Event build(String kind, long ts, String user, String round, String currency) {
        final boolean bet = !kind.equals("rollback") && (!kind.equals("win") || dice.percent(20));
        final String status = switch (kind) {
            case "bet" -> "started";
            case "round_end" -> "ended";
            case "rollback" -> "void";
            default -> null;
        };
        final boolean byStatus = status != null && dice.percent(30);
        final Long startedTs = dice.percent(15) ? ts - dice.one(0, 1, 499_999_999L,
            500_000_000L, Dice.SECOND_NS, 3 * Dice.SECOND_NS) : null;
        return new Event("e" + nextId++, byStatus ? null : kind, ts, user, market(), dice.one(
            Dice.BRANDS), dice.one(Dice.GAMES), dice.one(Dice.PROVIDERS),
            dice.percent(80) ? "slot" : dice.one(Dice.GAME_TYPES), bet ? bet() : null,
            bet ? currency(currency) : null, dice.percent(70) ? win() : null,
            dice.percent(20) ? dice.one(0, 10_000, 25_000, 1_000_000) : null, round,
            byStatus || dice.percent(10) ? status : null, startedTs,
            dice.percent(20) ? "web" : null, dice.percent(20) ? dice.one(Dice.ASNS) : null,
            dice.percent(15) ? dice.percent(50) : null, dice.percent(20) ? "trace" : null);
    }

    private String market() {
        return dice.percent(60) ? "DE" : dice.one(Dice.MARKETS);
    }

    private String currency(String wanted) {
        if (wanted != null) {
            return wanted;
        }
        return dice.percent(75) ? "EUR" : dice.one(Dice.CURRENCIES);
    }

    private long bet() {
        return dice.percent(90) ? dice.one(50, 100, 100, 100, 200, 500, 2_000, 99)
            : dice.one(0, 1, LARGEST_MINOR, 1 + dice.below(100_000));
    }

    private long win() {
        return dice.percent(90) ? dice.one(0, 0, 100, 100, 200, 250, 500, 5_000)
            : dice.one(1, LARGEST_MINOR, dice.below(1_000_000));
    }

    private long ts(long nowNs, Limits limits, boolean eventClock, List<Long> edges) {
        final long ahead = eventClock ? 0 : limits.maxSkewNs();
        return switch (dice.below(20)) {
            case 0 -> nowNs - limits.maxLatenessNs() - dice.below(2);
            case 1 -> nowNs + ahead + (eventClock ? 0 : dice.below(2));
            case 2 -> nowNs - limits.horizonNs() - dice.below(2);
            case 3 -> recent.isEmpty() ? nowNs : recent.get(recent.size() - 1).ts();
            case 4, 5, 6 -> edge(nowNs, limits, ahead, edges);
            case 7, 8, 9 -> nowNs - dice.below(8) * Dice.SECOND_NS;
            case 10 -> nowNs - (long) (dice.random().nextDouble() * limits.maxLatenessNs());
            case 11, 12, 13, 14 -> nowNs - nowNs % Dice.SECOND_NS;
            default -> nowNs;
        };
    }

    private long edge(long nowNs, Limits limits, long ahead, List<Long> edges) {
        final List<Long> near = edges.stream().filter(edge ->
            edge >= nowNs - limits.maxLatenessNs() && edge <= nowNs + ahead).toList();
        return near.isEmpty() ? nowNs : dice.one(near) - dice.below(2);
    }

    /** Returns the instants of a window where something changes. */
    static List<Long> edges(ContestDefinition contest) {
        if (contest.window() == null) {
            return contest.schedule().starts();
        }
        final long end = contest.window().endNs();
        final long fixed = end + contest.lateGraceNs();
        return List.of(contest.window().startNs(), end, fixed, fixed + contest.appealNs());
    }
}
