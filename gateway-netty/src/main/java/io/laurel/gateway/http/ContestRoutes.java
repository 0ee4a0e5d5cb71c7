package io.laurel.gateway.http;

import io.laurel.engine.contest.ContestState;
import io.laurel.engine.query.ContestInfo;
import io.laurel.gateway.json.JsonWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads of contests. */
final class ContestRoutes {
    /** Query of the list. */
    static final Set<String> LIST_PARAMETERS =
        Set.of("market", "brand", "status", "min_sequence");
    /** Query of one contest. */
    static final Set<String> ONE_PARAMETERS = Set.of("min_sequence");

    private static final Map<String, String> PUBLIC =
        Map.of("Cache-Control", "public, max-age=1, stale-while-revalidate=5");

    private final EngineBridge bridge;
    private final long sequenceWaitNs;

    ContestRoutes(EngineBridge bridge, long sequenceWaitNs) {
        this.bridge = bridge;
        this.sequenceWaitNs = sequenceWaitNs;
    }

    /** {@code GET /v1/contests}. */
    void list(Exchange exchange) {
        final Request request = exchange.request();
        final String market = request.query("market");
        final String brand = request.query("brand");
        final String status = request.query("status");
        if (status != null && !"frozen".equals(status) && Arrays.stream(ContestState.values())
            .noneMatch(state -> state.token().equals(status))) {
            throw Problem.badParameter("status", "Must be a state of a contest.").toException();
        }
        SequencedRead.start(bridge, exchange, sequenceWaitNs, reads -> reads.contests(),
            (contests, sequence) -> {
                final JsonWriter json = new JsonWriter().array();
                contests.stream().filter(info -> status == null
                        || ContestJson.status(info).equals(status))
                    .filter(info -> covers(info.definition().scope().markets(), market)
                        && covers(info.definition().scope().brands(), brand))
                    .forEach(info -> ContestJson.summary(json, info));
                exchange.answer(Answer.json(200, json.endArray(), headers(request)));
            });
    }

    private static boolean covers(List<String> entries, String wanted) {
        return wanted == null || entries.isEmpty() || entries.stream().anyMatch(entry ->
            entry.endsWith("*") ? wanted.startsWith(entry.substring(0, entry.length() - 1))
                : entry.equals(wanted));
    }

    /** {@code GET /v1/contests/{id}}. */
    void one(Exchange exchange) {
        final Request request = exchange.request();
        final String id = request.contest("id");
        SequencedRead.<ContestInfo>start(bridge, exchange, sequenceWaitNs,
            reads -> reads.contest(id), (info, sequence) -> {
                if (info == null) {
                    throw Problem.notFound("There is no such contest.").toException();
                }
                final JsonWriter json = new JsonWriter();
                ContestJson.rules(json, info, request.admin(), sequence);
                exchange.answer(Answer.json(200, json, headers(request)));
            });
    }

    private static Map<String, String> headers(Request request) {
        return request.admin() ? Map.of() : PUBLIC;
    }
}
