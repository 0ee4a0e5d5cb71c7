package io.laurel.server.demo;

import io.laurel.replay.LogTimes;
import io.laurel.replay.TextTable;
import io.laurel.server.client.Json;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the demonstration shows: a table that moves on a terminal, one line a step in a pipe. */
final class DemoScreen {
    private static final int LIVE_ROWS = 10;
    private static final String UP = "\u001b[%dA";
    private static final String CLEAR_LINE = "\u001b[2K";

    private final PrintWriter out;
    private final boolean terminal;
    private int linesShown;

    DemoScreen(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Prints a line that stays. */
    void line(String text) {
        out.println(text);
        out.flush();
    }

    /**
     * Shows how far play has come.
     *
     * @param timeNs of play, ns since the Unix epoch
     * @param sent events so far
     */
    void progress(DemoNode node, long timeNs, long sent) {
        final String head = LogTimes.text(timeNs - timeNs % 1_000_000_000L).substring(11, 19)
            + String.format(Locale.ROOT, "  %,9d events", sent);
        if (!terminal) {
            line(head);
            return;
        }
        final Map<String, Object> board =
            node.get("/v1/leaderboards/" + DemoNode.CONTESTS.get(0) + "?top=" + LIVE_ROWS);
        if (linesShown > 0) {
            out.printf(UP, linesShown);
        }
        linesShown = 0;
        show(head + "  " + board.get("contest") + " " + board.get("status") + ", "
            + board.get("entries") + " players");
        table(Json.asObjects(board.get("top"))).lines().forEach(this::show);
        out.flush();
    }

    private void show(String text) {
        out.println(CLEAR_LINE + text);
        linesShown++;
    }

    /** Prints a board. */
    void board(DemoNode node, String contest, int top, String query, String title) {
        final Map<String, Object> board =
            node.get("/v1/leaderboards/" + contest + "?top=" + top + query);
        line("");
        line(title + " (" + contest + ", " + board.get("status") + ", " + board.get("entries")
            + " players)");
        table(Json.asObjects(board.get("top"))).lines().forEach(this::line);
    }

    /** Prints the place of the player in the middle of a board, with those around. */
    void ownPlace(DemoNode node, String contest) {
        final String target = "/v1/leaderboards/" + contest;
        final long entries = Long.parseLong(
            String.valueOf(node.get(target + "?top=1").get("entries")));
        final List<Map<String, Object>> middle = Json.asObjects(
            node.get(target + "?after_pos=" + entries / 2 + "&limit=1").get("top"));
        if (middle.isEmpty()) {
            return;
        }
        final Object user = middle.get(0).get("user");
        final Map<String, Object> board = node.get(target + "?top=1&me=" + user + "&around=2");
        final Map<String, Object> me = Json.asObject(board.get("me"));
        line("");
        line("As " + user + " sees it: place " + me.get("pos") + " of " + entries + ", "
            + me.get("to_next") + " points to the next place");
        table(Json.asObjects(board.get("around"))).lines().forEach(this::line);
    }

    private static TextTable table(List<Map<String, Object>> rows) {
        final TextTable table = new TextTable(">pos", "player", ">score", ">best multiplier",
            ">rounds");
        rows.forEach(row -> table.row(row.get("pos"), row.get("user"), row.get("score"),
            row.get("multiplier"), row.get("rounds")));
        return table;
    }

    /** Prints counts per name in one line. */
    void counts(String title, Map<String, Object> counts) {
        final StringBuilder text = new StringBuilder(title);
        counts.forEach((name, count) -> text.append("  ").append(name).append(' ')
            .append(count));
        line(text.toString());
    }
}
