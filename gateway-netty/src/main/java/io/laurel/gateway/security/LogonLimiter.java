package io.laurel.gateway.security;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Brake on guessing: after 5 failed logons of one key from one address within 60 s, further ones
 * are refused unseen, first for 60 s, then twice as long each time, up to 15 minutes. A good logon
 * forgets everything. What it remembers is bounded; the one longest untouched goes first.
 */
public final class LogonLimiter {
    /** Failures that are tolerated within the span. */
    public static final int MAX_FAILURES = 5;
    /** Span in which failures are counted, and the first refusal, in ns. */
    public static final long SPAN_NS = 60_000_000_000L;
    /** Longest refusal in ns. */
    public static final long MAX_REFUSAL_NS = 15 * SPAN_NS;

    private static final int MAX_ENTRIES = 10_000;

    private final Map<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Entry> eldest) {
            return size() > MAX_ENTRIES;
        }
    };

    /**
     * Returns how long a logon has to wait, in ns; 0 = it may be tried.
     *
     * @param nowNs a clock that never goes back; any origin
     */
    public long refusedForNs(String keyId, String address, long nowNs) {
        final Entry entry = entries.get(name(keyId, address));
        return entry == null || !entry.refused ? 0 : Math.max(0, entry.untilNs - nowNs);
    }

    /** Counts a failed logon. */
    public void onFailure(String keyId, String address, long nowNs) {
        final Entry entry = entries.computeIfAbsent(name(keyId, address), n -> new Entry(nowNs));
        if (nowNs - entry.lastNs > 2 * MAX_REFUSAL_NS) {
            entry.refusalNs = SPAN_NS;
        }
        if (nowNs - entry.firstNs > SPAN_NS) {
            entry.firstNs = nowNs;
            entry.failures = 0;
        }
        entry.lastNs = nowNs;
        entry.failures++;
        if (entry.failures >= MAX_FAILURES) {
            entry.failures = 0;
            entry.firstNs = nowNs;
            entry.refused = true;
            entry.untilNs = nowNs + entry.refusalNs;
            entry.refusalNs = Math.min(MAX_REFUSAL_NS, 2 * entry.refusalNs);
        }
    }

    /** Forgets the failures of a key at an address. */
    public void onSuccess(String keyId, String address) {
        entries.remove(name(keyId, address));
    }

    private static String name(String keyId, String address) {
        return address + ' ' + keyId;
    }

    private static final class Entry {
        private long firstNs;
        private long lastNs;
        private long untilNs;
        private long refusalNs = SPAN_NS;
        private int failures;
        private boolean refused;

        private Entry(long nowNs) {
            firstNs = nowNs;
            lastNs = nowNs;
        }
    }
}
