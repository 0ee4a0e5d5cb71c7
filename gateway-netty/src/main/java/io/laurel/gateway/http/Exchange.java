package io.laurel.gateway.http;

import io.laurel.gateway.http.Problem.ProblemException;
import java.util.function.Consumer;

/** One request on its way to its answer. Answered once; event loop only. */
final class Exchange {
    private static final System.Logger LOG = System.getLogger(Exchange.class.getName());

    private final Request request;
    private final String traceId;
    private final Consumer<Answer> sink;
    private boolean answered;

    Exchange(Request request, String traceId, Consumer<Answer> sink) {
        this.request = request;
        this.traceId = traceId;
        this.sink = sink;
    }

    Request request() {
        return request;
    }

    /** Sends the answer. */
    void answer(Answer answer) {
        if (answered) {
            throw new IllegalStateException("answered twice: " + request.target().raw());
        }
        answered = true;
        sink.accept(answer);
    }

    /** Runs a part of the handling; what it throws becomes the answer. */
    void run(Runnable part) {
        try {
            part.run();
        } catch (final ProblemException e) {
            problem(e.problem());
        } catch (final RuntimeException e) {
            fail(e);
        }
    }

    /** Answers with a problem. */
    void problem(Problem problem) {
        answer(problem.toAnswer(traceId));
    }

    /** Answers that something broke; what it was stands in the log under the trace id. */
    void fail(RuntimeException failure) {
        LOG.log(System.Logger.Level.ERROR, "request failed, trace_id " + traceId, failure);
        if (!answered) {
            problem(Problem.of(500, "internal", "Something broke; it is in the node's log."));
        }
    }
}
