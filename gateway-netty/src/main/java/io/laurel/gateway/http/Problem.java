package io.laurel.gateway.http;

import io.laurel.engine.ResultCode;
import io.laurel.gateway.json.JsonWriter;
import java.util.Locale;
import java.util.Map;

/**
 * Why a request was not done, as RFC 9457 has it.
 *
 * @param status of HTTP
 * @param code token of a {@link ResultCode}, or one of the edge's own
 * @param detail a sentence for people; never repeats what was sent
 * @param field path of the field that is wrong; empty = none
 * @param line from 1 on; 0 = unknown
 * @param column from 1 on; 0 = unknown
 * @param sequence of the refused command in the log; 0 = it is not there
 * @param headers of the answer, beside the usual ones
 */
record Problem(int status, String code, String detail, String field, int line, int column,
    long sequence, Map<String, String> headers) {
    /** Media type of a problem. */
    static final String MEDIA_TYPE = "application/problem+json";
    /** Code of what cannot be parsed. */
    static final String MALFORMED = "malformed";
    /** Seconds after which a client may try again where there was no room. */
    static final String RETRY_AFTER_SECONDS = "1";

    static Problem of(int status, String code, String detail) {
        return new Problem(status, code, detail, "", 0, 0, 0, Map.of());
    }

    /** A parameter or a field that cannot be taken. */
    static Problem field(int status, String code, String field, String detail) {
        return new Problem(status, code, detail, field, 0, 0, 0, Map.of());
    }

    static Problem badParameter(String name, String detail) {
        return field(400, ResultCode.INVALID.token(), name, detail);
    }

    static Problem malformed(String detail) {
        return of(400, MALFORMED, detail);
    }

    static Problem notFound(String detail) {
        return of(404, ResultCode.NOT_FOUND.token(), detail);
    }

    /** Something that will pass: the client may try again soon. */
    static Problem later(int status, String code, String detail) {
        return new Problem(status, code, detail, "", 0, 0, 0,
            Map.of("Retry-After", RETRY_AFTER_SECONDS));
    }

    /** What the engine refused. */
    static Problem refused(int code, long sequence) {
        final ResultCode result = ResultCode.of(code);
        final int status = switch (result) {
            case CAPACITY, STORAGE_LOW -> 503;
            case ID_CONFLICT, BAD_STATE, RULES_LOCKED -> 409;
            case NOT_FOUND -> 404;
            case FORBIDDEN -> 403;
            case UNSUPPORTED -> 501;
            default -> 422;
        };
        final Problem problem = status == 503 ? later(status, result.token(), "")
            : of(status, result.token(), reason(result));
        return problem.withSequence(sequence);
    }

    /** Says more than the code where the code alone leaves one guessing; else empty. */
    private static String reason(ResultCode result) {
        return switch (result) {
            case TOO_EARLY -> "The ts lies further ahead of log time than max_skew.";
            case TOO_LATE -> "The ts lies further behind log time than max_lateness.";
            case ID_CONFLICT -> "This event_id was used before, for another event.";
            case ROUND_CLOSED -> "The round has been closed; nothing can be added to it.";
            case ROUND_OPEN -> "The round is open; a spin is a whole round of its own.";
            case CURRENCY_MISMATCH -> "The round was opened in another currency.";
            case BAD_STATE -> "The contest is in a state that does not allow this.";
            case RULES_LOCKED -> "The contest has begun: a change of scoring, leaderboard or"
                + " rewards needs restart: true.";
            default -> "";
        };
    }

    Problem withSequence(long at) {
        return new Problem(status, code, detail, field, line, column, at, headers);
    }

    Problem withField(String name, String why) {
        return new Problem(status, code, why, name, line, column, sequence, headers);
    }

    Answer toAnswer(String traceId) {
        final JsonWriter json = new JsonWriter().object()
            .field("type", "urn:laurel:problem:" + code).field("title", title())
            .field("status", status).field("code", code)
            .field("detail", detail.isEmpty() ? title() + "." : detail)
            .field("trace_id", traceId).fieldIfAny("field", field);
        if (line > 0) {
            json.field("line", line);
        }
        if (column > 0) {
            json.field("column", column);
        }
        if (sequence > 0) {
            json.field("sequence", sequence);
        }
        return new Answer(status, MEDIA_TYPE, json.endObject().bytes(), headers);
    }

    private String title() {
        return code.substring(0, 1).toUpperCase(Locale.ROOT) + code.substring(1).replace('_', ' ');
    }

    /** Ends the handling of a request with a problem. */
    ProblemException toException() {
        return new ProblemException(this);
    }

    /** Carries a problem up to the exchange. */
    static final class ProblemException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Problem problem;

        ProblemException(Problem problem) {
            super(problem.code(), null, false, false);
            this.problem = problem;
        }

        Problem problem() {
            return problem;
        }
    }
}
