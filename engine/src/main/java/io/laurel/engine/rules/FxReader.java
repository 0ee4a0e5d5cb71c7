package io.laurel.engine.rules;

import io.laurel.engine.rules.FxTable.Rate;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Exchange rates from a document of {@code kind: fx}. */
final class FxReader {
    private static final List<String> KEYS = List.of("kind", "id", "base", "rates");
    private static final int MAX_DECIMALS = 12;

    private FxReader() {
    }

    /** Reads a table; the base currency is among its rates, with 1. */
    static FxTable read(Field document, String expectedId) {
        final Fields fields = Fields.of(document, KEYS);
        final String id = Documents.id(fields, "id", expectedId);
        final String base = Terms.currency(fields.needed("base"));
        final Field field = fields.needed("rates");
        final Map<String, Rate> rates =
            new TreeMap<>(Fields.free(field, Terms::currency, FxReader::rate));
        final Rate own = rates.put(base, new Rate(1, 0));
        if (own != null && !own.equals(new Rate(1, 0))) {
            throw field.error("must give the base " + base + " the rate 1 or none");
        }
        return new FxTable(id, base, Collections.unmodifiableMap(rates));
    }

    private static Rate rate(Field field) {
        final BigDecimal rate = field.decimal("0.000000000001", "1000000000", MAX_DECIMALS);
        if (rate.unscaledValue().bitLength() > 63) {
            throw field.error("must have at most 18 digits, found " + field.found());
        }
        return new Rate(rate.unscaledValue().longValueExact(), rate.scale());
    }
}
