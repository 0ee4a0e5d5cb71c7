package io.laurel.gateway.http;

import io.laurel.engine.query.ContestInfo;
import io.laurel.engine.query.EngineReads;
import io.laurel.engine.query.StatusInfo;
import io.laurel.gateway.json.JsonWriter;
import io.laurel.gateway.json.Timestamps;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** How the node is. */
final class NodeRoutes {
    private static final String OPEN_API = "openapi.json";

    private final EngineBridge bridge;
    private final NodeFigures figures;
    private final HttpCounters counters;
    private final ConnectionTable table;
    private final byte[] openApi;

    /** The engine's figures and its contests at one sequence. */
    private record View(StatusInfo status, List<ContestInfo> contests) {
        static View of(EngineReads reads) {
            return new View(reads.status(), reads.contests());
        }
    }

    NodeRoutes(EngineBridge bridge, NodeFigures figures, HttpCounters counters,
        ConnectionTable table) {
        this.bridge = bridge;
        this.figures = figures;
        this.counters = counters;
        this.table = table;
        try (InputStream in = NodeRoutes.class.getResourceAsStream(OPEN_API)) {
            openApi = in.readAllBytes();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code GET /health/live}. */
    void live(Exchange exchange) {
        exchange.answer(Answer.json(200,
            new JsonWriter().object().field("status", "live").endObject()));
    }

    /** {@code GET /health/ready}. */
    void ready(Exchange exchange) {
        if (!figures.ready()) {
            throw Problem.later(503, "not_ready", "The node has not recovered yet.")
                .toException();
        }
        exchange.answer(Answer.json(200, new JsonWriter().object().field("status", "ready")
            .field("durable_sequence", bridge.gate().durableSequence()).endObject()));
    }

    /** {@code GET /openapi.json}. */
    void openApi(Exchange exchange) {
        exchange.answer(new Answer(200, Answer.JSON, openApi, Map.of()));
    }

    /** {@code GET /v1/admin/status}. */
    void status(Exchange exchange) {
        read(exchange, view -> exchange.answer(Answer.json(200, status(view))));
    }

    /** {@code GET /metrics}. */
    void metrics(Exchange exchange) {
        read(exchange, view -> exchange.answer(
            new Answer(200, MetricsText.MEDIA_TYPE, metrics(view).bytes(), Map.of())));
    }

    private void read(Exchange exchange, Consumer<View> then) {
        bridge.read(View::of, (view, sequence, failure) -> {
            if (failure != null) {
                exchange.fail(failure);
            } else {
                exchange.run(() -> then.accept(view));
            }
        });
    }

    private JsonWriter status(View view) {
        final StatusInfo status = view.status();
        final JsonWriter json = new JsonWriter().object().field("ready", figures.ready())
            .field("sequence", status.sequence())
            .field("durable_sequence", bridge.gate().durableSequence())
            .field("time", Timestamps.format(status.timeNs()))
            .field("clock", status.eventClock() ? "event" : "system")
            .field("intake_open", bridge.gate().intakeOpen())
            .field("intake", bridge.gate().intakeState().name().toLowerCase(Locale.ROOT))
            .field("snapshot_sequence", figures.snapshots().sequence())
            .fieldIfAny("state_root", figures.snapshots().stateRoot())
            .field("snapshot_memory_bytes", figures.snapshots().memoryBytes())
            .field("ring_depth",
                Math.max(0, figures.ringCapacity() - bridge.gate().remainingCapacity()))
            .field("ring_capacity", figures.ringCapacity())
            .field("http_waiting", bridge.waiting()).field("http_connections", table.size())
            .field("connected_sessions", figures.connectedSessions())
            .field("sessions", status.sessions()).field("players", status.players())
            .field("contests", status.contests())
            .field("discarded_rounds", status.discardedRounds())
            .field("memory_limit_bytes", status.memoryLimitBytes());
        final NodeFigures.Rebuilds rebuilds = figures.rebuilds();
        json.object("rebuild").field("rollbacks", rebuilds.rollbacks())
            .field("entries", rebuilds.entries()).field("stuck", rebuilds.stuck())
            .fieldIfAny("reason", rebuilds.reason()).endObject();
        ContestJson.counts(json, "memory_bytes", status.memoryBytes());
        json.object("sources");
        status.sources().forEach(source ->
            ContestJson.counts(json, source.name(), source.outcomes()));
        json.endObject().object("unscored");
        view.contests().forEach(info -> ContestJson.counts(json, info.id(), info.unscored()));
        return json.endObject().endObject();
    }

    private MetricsText metrics(View view) {
        final StatusInfo status = view.status();
        final MetricsText text = new MetricsText()
            .single("laurel_ready", "1 where the node has recovered.", false,
                figures.ready() ? 1 : 0)
            .single("laurel_sequence", "Last command applied.", true, status.sequence())
            .single("laurel_durable_sequence", "Last command forced to disk.", true,
                bridge.gate().durableSequence())
            .single("laurel_ring_remaining", "Commands that the ring would take now.", false,
                bridge.gate().remainingCapacity())
            .single("laurel_intake_open", "1 where events are taken.", false,
                bridge.gate().intakeOpen() ? 1 : 0)
            .single("laurel_players", "Players known.", false, status.players())
            .single("laurel_contests", "Contests known.", false, status.contests())
            .single("laurel_sessions", "Sessions known.", false, status.sessions())
            .single("laurel_connected_sessions", "Sessions connected over TCP.", false,
                figures.connectedSessions())
            .single("laurel_discarded_rounds_total", "Open rounds that were forgotten.", true,
                status.discardedRounds())
            .family("laurel_memory_bytes", "State per store.", false);
        status.memoryBytes().forEach((store, bytes) ->
            text.value("laurel_memory_bytes", bytes, "store", store));
        text.family("laurel_events_total", "Outcomes of events.", true);
        status.sources().forEach(source -> source.outcomes().forEach((outcome, count) ->
            text.value("laurel_events_total", count, "source", source.name(),
                "outcome", outcome)));
        text.family("laurel_unscored_rounds_total",
            "Rounds that a contest looked at and did not score.", true);
        final Map<String, Long> unscored = new TreeMap<>();
        view.contests().forEach(info -> info.unscored().forEach((reason, count) ->
            unscored.merge(reason, count, Long::sum)));
        unscored.forEach((reason, count) ->
            text.value("laurel_unscored_rounds_total", count, "reason", reason));
        http(text);
        figures.figures().forEach(figure -> text.single(figure.name(), figure.help(),
            figure.counter(), figure.value().getAsDouble()));
        return text;
    }

    private void http(MetricsText text) {
        text.single("laurel_http_connections", "Connections that are open.", false, table.size())
            .single("laurel_http_refused_connections_total", "Connections turned away.", true,
                table.refused())
            .single("laurel_http_requests_total", "Requests begun.", true, counters.requests())
            .single("laurel_http_malformed_events_total", "Texts that were no JSON.", true,
                counters.malformedEvents())
            .family("laurel_http_answers_total", "Answers per status.", true);
        counters.answers().forEach((status, count) ->
            text.value("laurel_http_answers_total", count, "status", status.toString()));
    }
}
