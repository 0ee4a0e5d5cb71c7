package io.laurel.gateway.http;

import io.laurel.engine.ResultCode;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Map;

/**
 * A complete request that may be answered.
 *
 * @param admin whether it came in by the listener of the operators
 * @param method of HTTP
 * @param target path and query
 * @param variables what stands in the path at the names of the route
 * @param headers as sent
 * @param body may be empty
 * @param caller who asks
 */
record Request(boolean admin, String method, Target target, Map<String, String> variables,
    HttpHeaders headers, byte[] body, Caller caller) {

    /** Returns what stands in the path at a name of the route. */
    String variable(String name) {
        return variables.get(name);
    }

    /** Returns the id of a player that stands in the path. */
    String player(String name) {
        final String id = variables.get(name);
        if (!Ids.isPlayer(id)) {
            throw Problem.field(422, ResultCode.INVALID.token(), name, Ids.PLAYER_RULE)
                .toException();
        }
        return id;
    }

    /** Returns the id of a contest that stands in the path. */
    String contest(String name) {
        final String id = variables.get(name);
        if (!Ids.isContest(id)) {
            throw Problem.notFound("There is no such contest.").toException();
        }
        return id;
    }

    /** Returns a query parameter, or null. */
    String query(String name) {
        return target.query().get(name);
    }

    /**
     * Returns a whole number of the query.
     *
     * @param absent what it is where it was not given
     */
    long number(String name, long least, long most, long absent) {
        final String text = query(name);
        if (text == null) {
            return absent;
        }
        final boolean digits = !text.isEmpty() && text.length() <= 18
            && text.chars().allMatch(c -> c >= '0' && c <= '9');
        final long value = digits ? Long.parseLong(text) : -1;
        if (!digits || value < least || value > most) {
            throw Problem.badParameter(name,
                "Must be a whole number from " + least + " to " + most + ".").toException();
        }
        return value;
    }

    /** Returns a truth of the query, false where it was not given. */
    boolean truth(String name) {
        final String text = query(name);
        if (text == null || "false".equals(text)) {
            return false;
        }
        if ("true".equals(text)) {
            return true;
        }
        throw Problem.badParameter(name, "Must be true or false.").toException();
    }
}
