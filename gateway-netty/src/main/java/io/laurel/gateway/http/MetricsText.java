package io.laurel.gateway.http;

import java.nio.charset.StandardCharsets;

/** The text format of Prometheus. */
final class MetricsText {
    /** Its media type. */
    static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final StringBuilder text = new StringBuilder(4096);

    /** Begins a family. */
    MetricsText family(String name, String help, boolean counter) {
        text.append("# HELP ").append(name).append(' ').append(help.replace("\\", "\\\\")
            .replace("\n", "\\n")).append('\n');
        text.append("# TYPE ").append(name).append(counter ? " counter\n" : " gauge\n");
        return this;
    }

    /** Writes one value of a family. */
    MetricsText value(String name, double value, String... labels) {
        text.append(name);
        for (int i = 0; i < labels.length; i += 2) {
            text.append(i == 0 ? '{' : ',').append(labels[i]).append("=\"")
                .append(labels[i + 1].replace("\\", "\\\\").replace("\"", "\\\"")
                    .replace("\n", "\\n")).append('"');
        }
        text.append(labels.length > 0 ? "} " : " ").append(number(value)).append('\n');
        return this;
    }

    /** Writes a family of one value. */
    MetricsText single(String name, String help, boolean counter, double value) {
        return family(name, help, counter).value(name, value);
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1L << 53
            ? Long.toString((long) value) : Double.isNaN(value) ? "NaN"
            : Double.isInfinite(value) ? (value > 0 ? "+Inf" : "-Inf") : Double.toString(value);
    }

    byte[] bytes() {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
