package io.laurel.engine.rules;

import io.laurel.engine.rules.MissionDefinition.Goal;
import io.laurel.engine.rules.MissionDefinition.GoalType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A goal of a mission's step, with its filters (semantics 9). */
final class GoalReader {
    private static final List<String> FILTER_KEYS =
        List.of("type", "game_type", "providers", "games", "min_bet_minor", "currency");
    private static final List<String> ALL_KEYS = List.of("type", "game_type", "providers", "games",
        "min_bet_minor", "currency", "count", "min", "amount_minor", "contest", "amount",
        "consecutive");
    private static final long MAX_COUNT = 1_000_000_000L;
    private static final int MULTIPLIER_DECIMALS = 4;
    private static final int POINT_DECIMALS = 6;

    private GoalReader() {
    }

    /**
     * Reads a goal.
     *
     * @param currency of the mission; null = none
     */
    static Goal read(Field field, String currency) {
        final GoalType type =
            Fields.of(field, ALL_KEYS).needed("type").choice(GoalType.class);
        final Fields fields = Fields.of(field, keys(type));
        final boolean amounts = type == GoalType.WIN_AMOUNT || type == GoalType.SINGLE_WIN
            || type == GoalType.BET_AMOUNT;
        final String own = fields.read("currency", amounts ? currency : null, Terms::currency);
        if (amounts && own == null) {
            throw fields.missing("currency", "is needed, here or for the mission, with type: "
                + type.name().toLowerCase(Locale.ROOT));
        }
        return new Goal(type, target(fields, type),
            type == GoalType.WIN_MULTIPLIER ? multiplierE4(fields.needed("min")) : 0,
            type == GoalType.POINTS ? Terms.documentId(fields.needed("contest")) : null,
            fields.read("consecutive", false, Field::bool),
            fields.read("game_type", null, text -> text.oneOf(Terms.GAME_TYPES)),
            fields.read("providers", List.of(), list -> list.sorted(Terms::id)),
            fields.read("games", List.of(), list -> list.sorted(Terms::id)),
            fields.read("min_bet_minor", 0L, Terms::amountMinor), own);
    }

    private static List<String> keys(GoalType type) {
        final List<String> keys = new ArrayList<>(FILTER_KEYS);
        keys.addAll(switch (type) {
            case SPIN_COUNT, DISTINCT_PROVIDERS, DISTINCT_GAMES -> List.of("count");
            case WIN_MULTIPLIER -> List.of("min", "count");
            case WIN_AMOUNT, SINGLE_WIN, BET_AMOUNT -> List.of("amount_minor");
            case POINTS -> List.of("contest", "amount");
            case ACTIVE_DAYS -> List.of("count", "consecutive");
        });
        return keys;
    }

    private static long target(Fields fields, GoalType type) {
        return switch (type) {
            case WIN_AMOUNT, SINGLE_WIN, BET_AMOUNT -> fields.needed("amount_minor")
                .integer(1, Terms.MAX_AMOUNT_MINOR);
            case POINTS -> fields.needed("amount").decimal("0.000001", "1000000000",
                POINT_DECIMALS).movePointRight(POINT_DECIMALS).longValueExact();
            case WIN_MULTIPLIER -> fields.read("count", 1L, count -> count.integer(1, MAX_COUNT));
            default -> fields.needed("count").integer(1, MAX_COUNT);
        };
    }

    private static long multiplierE4(Field field) {
        return field.decimal("0", "100000000000000", MULTIPLIER_DECIMALS)
            .movePointRight(MULTIPLIER_DECIMALS).longValueExact();
    }
}
