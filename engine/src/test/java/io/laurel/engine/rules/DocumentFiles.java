package io.laurel.engine.rules;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;

/** The documents that the tests share. */
final class DocumentFiles {
    /** 2025-10-25T12:00Z. */
    static final long NOW_NS = ns("2025-10-25T12:00:00Z");

    private DocumentFiles() {
    }

    static byte[] bytes(String name) {
        try (InputStream in =
            DocumentFiles.class.getResourceAsStream("/documents/" + name + ".yaml")) {
            return in.readAllBytes();
        } catch (final IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    static String text(String name) {
        return new String(bytes(name), StandardCharsets.UTF_8);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static long ns(String instant) {
        final OffsetDateTime time = OffsetDateTime.parse(instant);
        return time.toEpochSecond() * 1_000_000_000L + time.getNano();
    }
}
