package io.laurel.engine.rules;

import io.laurel.engine.rules.ContestDefinition.AntiAbuse;
import io.laurel.engine.rules.ContestDefinition.Periodicity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** The part {@code anti_abuse} of a contest (semantics 7). */
final class AntiAbuseReader {
    private static final List<String> KEYS = List.of("min_round_duration_ms", "max_rps_per_user",
        "burst", "exclude_asn_categories", "exclude_headless", "bot_signals");
    private static final List<String> SIGNAL_KEYS = List.of("periodicity", "freeze");
    private static final List<String> PERIODICITY_KEYS = List.of("min_rounds", "max_cv");
    private static final int DAY_MS = 86_400_000;
    private static final int MILLISECOND_NS = 1_000_000;
    private static final int MAX_BURST = 1_000_000;
    private static final int MIN_ROUNDS = 50;
    private static final double MAX_CV = 0.02;

    private AntiAbuseReader() {
    }

    /** Reads the part; null gives what holds without it. */
    static AntiAbuse read(Field part) {
        if (part == null) {
            return new AntiAbuse(0, 0, 1, List.of(), false, null);
        }
        final Fields fields = Fields.of(part, KEYS);
        final long intervalNs = fields.read("max_rps_per_user", 0L, AntiAbuseReader::intervalNs);
        final int burst = fields.read("burst", 1, number -> number.int32(1, MAX_BURST));
        if (Math.multiplyHigh(intervalNs, burst) != 0
            || intervalNs * burst > TimeText.END_OF_TIME_NS) {
            throw fields.missing("burst", "is too great for a rate as low as max_rps_per_user");
        }
        return new AntiAbuse(
            fields.read("min_round_duration_ms", 0L, ms -> ms.integer(0, DAY_MS) * MILLISECOND_NS),
            intervalNs, burst,
            fields.read("exclude_asn_categories", List.of(),
                list -> list.sorted(Terms::asnCategory)),
            fields.read("exclude_headless", false, Field::bool),
            fields.read("bot_signals", null, AntiAbuseReader::periodicity));
    }

    /** T = ceil(10^9 / r) ns, exact in the decimals of r. */
    private static long intervalNs(Field field) {
        final BigDecimal rate = field.decimal("0.000001", "1000000000", 9);
        return BigDecimal.valueOf(TimeText.SECOND_NS).divide(rate, 0, RoundingMode.CEILING)
            .longValueExact();
    }

    private static Periodicity periodicity(Field field) {
        final Fields signals = Fields.of(field, SIGNAL_KEYS);
        final Fields fields = Fields.of(signals.needed("periodicity"), PERIODICITY_KEYS);
        return new Periodicity(
            fields.read("min_rounds", MIN_ROUNDS, number -> number.int32(2, MAX_BURST)),
            fields.read("max_cv", MAX_CV, number -> number.decimal("0", "10", 9).doubleValue()),
            signals.read("freeze", false, Field::bool));
    }
}
