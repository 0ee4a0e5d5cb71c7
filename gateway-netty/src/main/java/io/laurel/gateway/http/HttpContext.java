package io.laurel.gateway.http;

/** What all connections share. Event loop only. */
final class HttpContext {
    private final HttpLimits limits;
    private final RequestGuard guard;
    private final ConnectionTable table;
    private final HttpCounters counters;
    private boolean draining;

    HttpContext(HttpLimits limits, RequestGuard guard, ConnectionTable table,
        HttpCounters counters) {
        this.limits = limits;
        this.guard = guard;
        this.table = table;
        this.counters = counters;
    }

    HttpLimits limits() {
        return limits;
    }

    RequestGuard guard() {
        return guard;
    }

    ConnectionTable table() {
        return table;
    }

    HttpCounters counters() {
        return counters;
    }

    /** From now on connections end with the request that is under way. */
    void startDraining() {
        draining = true;
    }

    boolean isDraining() {
        return draining;
    }
}
