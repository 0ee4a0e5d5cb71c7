package io.laurel.gateway.http;

import io.laurel.engine.ResultCode;
import io.laurel.gateway.http.Explanations.RefusedException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;

/** Where a score comes from, round by round. */
final class ExplainRoutes {
    /** Query of an explanation. */
    static final Set<String> PARAMETERS = Set.of("min_sequence");

    private final EngineBridge bridge;
    private final Explanations explanations;
    private final long sequenceWaitNs;

    ExplainRoutes(EngineBridge bridge, Explanations explanations, long sequenceWaitNs) {
        this.bridge = bridge;
        this.explanations = explanations;
        this.sequenceWaitNs = sequenceWaitNs;
    }

    /** {@code GET /v1/admin/contests/{id}/players/{user}/explain}. */
    void explain(Exchange exchange) {
        final String id = exchange.request().contest("id");
        final String user = exchange.request().player("user");
        // the engine says what there is and which sequence is durable; the rest is not its work
        SequencedRead.start(bridge, exchange, sequenceWaitNs, reads -> reads.contest(id),
            (info, sequence) -> {
                if (info == null) {
                    throw Problem.notFound("There is no such contest.").toException();
                }
                if (info.definition().schedule() != null) {
                    throw Problem.notFound("This contest recurs: name one of its instances.")
                        .toException();
                }
                explanations.explain(id, user, sequence).whenComplete((json, failure) ->
                    bridge.later(() -> answer(exchange, json, failure)));
            });
    }

    private static void answer(Exchange exchange, byte[] json, Throwable failure) {
        final Throwable cause =
            failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
        if (cause == null) {
            exchange.answer(new Answer(200, Answer.JSON, json, Map.of()));
        } else if (cause instanceof RefusedException refused) {
            exchange.problem(problem(refused));
        } else {
            exchange.fail(new IllegalStateException("a score could not be explained", cause));
        }
    }

    private static Problem problem(RefusedException refused) {
        final String detail = refused.getMessage();
        return switch (refused.refusal()) {
            case BUSY -> Problem.later(503, ResultCode.CAPACITY.token(), detail);
            case STOPPING -> Problem.later(503, "draining", detail);
            case TOO_MANY_ROUNDS -> Problem.of(422, "too_large", detail);
            case TOO_LONG -> Problem.of(504, "timeout", detail);
            case PRUNED -> Problem.of(410, "pruned", detail);
        };
    }
}
