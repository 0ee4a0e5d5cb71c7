package io.laurel.gateway.http;

import java.util.Locale;

/** Which bodies hold events, and in which form. */
final class EventBodies {
    private static final String CHARSET = "charset=";

    private EventBodies() {
    }

    /** Returns whether a content type means one event per line. */
    static boolean isBatch(String contentType) {
        final String type = mediaType(contentType);
        return "application/x-ndjson".equals(type) || "application/ndjson".equals(type)
            || "application/jsonl".equals(type);
    }

    /**
     * Refuses what cannot be JSON. The type that plain tools send where nobody told them better is
     * taken as JSON.
     */
    static void check(String contentType) {
        final String type = mediaType(contentType);
        final boolean json = type.isEmpty() || "application/json".equals(type)
            || type.endsWith("+json") || "application/x-www-form-urlencoded".equals(type);
        final String lower = contentType.toLowerCase(Locale.ROOT);
        final int charset = lower.indexOf(CHARSET);
        final boolean utf8 = charset < 0 || lower.substring(charset + CHARSET.length())
            .replace("\"", "").trim().startsWith("utf-8");
        if (!json && !isBatch(contentType) || !utf8) {
            throw Problem.of(415, "unsupported_media_type",
                "Events are application/json or application/x-ndjson, in UTF-8.").toException();
        }
    }

    private static String mediaType(String contentType) {
        final int semicolon = contentType.indexOf(';');
        return (semicolon < 0 ? contentType : contentType.substring(0, semicolon)).trim()
            .toLowerCase(Locale.ROOT);
    }
}
