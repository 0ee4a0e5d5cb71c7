package io.laurel.engine.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One scenario of a file.
 *
 * <pre>
 * === title                          begins a scenario: a fresh subject
 * # remark
 * [SEQUENCE] [TIME] COMMAND ARGUMENT... KEY=VALUE... -> OUTCOME [VALUE]
 * | document or table, belongs to the line above
 * ? CHECK ARGUMENT... KEY=VALUE...
 * </pre>
 *
 * <p>TIME is {@code 18:00}, {@code 18:00:05.25} (on 2025-10-25, UTC) or in full; without it the
 * time of the line before holds. A scenario that does not begin with {@code genesis} gets one
 * with the default limits, and the source {@code local}.
 *
 * @param file where it stands
 * @param title first line
 * @param lines in order
 */
public record Scenario(String file, String title, List<Line> lines) {
    /** A line with its block; {@code number} counts from 1. */
    public record Line(int number, String text, List<String> block) {
        boolean isCheck() {
            return text.startsWith("?");
        }
    }

    /** Reads all scenarios of a file. */
    public static List<Scenario> read(Path file) {
        try {
            return parse(file.getFileName().toString(),
                Files.readAllLines(file, StandardCharsets.UTF_8));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Scenario> parse(String file, List<String> text) {
        final List<Scenario> scenarios = new ArrayList<>();
        for (int i = 0; i < text.size(); i++) {
            final String line = text.get(i).strip();
            if (line.startsWith("===")) {
                scenarios.add(new Scenario(file, line.substring(3).strip(), new ArrayList<>()));
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                if (scenarios.isEmpty()) {
                    throw new IllegalArgumentException(file + ":" + (i + 1) + " has no title");
                }
                add(scenarios.get(scenarios.size() - 1).lines, i + 1, line);
            }
        }
        return scenarios;
    }

    private static void add(List<Line> lines, int number, String line) {
        if (line.startsWith("|")) {
            final String content = line.substring(1);
            lines.get(lines.size() - 1).block
                .add(content.startsWith(" ") ? content.substring(1) : content);
        } else {
            lines.add(new Line(number, line, new ArrayList<>()));
        }
    }
}
