package io.laurel.engine.rules;

import io.laurel.engine.rules.ContestDefinition.BoardType;
import io.laurel.engine.rules.ContestDefinition.MinBet;
import io.laurel.engine.rules.ContestDefinition.Scoring;
import java.util.List;
import java.util.Map;

/** The part {@code scoring} of a contest (semantics 4 and 5). */
final class ScoringReader {
    private static final List<String> KEYS = List.of("formula", "score_scale", "floor_at_zero",
        "min_bet_minor", "eligible_games", "weights");
    private static final List<String> WEIGHT_KEYS = List.of("games", "providers");
    private static final String MULTIPLIER_FORMULA = "win.multiplier";
    private static final int MULTIPLIER_SCALE = 2;
    private static final int MAX_SCALE = 6;

    private ScoringReader() {
    }

    /** Reads the part from its contest; where the type of board needs none it may be absent. */
    static Scoring read(Fields contest, BoardType type) {
        final Field part = contest.get("scoring");
        final boolean multiplier = type == BoardType.MAX_MULTIPLIER;
        // ratings come from matches, not from rounds
        final boolean rated = type == BoardType.ELO || type == BoardType.GLICKO2;
        final String formulaText = multiplier ? MULTIPLIER_FORMULA : "0";
        if (part == null) {
            if (!multiplier && !rated) {
                throw contest.missing("scoring", "is needed, with its formula");
            }
            return new Scoring(formulaText, FormulaParser.parse(formulaText),
                multiplier ? MULTIPLIER_SCALE : 0, false, new MinBet(0, null), List.of(), Map.of(),
                Map.of());
        }
        final Fields fields = Fields.of(part, KEYS);
        final Field formula = multiplier || rated ? fields.get("formula")
            : fields.needed("formula");
        final Field weights = fields.get("weights");
        final Fields factors = weights == null ? null : Fields.of(weights, WEIGHT_KEYS);
        return new Scoring(formula == null ? formulaText : formula.anyText(),
            formula == null ? FormulaParser.parse(formulaText) : formula(formula),
            fields.read("score_scale", multiplier ? MULTIPLIER_SCALE : 0,
                number -> number.int32(0, MAX_SCALE)),
            fields.read("floor_at_zero", false, Field::bool),
            fields.read("min_bet_minor", new MinBet(0, null), ScoringReader::minBet),
            fields.read("eligible_games", List.of(), list -> list.sorted(Terms::eligibleGame)),
            factors == null ? Map.of() : factors.read("games", Map.of(), ScoringReader::factors),
            factors == null ? Map.of()
                : factors.read("providers", Map.of(), ScoringReader::factors));
    }

    /** Parses a formula; an error points into the document where text and source agree. */
    private static Expression formula(Field field) {
        try {
            return FormulaParser.parse(field.anyText());
        } catch (final DocumentException error) {
            final int first = field.node.textColumn;
            throw field.error("is no formula: " + error.getMessage(), field.node.line,
                first == 0 ? field.node.column : first + error.column() - 1);
        }
    }

    private static MinBet minBet(Field field) {
        return field.isMap()
            ? new MinBet(0, Fields.free(field, Terms::currency, Terms::amountMinor))
            : new MinBet(Terms.amountMinor(field), null);
    }

    private static Map<String, Double> factors(Field field) {
        return Fields.free(field, Terms::id,
            factor -> factor.decimal("0", "1000000", 9).doubleValue());
    }
}
