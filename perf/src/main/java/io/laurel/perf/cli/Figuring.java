package io.laurel.perf.cli;

import io.laurel.server.client.Json;
import java.math.BigDecimal;
import java.util.Map;

/** Reads what a node says of itself. */
final class Figuring {
    private Figuring() {
    }

    /** Returns how many events all senders got accepted: as many are remembered for 16 minutes. */
    static long accepted(Map<String, Object> status) {
        long sum = 0;
        for (final Object source : Json.asObject(status.get("sources")).values()) {
            final Object count = Json.asObject(source).get("accepted");
            sum += count instanceof BigDecimal number ? number.longValue() : 0;
        }
        return sum;
    }
}
