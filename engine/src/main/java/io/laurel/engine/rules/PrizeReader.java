package io.laurel.engine.rules;

import io.laurel.engine.rules.ContestDefinition.Prize;
import java.util.ArrayList;
import java.util.List;

/** A single reward, such as {@code {type: freespins, value: 10, game: g_66}} (semantics 8.1). */
final class PrizeReader {
    /** All kinds. */
    static final List<String> KINDS =
        List.of("cash", "bonus", "freespins", "points", "item", "ticket");
    /** What a step of a mission may give. */
    static final List<String> STEP_KINDS =
        List.of("bonus", "freespins", "points", "item", "ticket");

    private static final String CLAIM_WITHIN = "claim_within";
    private static final List<String> ALL_KEYS = List.of("type", "amount_minor", "currency",
        "value", "amount", "game", "item", CLAIM_WITHIN);
    private static final long MAX_PIECES = 1_000_000_000L;

    private PrizeReader() {
    }

    /**
     * Reads a prize of a board.
     *
     * @param poolCurrency of money that names none; null = money must name its own
     */
    static Prize ofBoard(Field field, String poolCurrency) {
        final Prize prize = read(field, KINDS, false);
        if (isMoney(prize) && prize.currency() == null && poolCurrency == null) {
            throw field.error("needs a currency");
        }
        return inCurrency(prize, poolCurrency);
    }

    /**
     * Reads a reward of a mission; money may stay without a currency and then takes that of the
     * round that earns it.
     */
    static MissionDefinition.Reward ofMission(Field field, List<String> kinds,
        String missionCurrency) {
        final Prize prize = inCurrency(read(field, kinds, true), missionCurrency);
        return new MissionDefinition.Reward(prize, Fields.of(field, ALL_KEYS).read(CLAIM_WITHIN,
            0L, RewardsReader::claimWithinNs));
    }

    private static Prize inCurrency(Prize prize, String currency) {
        return isMoney(prize) && prize.currency() == null
            ? new Prize(prize.kind(), prize.value(), currency, null, null) : prize;
    }

    private static boolean isMoney(Prize prize) {
        return prize.kind().equals("cash") || prize.kind().equals("bonus");
    }

    private static Prize read(Field field, List<String> kinds, boolean expires) {
        final Field type = Fields.of(field, ALL_KEYS).needed("type");
        final String kind = type.oneOf(KINDS);
        if (!kinds.contains(kind)) {
            throw type.error("must be one of " + String.join(", ", kinds) + " here, found '" + kind
                + "'");
        }
        final List<String> own = switch (kind) {
            case "cash", "bonus" -> List.of("type", "amount_minor", "currency");
            case "freespins" -> List.of("type", "value", "amount", "game");
            case "item" -> List.of("type", "value", "amount", "item");
            default -> List.of("type", "value", "amount");
        };
        final List<String> keys = new ArrayList<>(own);
        if (expires) {
            keys.add(CLAIM_WITHIN);
        }
        final Fields fields = Fields.of(field, keys);
        if (keys.contains("amount_minor")) {
            return new Prize(kind, fields.needed("amount_minor")
                .integer(1, Terms.MAX_AMOUNT_MINOR),
                fields.read("currency", null, Terms::currency), null, null);
        }
        return new Prize(kind, pieces(fields, kind), null, fields.read("game", null, Terms::id),
            kind.equals("item") ? Terms.id(fields.needed("item")) : null);
    }

    /** The number of pieces: {@code value} or {@code amount}; one item or ticket without either. */
    private static long pieces(Fields fields, String kind) {
        final Field value = fields.get("value");
        final Field amount = fields.get("amount");
        if (value != null && amount != null) {
            throw amount.error("must not stand beside value");
        }
        if (value == null && amount == null) {
            if (kind.equals("item") || kind.equals("ticket")) {
                return 1;
            }
            throw fields.missing(kind.equals("points") ? "amount" : "value", "is needed");
        }
        return (value == null ? amount : value).integer(1, MAX_PIECES);
    }
}
