package io.laurel.engine.contest;

import io.laurel.engine.rules.ContestDefinition;
import io.laurel.engine.rules.ContestDefinition.BoardType;
import io.laurel.engine.rules.Expression.Name;
import io.laurel.engine.rules.Formula;
import io.laurel.engine.rules.FxTable;
import io.laurel.engine.state.Names;
import io.laurel.protocol.wire.AsnCategory;
import java.util.Locale;
import java.util.Map;
import org.agrona.collections.Int2IntHashMap;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * A contest's rules in the form in which scoring wants them. A cache: everything here follows from
 * the definition and the table of rates in the pages.
 */
final class CompiledContest {
    private static final int UNSEEN = -1;

    final int ref;
    final ContestDefinition definition;
    final BoardType type;
    final int kept;
    final BoardKey key;
    final Formula formula;
    final boolean usesBase;
    final int scoreScale;
    final NamePatterns segmentsAny;
    final NamePatterns segmentsNone;
    final NamePatterns eligibleGames;
    final boolean looksBack;
    final boolean entityIsPlayer;
    final long[] betBands;

    private final Map<String, Long> minBets;
    private final Int2IntHashMap minBetCurrencies = new Int2IntHashMap(UNSEEN);
    private final long[] minBetAmounts;
    private final boolean[] excludedAsn = new boolean[AsnCategory.UNKNOWN.value() + 1];
    private final Int2ObjectHashMap<Double> gameWeights = new Int2ObjectHashMap<>();
    private final Int2ObjectHashMap<Double> providerWeights = new Int2ObjectHashMap<>();
    private final Int2ObjectHashMap<FxTable.Rate> rates = new Int2ObjectHashMap<>();

    CompiledContest(int ref, ContestDefinition definition, FxTable fx, Names names) {
        this.ref = ref;
        this.definition = definition;
        type = definition.board().type();
        kept = keptOf(definition.board());
        key = new BoardKey(definition.board().tieBreakers());
        formula = Formula.compile(definition.scoring().formula());
        usesBase = formula.uses(Name.BET_BASE) || formula.uses(Name.WIN_BASE);
        scoreScale = definition.scoring().scoreScale();
        segmentsAny = new NamePatterns(definition.scope().segmentsAny(), names);
        segmentsNone = new NamePatterns(definition.scope().segmentsNone(), names);
        eligibleGames = new NamePatterns(definition.scoring().eligibleGames(), names);
        final ContestDefinition.AntiAbuse abuse = definition.antiAbuse();
        looksBack = abuse.minRoundDurationNs() > 0 || abuse.rateIntervalNs() > 0
            || abuse.periodicity() != null;
        entityIsPlayer = definition.board().entity() == ContestDefinition.Entity.PLAYER;

        betBands = definition.board().betBandsMinor().stream().mapToLong(Long::longValue)
            .toArray();

        minBets = definition.scoring().minBet().byCurrency();
        minBetAmounts = new long[minBets == null ? 0 : minBets.size()];
        if (minBets != null) {
            minBets.forEach((currency, amount) -> {
                final int place = minBetCurrencies.size();
                minBetCurrencies.put(currency(currency), place);
                minBetAmounts[place] = amount;
            });
        }
        for (final String category : abuse.excludedAsnCategories()) {
            excludedAsn[AsnCategory.valueOf(category.toUpperCase(Locale.ROOT)).value()] = true;
        }
        definition.scoring().gameWeights()
            .forEach((id, weight) -> gameWeights.put(names.game(id), weight));
        definition.scoring().providerWeights()
            .forEach((id, weight) -> providerWeights.put(names.provider(id), weight));
        if (fx != null) {
            rates.put(currency(fx.base()), new FxTable.Rate(1, 0));
            fx.rates().forEach((currency, rate) -> rates.put(currency(currency), rate));
        }
    }

    private static int keptOf(ContestDefinition.Board board) {
        return switch (board.type()) {
            case MAX_ROUND, MAX_MULTIPLIER -> 1;
            case BEST_N_ROUNDS, FIRST_N_ROUNDS -> board.n();
            default -> 0;
        };
    }

    /** Packs a currency as events do. */
    static int currency(String code) {
        return code.charAt(0) << 16 | code.charAt(1) << 8 | code.charAt(2);
    }

    /** Returns the lowest bet that counts in a currency; negative where the currency is out. */
    long minBet(int currency) {
        if (minBets == null) {
            return definition.scoring().minBet().any();
        }
        final int place = minBetCurrencies.get(currency);
        return place == UNSEEN ? -1 : minBetAmounts[place];
    }

    /** Returns whether rounds from a network of that category do not count. */
    boolean excludesAsn(int category) {
        return category < excludedAsn.length && excludedAsn[category];
    }

    /** Returns the factor of a round's points. */
    double weight(int game, int provider) {
        final Double ofGame = gameWeights.isEmpty() ? null : gameWeights.get(game);
        if (ofGame != null) {
            return ofGame;
        }
        final Double ofProvider = providerWeights.isEmpty() ? null : providerWeights.get(provider);
        return ofProvider != null ? ofProvider : 1.0;
    }

    /** Returns the rate into the base currency, null where the table has none. */
    FxTable.Rate rate(int currency) {
        return rates.get(currency);
    }

    /** Returns whether a table of rates is pinned. */
    boolean hasFx() {
        return !rates.isEmpty();
    }
}
