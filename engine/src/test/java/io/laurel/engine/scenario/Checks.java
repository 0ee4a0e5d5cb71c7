package io.laurel.engine.scenario;

import io.laurel.engine.reference.ReferenceEngine.ContestView;
import io.laurel.engine.reference.Row;
import io.laurel.engine.scenario.Scenario.Line;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a scenario can look at.
 *
 * <pre>
 * ? contest ID STATE [frozen] [version=N]     or: ? contest ID unknown
 * ? unscored ID REASON=N...                   all of them
 * ? outcomes SOURCE CODE=N...                 all of them
 * ? discarded N                               open rounds that were forgotten
 * ? board ID [PARTITION]                      the whole board; a table may name any columns of
 * | user score rounds multiplier finish delta
 * </pre>
 */
final class Checks {
    private final Subject subject;

    Checks(Subject subject) {
        this.subject = subject;
    }

    /** Returns what is wrong, or null. */
    String check(Line line) {
        final Words words = new Words(line.text().substring(1));
        final String verb = words.shift();
        return switch (verb) {
            case "contest" -> contest(words);
            case "unscored" -> counts(words, subject.contest(words.argument(0)).unscored());
            case "outcomes" ->
                counts(words, subject.outcomes().getOrDefault(words.argument(0), Map.of()));
            case "discarded" -> differs(words.argument(0),
                String.valueOf(subject.discardedRounds()));
            case "board" -> board(words, line.block());
            default -> throw new IllegalArgumentException("no such check: " + verb);
        };
    }

    private String contest(Words words) {
        final ContestView view = subject.contest(words.argument(0));
        if (view == null || words.argument(1).equals("unknown")) {
            return differs(words.argument(1), view == null ? "unknown" : view.state());
        }
        final boolean frozen = words.arguments().contains("frozen");
        final String expected = words.argument(1) + (frozen ? " frozen" : "")
            + (words.has("version") ? " version " + words.value("version", "") : "");
        final String found = view.state() + (view.frozen() ? " frozen" : "")
            + (words.has("version") ? " version " + view.version() : "");
        return differs(expected, found);
    }

    private static String counts(Words words, Map<String, Long> found) {
        final Map<String, String> text = new TreeMap<>();
        found.forEach((key, count) -> {
            if (count != 0) {
                text.put(key, String.valueOf(count));
            }
        });
        return differs(words.values().toString(), text.toString());
    }

    private String board(Words words, List<String> table) {
        final List<Row> rows =
            subject.board(words.argument(0), words.count() > 1 ? words.argument(1) : "");
        if (rows == null) {
            return "no such board";
        }
        if (table.isEmpty()) {
            return differs("[]", rows.toString());
        }
        final List<String> columns = new Words(table.get(0)).arguments();
        final List<String> found = new ArrayList<>();
        rows.forEach(row -> found.add(cells(row, columns)));
        final List<String> expected = new ArrayList<>();
        table.subList(1, table.size()).forEach(text -> expected.add(normal(text, columns)));
        return differs(String.join("\n", expected), String.join("\n", found));
    }

    private static String cells(Row row, List<String> columns) {
        final List<String> cells = new ArrayList<>();
        for (final String column : columns) {
            cells.add(switch (column) {
                case "user" -> row.user();
                case "score" -> String.valueOf(row.score());
                case "rounds" -> String.valueOf(row.rounds());
                case "multiplier" -> decimal(BigDecimal.valueOf(row.multiplierE4(), 4));
                case "finish" -> String.valueOf(row.finishTs());
                case "delta" -> String.valueOf(row.delta());
                default -> throw new IllegalArgumentException("no such column: " + column);
            });
        }
        return String.join(" ", cells);
    }

    private static String normal(String text, List<String> columns) {
        final List<String> cells = new ArrayList<>(new Words(text).arguments());
        for (int i = 0; i < columns.size(); i++) {
            final String cell = cells.get(i);
            if (columns.get(i).equals("multiplier")) {
                cells.set(i, decimal(new BigDecimal(cell)));
            } else if (columns.get(i).equals("finish")) {
                cells.set(i, cell.equals("-") ? "0" : String.valueOf(Words.timeNs(cell)));
            }
        }
        return String.join(" ", cells);
    }

    private static String decimal(BigDecimal value) {
        return value.stripTrailingZeros().toPlainString();
    }

    private static String differs(String expected, String found) {
        return expected.equals(found) ? null : "expected\n" + expected + "\nbut found\n" + found;
    }
}
