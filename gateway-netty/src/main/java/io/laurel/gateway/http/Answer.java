package io.laurel.gateway.http;

import io.laurel.gateway.json.JsonWriter;
import java.util.Map;

/**
 * An answer, complete.
 *
 * @param status of HTTP
 * @param contentType media type
 * @param body may be empty
 * @param headers beside the usual ones; without {@code Cache-Control} it is {@code no-store}
 */
record Answer(int status, String contentType, byte[] body, Map<String, String> headers) {
    /** Media type of plain answers. */
    static final String JSON = "application/json";

    static Answer json(int status, JsonWriter json) {
        return new Answer(status, JSON, json.bytes(), Map.of());
    }

    static Answer json(int status, JsonWriter json, Map<String, String> headers) {
        return new Answer(status, JSON, json.bytes(), headers);
    }
}
