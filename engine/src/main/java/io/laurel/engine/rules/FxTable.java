package io.laurel.engine.rules;

import java.util.Map;

/**
 * Exchange rates into one base currency: base amount = half-even(amount x rate). The base currency
 * itself has the rate 1.
 *
 * @param id 1 to 64 characters of [a-z0-9_.-]
 * @param base ISO 4217
 * @param rates rate per currency, sorted by currency
 */
public record FxTable(String id, String base, Map<String, Rate> rates) {
    /** A decimal rate, exactly {@code mantissa x 10^-scale}; 0 &lt; mantissa, 0 to 12 decimals. */
    public record Rate(long mantissa, int scale) {
    }
}
