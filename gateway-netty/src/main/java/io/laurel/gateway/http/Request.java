package io.laurel.gateway.http;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.Locale;
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

    /** Returns a query parameter, or null. */
    String query(String name) {
        return target.query().get(name);
    }

    /** Returns the media type in lower case without its parameters; empty where there is none. */
    String mediaType() {
        final String type = headers.get("Content-Type", "");
        final int semicolon = type.indexOf(';');
        return (semicolon < 0 ? type : type.substring(0, semicolon)).trim()
            .toLowerCase(Locale.ROOT);
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
