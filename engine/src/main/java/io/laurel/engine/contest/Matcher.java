package io.laurel.engine.contest;

import io.laurel.engine.intake.ClosedRound;
import io.laurel.engine.rules.ContestDefinition.Scope;
import io.laurel.engine.state.Names;
import io.laurel.protocol.wire.GameType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * Which contests a round may belong to, by its six dimensions. For each value of a dimension there
 * is a set of bits, one per contest that takes rounds; a round's candidates are the intersection
 * of six sets, so the cost hardly grows with the number of contests. A cache: sets are made when a
 * value is first seen and dropped when the contests change.
 */
final class Matcher {
    private final Names names;
    private final Dimension brands = new Dimension(Scope::brands);
    private final Dimension markets = new Dimension(Scope::markets);
    private final Dimension providers = new Dimension(Scope::providers);
    private final Dimension games = new Dimension(Scope::games);
    private final Dimension gameTypes = new Dimension(Scope::gameTypes);
    private final Dimension currencies = new Dimension(Scope::currencies);
    private CompiledContest[] contests = new CompiledContest[0];
    private CompiledContest[] matched = new CompiledContest[0];
    private int words;
    private int generation;

    Matcher(Names names) {
        this.names = names;
    }

    /** Names the contests that take rounds, in the order in which rounds reach them. */
    void setContests(List<CompiledContest> taking) {
        contests = taking.toArray(new CompiledContest[0]);
        matched = new CompiledContest[contests.length];
        generation++;
        words = (contests.length + Long.SIZE - 1) / Long.SIZE;
        brands.clear();
        markets.clear();
        providers.clear();
        games.clear();
        gameTypes.clear();
        currencies.clear();
    }

    /**
     * Finds every contest whose scope a round meets, segments aside.
     *
     * @return how many there are; {@link #matched} names them until the next call
     */
    int match(ClosedRound round) {
        if (contests.length == 0) {
            return 0;
        }
        final long[] byBrand = brands.of(round.brand());
        final long[] byMarket = markets.of(round.market());
        final long[] byProvider = providers.of(round.provider());
        final long[] byGame = games.of(round.game());
        final long[] byGameType = gameTypes.of(round.gameType());
        final long[] byCurrency = currencies.of(round.currency());
        int count = 0;
        for (int i = 0; i < words; i++) {
            long bits = byBrand[i] & byMarket[i] & byProvider[i] & byGame[i] & byGameType[i]
                & byCurrency[i];
            while (bits != 0) {
                matched[count++] = contests[i * Long.SIZE + Long.numberOfTrailingZeros(bits)];
                bits &= bits - 1;
            }
        }
        return count;
    }

    /** Returns a number that changes with the contests. */
    int generation() {
        return generation;
    }

    /** Returns one of the contests that {@link #match} found, in the order of rounds' way. */
    CompiledContest matched(int index) {
        return matched[index];
    }

    /** Returns whether a value equals an entry or begins with one that ends in *. */
    static boolean matches(List<String> patterns, String value) {
        if (patterns.isEmpty()) {
            return true;
        }
        for (final String pattern : patterns) {
            final int last = pattern.length() - 1;
            if (pattern.charAt(last) == '*' ? value.startsWith(pattern.substring(0, last))
                : value.equals(pattern)) {
                return true;
            }
        }
        return false;
    }

    private String text(Dimension dimension, int value) {
        if (dimension == markets) {
            return letters(value, 2);
        }
        if (dimension == currencies) {
            return value == 0 ? "" : letters(value, 3);
        }
        if (dimension == gameTypes) {
            return GameType.get((short) value).name().toLowerCase(Locale.ROOT);
        }
        return names.text(value);
    }

    /** Returns packed letters as text, the first one in the highest place. */
    static String letters(int packed, int count) {
        final byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) (packed >>> 8 * (count - 1 - i));
        }
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    /** The sets of one dimension. */
    private final class Dimension {
        private final Function<Scope, List<String>> list;
        private final Int2ObjectHashMap<long[]> sets = new Int2ObjectHashMap<>();
        /** Of the round before, whose value this one often has, too; null where there is none. */
        private long[] lastSet;
        private int lastValue;

        Dimension(Function<Scope, List<String>> list) {
            this.list = list;
        }

        void clear() {
            sets.clear();
            lastSet = null;
        }

        long[] of(int value) {
            if (value != lastValue || lastSet == null) {
                final long[] known = sets.get(value);
                lastSet = known != null ? known : make(value);
                lastValue = value;
            }
            return lastSet;
        }

        private long[] make(int value) {
            final long[] set = new long[words];
            final String text = text(this, value);
            for (int i = 0; i < contests.length; i++) {
                if (matches(list.apply(contests[i].definition.scope()), text)) {
                    set[i / Long.SIZE] |= 1L << i;
                }
            }
            sets.put(value, set);
            return set;
        }
    }
}
