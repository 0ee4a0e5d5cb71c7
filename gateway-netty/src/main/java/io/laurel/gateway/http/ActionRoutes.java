package io.laurel.gateway.http;

import io.laurel.engine.ResultCode;
import io.laurel.engine.command.CommandWriter;
import io.laurel.engine.query.EngineReads;
import io.laurel.engine.query.ContestInfo;
import io.laurel.gateway.json.FlatJson;
import io.laurel.gateway.json.JsonWriter;
import io.laurel.gateway.json.Timestamps;
import io.laurel.protocol.storage.ContestOperation;
import io.laurel.protocol.storage.PlayerOperation;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** What operators do. Each is a logged command with its actor and, where one is given, a reason. */
final class ActionRoutes {
    private static final String REASON = "reason";
    private static final String ADVANCE_TO = "advance_to";
    private static final int ACCEPTED_STATUS = 202;
    private static final int NO_ROOM_STATUS = 503;

    private final EngineBridge bridge;
    private final NodeFigures figures;

    /** Takes what an accepted command says. */
    @FunctionalInterface
    private interface Accepted {
        void accept(long sequence);
    }

    ActionRoutes(EngineBridge bridge, NodeFigures figures) {
        this.bridge = bridge;
        this.figures = figures;
    }

    /** {@code POST /v1/admin/contests/{id}/…}. */
    void contest(ContestOperation operation, Exchange exchange) {
        final Request request = exchange.request();
        final String id = request.contest("id");
        final String reason = reason(request);
        send(exchange, to -> to.contestAction(operation, id, request.caller().name(), reason),
            sequence -> bridge.read(reads -> reads.contest(id), (info, at, failure) -> {
                if (failure != null) {
                    exchange.fail(failure);
                } else {
                    exchange.run(() -> answerStatus(exchange, info, sequence));
                }
            }));
    }

    private static void answerStatus(Exchange exchange, ContestInfo info, long sequence) {
        exchange.answer(Answer.json(ACCEPTED_STATUS, new JsonWriter().object()
            .field("status", info == null ? null : ContestJson.status(info))
            .field("sequence", sequence).endObject()));
    }

    /** {@code POST /v1/admin/contests/{id}/players/{user}/…}. */
    void player(PlayerOperation operation, Exchange exchange) {
        final Request request = exchange.request();
        final String reason = reason(request);
        final String id = request.contest("id");
        final String user = request.player("user");
        send(exchange, to -> to.playerAction(operation, id, user, request.caller().name(),
            reason),
            sequence -> answerSequence(exchange, sequence));
    }

    /** {@code POST /v1/admin/players/{id}/erase}. */
    void erase(Exchange exchange) {
        final Request request = exchange.request();
        final String reason = reason(request);
        final String user = request.player("id");
        send(exchange, to -> to.erasePlayer(user, request.caller().name(), reason),
            sequence -> answerSequence(exchange, sequence));
    }

    /** {@code POST /v1/admin/time}; answers where time stands then, as it never moves back. */
    void advanceTime(Exchange exchange) {
        final Request request = exchange.request();
        final Map<String, String> fields = fields(request, Set.of(ADVANCE_TO, REASON));
        final String text = fields.get(ADVANCE_TO);
        final long toNs = text == null ? Timestamps.INVALID : Timestamps.parseInstant(text);
        if (toNs == Timestamps.INVALID) {
            throw Problem.field(422, ResultCode.INVALID.token(), ADVANCE_TO,
                "advance_to must be a timestamp with an offset.").toException();
        }
        bridge.read(EngineReads::status, (before, at, failure) -> {
            if (failure != null) {
                exchange.fail(failure);
            } else if (!before.eventClock()) {
                exchange.problem(Problem.of(409, ResultCode.BAD_STATE.token(),
                    "Time comes from the clock here; the clock mode is system."));
            } else {
                send(exchange, to -> to.advanceTime(toNs, request.caller().name(),
                    fields.getOrDefault(REASON, "")), sequence -> exchange.answer(
                    Answer.json(ACCEPTED_STATUS, new JsonWriter().object()
                        .field("advanced_to", Timestamps.format(Math.max(toNs, before.timeNs())))
                        .field("sequence", sequence).endObject())));
            }
        });
    }

    /**
     * {@code POST /v1/admin/snapshot}; memory is made ready before the cut is logged, and the
     * image written behind the answer.
     */
    void snapshot(Exchange exchange) {
        final String reason = reason(exchange.request());
        if (figures.snapshots().memoryBytes() > 0) {
            throw Problem.of(409, ResultCode.BAD_STATE.token(),
                "A snapshot is being made; see snapshot_sequence in /v1/admin/status.")
                .toException();
        }
        final String actor = exchange.request().caller().name();
        figures.prepareSnapshot().whenComplete((ready, failure) -> bridge.later(() -> {
            if (failure != null) {
                exchange.problem(Problem.of(NO_ROOM_STATUS, ResultCode.CAPACITY.token(),
                    "No memory for the image of a snapshot: " + failure.getMessage() + "."));
            } else {
                exchange.run(() -> send(exchange, to -> to.takeSnapshot(actor, reason),
                    sequence -> answerSequence(exchange, sequence)));
            }
        }));
    }

    private static void answerSequence(Exchange exchange, long sequence) {
        exchange.answer(Answer.json(ACCEPTED_STATUS,
            new JsonWriter().object().field("sequence", sequence).endObject()));
    }

    private void send(Exchange exchange, Consumer<CommandWriter> command, Accepted then) {
        bridge.command(command, (index, sequence, code, value) -> {
            if (code == ResultCode.ACCEPTED.code() || code == ResultCode.DUPLICATE.code()) {
                exchange.run(() -> then.accept(sequence));
            } else {
                exchange.problem(Problem.refused(code, sequence));
            }
        }, exchange::fail);
    }

    private static String reason(Request request) {
        return fields(request, Set.of(REASON)).getOrDefault(REASON, "");
    }

    private static Map<String, String> fields(Request request, Set<String> known) {
        final FlatJson.Result result = FlatJson.read(request.body(), known);
        if (result.malformed()) {
            throw Problem.malformed("The body is no JSON object.").toException();
        }
        if (result.message() != null) {
            throw Problem.field(422, ResultCode.INVALID.token(), result.field(),
                result.field() + " " + result.message() + ".").toException();
        }
        return result.fields();
    }
}
