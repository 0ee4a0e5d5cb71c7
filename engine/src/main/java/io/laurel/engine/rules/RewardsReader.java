package io.laurel.engine.rules;

import io.laurel.engine.rules.ContestDefinition.Distribution;
import io.laurel.engine.rules.ContestDefinition.LadderStep;
import io.laurel.engine.rules.ContestDefinition.Prize;
import io.laurel.engine.rules.ContestDefinition.Rewards;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The part {@code rewards} of a contest (semantics 8). */
final class RewardsReader {
    private static final List<String> KEYS = List.of("pool", "distribution", "ladder",
        "paid_ranks", "cap_percent", "prizes", "max_wins_per_player", "claim_within");
    private static final List<String> POOL_KEYS = List.of("currency", "total_minor");
    private static final List<String> STEP_KEYS = List.of("rank", "ranks", "percent", "reward");
    private static final Pattern RANKS = Pattern.compile("([0-9]{1,7})(?:-([0-9]{1,7}))?");
    private static final int MAX_RANK = 1_000_000;
    private static final int PERCENT_DECIMALS = 4;
    private static final long HUNDRED_PERCENT_E4 = 1_000_000;

    /** 1: 30, 2: 20, 3: 10, 4-10: 2, 11-50: 0.4, 51-100: 0.2. */
    private static final List<LadderStep> TOP_100 = List.of(
        new LadderStep(1, 1, 300_000, null), new LadderStep(2, 2, 200_000, null),
        new LadderStep(3, 3, 100_000, null), new LadderStep(4, 10, 20_000, null),
        new LadderStep(11, 50, 4_000, null), new LadderStep(51, 100, 2_000, null));

    private RewardsReader() {
    }

    static Rewards read(Field part) {
        final Fields fields = Fields.of(part, KEYS);
        final Distribution distribution = fields.read("distribution", Distribution.LADDER,
            choice -> choice.choice(Distribution.class));
        refuseOthers(fields, distribution);
        final Field pool = fields.get("pool");
        final Fields sum = pool == null ? null : Fields.of(pool, POOL_KEYS);
        final String currency = sum == null ? null : Terms.currency(sum.needed("currency"));
        final long poolMinor = sum == null ? 0 : Terms.amountMinor(sum.needed("total_minor"));
        final long claimWithinNs =
            fields.read("claim_within", 0L, RewardsReader::claimWithinNs);
        return switch (distribution) {
            case LADDER -> new Rewards(currency, poolMinor, distribution,
                ladder(fields, currency), 0, 0, List.of(), 0, claimWithinNs);
            case PROPORTIONAL -> {
                if (pool == null) {
                    throw fields.missing("pool", "is needed to be shared");
                }
                yield new Rewards(currency, poolMinor, distribution, List.of(),
                    fields.needed("paid_ranks").int32(1, MAX_RANK),
                    fields.read("cap_percent", 0L, RewardsReader::percentE4), List.of(), 0,
                    claimWithinNs);
            }
            case TICKET_DRAW -> new Rewards(currency, poolMinor, distribution, List.of(), 0, 0,
                prizes(fields.needed("prizes"), currency),
                fields.read("max_wins_per_player", 1, number -> number.int32(1, MAX_RANK)),
                claimWithinNs);
        };
    }

    /** How long a reward may be claimed. */
    static long claimWithinNs(Field field) {
        return field.durationNs(TimeText.SECOND_NS, 10 * Terms.MAX_SPAN_NS);
    }

    /** What another distribution uses would be ignored here, and somebody relied on it. */
    private static void refuseOthers(Fields fields, Distribution distribution) {
        final List<String> others = switch (distribution) {
            case LADDER -> List.of("paid_ranks", "cap_percent", "prizes", "max_wins_per_player");
            case PROPORTIONAL -> List.of("ladder", "prizes", "max_wins_per_player");
            case TICKET_DRAW -> List.of("ladder", "paid_ranks", "cap_percent");
        };
        for (final String key : others) {
            final Field value = fields.get(key);
            if (value != null) {
                throw value.error("does not belong to distribution: "
                    + distribution.name().toLowerCase(Locale.ROOT));
            }
        }
    }

    private static List<LadderStep> ladder(Fields fields, String currency) {
        final Field field = fields.get("ladder");
        if (field != null && field.isText()) {
            field.oneOf(List.of("top_100"));
        }
        final boolean preset = field == null || field.isText();
        final List<LadderStep> steps = preset ? TOP_100 : steps(field, currency);
        if (steps.isEmpty()) {
            throw field.error("must have a step");
        }
        long sumE4 = 0;
        boolean shares = false;
        for (final LadderStep step : steps) {
            shares |= step.prize() == null;
            sumE4 += step.percentE4() * (step.lastRank() - step.firstRank() + 1L);
        }
        if (sumE4 > HUNDRED_PERCENT_E4) {
            throw field.error("must share at most 100 percent over all places, found "
                + BigDecimal.valueOf(sumE4, PERCENT_DECIMALS).stripTrailingZeros()
                    .toPlainString());
        }
        if (shares && currency == null) {
            throw fields.missing("pool", "is needed to be shared");
        }
        return steps;
    }

    /** The steps by their places; of two that share a place the one further down is wrong. */
    private static List<LadderStep> steps(Field ladder, String currency) {
        final TreeMap<Integer, LadderStep> steps = new TreeMap<>();
        ladder.list(item -> {
            final LadderStep step = step(item, currency);
            final Map.Entry<Integer, LadderStep> other = steps.floorEntry(step.lastRank());
            if (other != null && other.getValue().lastRank() >= step.firstRank()) {
                throw item.error("must name each place once, found "
                    + Math.max(step.firstRank(), other.getKey()) + " again");
            }
            return steps.put(step.firstRank(), step);
        });
        return List.copyOf(steps.values());
    }

    private static LadderStep step(Field item, String currency) {
        final Fields fields = Fields.of(item, STEP_KEYS);
        final Field rank = fields.get("rank");
        final Field ranks = fields.get("ranks");
        if (rank == null == (ranks == null)) {
            throw item.error("needs either rank or ranks");
        }
        final int[] places = rank == null ? places(ranks)
            : new int[] {rank.int32(1, MAX_RANK), rank.int32(1, MAX_RANK)};
        final Field percent = fields.get("percent");
        final Field reward = fields.get("reward");
        if (percent == null == (reward == null)) {
            throw item.error("needs either percent or reward");
        }
        return percent != null ? new LadderStep(places[0], places[1], percentE4(percent), null)
            : new LadderStep(places[0], places[1], 0,
                PrizeReader.ofBoard(reward, currency));
    }

    /** A range such as 3-10, or one number. */
    private static int[] places(Field field) {
        final Matcher matcher = RANKS.matcher(field.node.isScalar() ? field.node.text : "");
        if (matcher.matches()) {
            final int first = Integer.parseInt(matcher.group(1));
            final int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
            if (first >= 1 && first <= last && last <= MAX_RANK) {
                return new int[] {first, last};
            }
        }
        throw field.error("must be places from 1 to " + MAX_RANK + " such as 3-10, found "
            + field.found());
    }

    private static long percentE4(Field field) {
        return field.decimal("0.0001", "100", PERCENT_DECIMALS).movePointRight(PERCENT_DECIMALS)
            .longValueExact();
    }

    private static List<Prize> prizes(Field field, String currency) {
        final List<Prize> prizes = field.list(item -> PrizeReader.ofBoard(item, currency));
        if (prizes.isEmpty()) {
            throw field.error("must have a prize");
        }
        return List.copyOf(prizes);
    }
}
