package io.laurel.engine.abuse;

import io.laurel.engine.memory.Allocator;
import io.laurel.engine.memory.Pages;
import io.laurel.engine.rules.ContestDefinition.AntiAbuse;
import io.laurel.engine.rules.ContestDefinition.Periodicity;
import io.laurel.engine.state.State;
import io.laurel.engine.state.Store;

/**
 * What is remembered of a player's scored rounds in one contest, in log order. It begins with the
 * first round that scores under rules that look back, and goes on from there.
 *
 * <pre>
 * record (48 B): 0 ts of the previous round i64 (0 = none) · 8 theoretical arrival time i64
 *                16 gaps i64 · 24 mean gap f64 · 32 sum of squared deviations f64
 * </pre>
 */
public final class LookBack {
    private static final int RECORD_BYTES = 48;
    private static final int PREVIOUS_TS = 0;
    private static final int ARRIVAL = 8;
    private static final int GAPS = 16;
    private static final int MEAN = 24;
    private static final int DEVIATIONS = 32;

    private final Pages pages;
    private final Allocator allocator;

    /** Opens the look-back state. */
    public LookBack(State state) {
        pages = state.pages();
        allocator = state.allocator();
    }

    /** Returns a record for a player without scored rounds. */
    public long create() {
        return allocator.allocate(Store.ABUSE.id(), RECORD_BYTES);
    }

    /** Gives a record back. */
    public void free(long record) {
        allocator.free(Store.ABUSE.id(), record, RECORD_BYTES);
    }

    /** Returns when the previous scored round ended, ns since the Unix epoch; 0 = none did. */
    public long previousTs(long record) {
        return pages.getLong(record + PREVIOUS_TS);
    }

    /**
     * Returns whether a round conforms to the rate (generic cell rate algorithm).
     *
     * @param record 0 = no round has scored yet
     */
    public boolean conforms(AntiAbuse rule, long record, long ts) {
        if (record == 0) {
            return true;
        }
        final long tolerance = saturatedProduct(rule.rateBurst() - 1L, rule.rateIntervalNs());
        return ts >= pages.getLong(record + ARRIVAL) - tolerance;
    }

    /** Notes a round that scored. */
    public void onScored(AntiAbuse rule, long record, long ts) {
        if (rule.rateIntervalNs() > 0) {
            final long from = Math.max(pages.getLong(record + ARRIVAL), ts);
            pages.putLong(record + ARRIVAL, from > Long.MAX_VALUE - rule.rateIntervalNs()
                ? Long.MAX_VALUE : from + rule.rateIntervalNs());
        }
        if (previousTs(record) != 0) {
            addGap(record, (double) (ts - previousTs(record)));
        }
        pages.putLong(record + PREVIOUS_TS, ts);
    }

    /** Returns whether a player's rounds come too regularly to be a person's. */
    public boolean isPeriodic(Periodicity rule, long record) {
        final long gaps = pages.getLong(record + GAPS);
        if (gaps == 0 || gaps + 1 < rule.minRounds()) {
            return false;
        }
        final double mean = pages.getDouble(record + MEAN);
        final double deviation = StrictMath.sqrt(pages.getDouble(record + DEVIATIONS) / gaps);
        return mean > 0 && deviation / mean < rule.maxCv();
    }

    /** Welford's recurrence: one pass, and no cancellation where gaps are nearly equal. */
    private void addGap(long record, double gap) {
        final long gaps = pages.getLong(record + GAPS) + 1;
        final double before = pages.getDouble(record + MEAN);
        final double mean = before + (gap - before) / gaps;
        pages.putLong(record + GAPS, gaps);
        pages.putDouble(record + MEAN, mean);
        pages.putDouble(record + DEVIATIONS,
            pages.getDouble(record + DEVIATIONS) + (gap - before) * (gap - mean));
    }

    private static long saturatedProduct(long left, long right) {
        return Math.multiplyHigh(left, right) != 0 || left * right < 0
            ? Long.MAX_VALUE : left * right;
    }
}
