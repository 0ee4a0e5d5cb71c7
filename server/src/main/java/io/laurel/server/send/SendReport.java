package io.laurel.server.send;

import io.laurel.gateway.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/**
 * What became of events.
 *
 * @param sent all of them, those that are not valid included
 * @param accepted plainly
 * @param duplicate taken before
 * @param refused count per reason, by name
 * @param lastSequence position in the log of the last event; a read from there on reflects all
 * @param undelivered given to the session and not acknowledged
 */
public record SendReport(long sent, long accepted, long duplicate, Map<String, Long> refused,
    long lastSequence, long undelivered) {
    /** Returns one line of JSON. */
    public String json(double seconds) {
        final JsonWriter json = new JsonWriter().object().field("sent", sent)
            .field("accepted", accepted).field("duplicate", duplicate).object("refused");
        refused.forEach(json::field);
        json.endObject().field("last_sequence", lastSequence)
            .decimal("seconds", String.format(Locale.ROOT, "%.3f", seconds));
        return new String(json.endObject().bytes(), StandardCharsets.UTF_8);
    }
}
