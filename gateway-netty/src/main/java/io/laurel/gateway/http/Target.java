package io.laurel.gateway.http;

import io.laurel.engine.ResultCode;
import io.laurel.gateway.event.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The target of a request, decoded.
 *
 * @param raw path and query as they were sent, which is what a signature covers
 * @param segments of the path
 * @param query parameters; none stands twice
 */
record Target(String raw, List<String> segments, Map<String, String> query) {
    /** Reads a target; a problem where it is none. */
    static Target parse(String uri) {
        final String raw = withoutAuthority(uri);
        final int mark = raw.indexOf('?');
        final String path = mark < 0 ? raw : raw.substring(0, mark);
        if (path.isEmpty() || path.charAt(0) != '/' || raw.indexOf('#') >= 0) {
            throw Problem.malformed("The request target is no path.").toException();
        }
        final List<String> segments = new ArrayList<>();
        for (final String segment : path.substring(1).split("/", -1)) {
            segments.add(decode(segment, false));
        }
        return new Target(raw, segments, query(mark < 0 ? "" : raw.substring(mark + 1)));
    }

    private static String withoutAuthority(String uri) {
        final int scheme = uri.regionMatches(true, 0, "http://", 0, 7) ? 7
            : uri.regionMatches(true, 0, "https://", 0, 8) ? 8 : 0;
        if (scheme == 0) {
            return uri;
        }
        final int slash = uri.indexOf('/', scheme);
        return slash < 0 ? "/" : uri.substring(slash);
    }

    private static Map<String, String> query(String text) {
        final Map<String, String> query = new LinkedHashMap<>();
        for (final String pair : text.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            final int equals = pair.indexOf('=');
            final String name = decode(equals < 0 ? pair : pair.substring(0, equals), true);
            final String value = equals < 0 ? "" : decode(pair.substring(equals + 1), true);
            if (query.put(name, value) != null) {
                throw Problem.of(400, ResultCode.INVALID.token(),
                    "A query parameter stands twice.").toException();
            }
        }
        return query;
    }

    private static String decode(String text, boolean plusIsSpace) {
        final byte[] bytes = new byte[text.length()];
        int size = 0;
        for (int i = 0; i < text.length(); i++) {
            final char c = text.charAt(i);
            if (c == '%') {
                final int value = i + 2 < text.length()
                    ? Character.digit(text.charAt(i + 1), 16) << 4
                    | Character.digit(text.charAt(i + 2), 16) : -1;
                if (value < 0) {
                    throw badEncoding();
                }
                bytes[size++] = (byte) value;
                i += 2;
            } else if (c < 0x80) {
                bytes[size++] = (byte) (plusIsSpace && c == '+' ? ' ' : c);
            } else {
                throw badEncoding();
            }
        }
        if (!Utf8.isValid(bytes, 0, size)) {
            throw badEncoding();
        }
        return new String(bytes, 0, size, StandardCharsets.UTF_8);
    }

    private static RuntimeException badEncoding() {
        return Problem.malformed("The request target is not percent-encoded UTF-8.")
            .toException();
    }
}
