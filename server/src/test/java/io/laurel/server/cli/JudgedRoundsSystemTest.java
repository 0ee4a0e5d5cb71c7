package io.laurel.server.cli;

import static io.laurel.server.cli.NodeProcess.laurel;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.reference.Event;
import io.laurel.engine.reference.Limits;
import io.laurel.engine.reference.Outcome;
import io.laurel.engine.reference.ReferenceEngine;
import io.laurel.engine.reference.Row;
import io.laurel.engine.rules.ContestDefinition;
import io.laurel.engine.rules.Document;
import io.laurel.engine.rules.Documents;
import io.laurel.server.client.Json;
import io.laurel.server.client.NodeClient;
import io.laurel.server.demo.RoundGenerator;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rounds sent to a node lead to the boards that the reference makes of them, row by row; both know
 * the same documents and nothing else of each other. The rounds are made up, or stand in the file
 * of JSON Lines (also with gzip) that {@code -Dlaurel.rounds=FILE} names.
 */
final class JudgedRoundsSystemTest {
    private static final String FILE = System.getProperty("laurel.rounds", "");
    private static final int MADE_UP = 6_000;
    private static final int PAGE = 1_000;
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final Limits LIMITS =
        new Limits(900 * NS_PER_SECOND, 60 * NS_PER_SECOND, 10_000);

    private final ReferenceEngine reference = new ReferenceEngine();
    private final Map<String, Long> refused = new TreeMap<>();
    private long accepted;
    private long duplicates;
    private long sequence;
    private long timeNs;

    @TempDir
    private Path directory;

    @Test
    void shouldShowTheBoardsOfTheReferenceWhenRoundsAreSent() throws Exception {
        final List<String> lines = FILE.isEmpty() ? madeUp() : read(Path.of(FILE));
        final Path documents = Files.writeString(directory.resolve("contests.yaml"),
            documents(lines));
        final List<ContestDefinition> contests =
            Documents.parse(Files.readAllBytes(documents), 0).stream()
                .map(document -> ((Document.ContestDocument) document).definition()).toList();
        judge(contests, lines);
        try (NodeProcess node =
            NodeProcess.start(directory.resolve("data"), "--clock", "event").awaitReady()) {
            assertEquals(0, laurel("apply", "--admin", node.admin(), documents.toString())
                .exitCode());
            final NodeProcess.Said sent = laurel("send", "--to", node.tcpText(),
                Files.write(directory.resolve("rounds.jsonl"), lines).toString());
            assertEquals(0, sent.exitCode(), sent.err());
            final Map<String, Object> report = Json.object(sent.lastLine());
            assertEquals(Long.toString(accepted), report.get("accepted").toString());
            assertEquals(Long.toString(duplicates), report.get("duplicate").toString());
            assertEquals(refused.toString(),
                new TreeMap<>(Json.asObject(report.get("refused"))).toString());
            long rows = 0;
            for (final ContestDefinition contest : contests) {
                rows += compare(node, contest, "");
                for (final String partition : reference.partitions(contest.id())) {
                    rows += compare(node, contest, partition);
                }
            }
            assertTrue(rows > lines.size() / 20, "rows compared: " + rows);
            assertEquals(0, node.stop(), node.errors());
        }
    }

    private static List<String> madeUp() {
        final RoundGenerator generator = new RoundGenerator(11, 300);
        final List<String> lines = new ArrayList<>();
        while (lines.size() < MADE_UP) {
            lines.add(generator.next().json());
        }
        return lines;
    }

    private static List<String> read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            final InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(in)
                : in;
            return new String(plain.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    /** Contests of every type over a window that leaves the ends of the play out. */
    private static String documents(List<String> lines) {
        final int tenth = lines.size() / 10;
        final String rest = "window: {start: '" + Json.object(lines.get(tenth)).get("ts")
            + "', end: '" + Json.object(lines.get(lines.size() - tenth)).get("ts")
            + "', tz: UTC}\n";
        final String ties =
            "tiebreaker: [highest_single_multiplier, fewest_rounds, earliest_finish_ts]";
        return String.join("---\n",
            "id: total\n" + rest + "scoring: {formula: 'win.amount - bet.amount'}\n"
                + "leaderboard: {type: total, " + ties + "}\n",
            "id: best\n" + rest + "scoring: {formula: 'min(win.amount/bet.amount, 50) * 100',"
                + " min_bet_minor: 50}\nleaderboard: {type: best_n_rounds, n: 20, " + ties
                + ", partition_by: bet_band, bet_bands_minor: [100, 500, 2000]}\n",
            "id: first\n" + rest + "scoring: {formula: 'ln(1 + win.multiplier) * 100',"
                + " score_scale: 2}\nleaderboard: {type: first_n_rounds, n: 5}\n",
            "id: round\n" + rest + "scoring: {formula: 'win.amount + round.count'}\n"
                + "leaderboard: {type: max_round, " + ties + ", partition_by: market}\n",
            "id: xwin\n" + rest + "leaderboard: {type: max_multiplier, " + ties + "}\n",
            "id: games\n" + rest + "scoring: {formula: 'win.multiplier', score_scale: 4}\n"
                + "leaderboard: {type: total, entity: game, partition_by: currency}\n",
            "id: guarded\n" + rest + "scoring: {formula: '1'}\nleaderboard: {type: total, " + ties
                + "}\nanti_abuse: {min_round_duration_ms: 2000, max_rps_per_user: 0.02, burst: 2,"
                + " exclude_headless: true, bot_signals: {periodicity: {min_rounds: 5,"
                + " max_cv: 0.5}, freeze: true}}\n");
    }

    private void judge(List<ContestDefinition> contests, List<String> lines) {
        reference.genesis(++sequence, 0, LIMITS, true);
        contests.forEach(contest ->
            assertEquals("accepted", reference.publishContest(++sequence, 0, contest).code()));
        reference.registerSource(++sequence, 0, "local");
        for (final String line : lines) {
            final Map<String, Object> json = Json.object(line);
            if (!json.get("market").toString().matches("[A-Z]{2}")) {
                refused.merge("invalid", 1L, Long::sum);
                continue;
            }
            final Event event = event(json);
            timeNs = Math.max(timeNs, event.ts());
            final Outcome outcome = reference.event(++sequence, timeNs, "local", event);
            switch (outcome.code()) {
                case "accepted" -> accepted++;
                case "duplicate" -> duplicates++;
                default -> refused.merge(outcome.code(), 1L, Long::sum);
            }
        }
    }

    private static Event event(Map<String, Object> json) {
        final Map<String, Object> game = Json.asObject(json.get("game"));
        final Map<String, Object> bet = Json.asObject(json.get("bet"));
        final Map<String, Object> win = Json.asObject(json.get("win"));
        final Map<String, Object> round = Json.asObject(json.get("round"));
        final Map<String, Object> device = Json.asObject(json.get("device"));
        final Instant ts = OffsetDateTime.parse(text(json, "ts")).toInstant();
        return new Event(text(json, "event_id"), text(json, "type"),
            ts.getEpochSecond() * NS_PER_SECOND + ts.getNano(), text(json, "user_id"),
            text(json, "market"), text(json, "brand"), text(game, "id"), text(game, "provider"),
            text(game, "type"), number(bet, "amount_minor", 0), text(bet, "currency"),
            number(win, "amount_minor", 0), number(win, "multiplier", 4), text(round, "id"),
            text(round, "status"), null, text(device, "platform"), text(device, "asn"),
            device.containsKey("headless") ? Boolean.valueOf(text(device, "headless")) : null,
            null);
    }

    private static String text(Map<String, Object> from, String name) {
        return from.containsKey(name) ? from.get(name).toString() : null;
    }

    private static Long number(Map<String, Object> from, String name, int decimals) {
        return from.containsKey(name) ? new BigDecimal(from.get(name).toString())
            .movePointRight(decimals).longValue() : null;
    }

    private long compare(NodeProcess node, ContestDefinition contest, String partition) {
        final List<Row> expected = reference.board(contest.id(), partition);
        final NodeClient client = new NodeClient(URI.create(node.admin()), null);
        for (int from = 0; from < expected.size() || from == 0; from += PAGE) {
            final String query = "?after_pos=" + from + "&limit=" + PAGE + (partition.isEmpty()
                ? "" : "&partition=" + URLEncoder.encode(partition, StandardCharsets.UTF_8));
            final Map<String, Object> page = Json.object(client.send("GET",
                "/v1/leaderboards/" + contest.id() + query, null, "").body());
            final String what = contest.id() + query;
            assertEquals(Integer.toString(expected.size()), page.get("entries").toString(), what);
            final List<Map<String, Object>> rows = Json.asObjects(page.get("top"));
            assertEquals(Math.min(PAGE, expected.size() - from), rows.size(), what);
            for (int i = 0; i < rows.size(); i++) {
                assertRow(expected.get(from + i), from + i + 1, contest.scoring().scoreScale(),
                    rows.get(i), what);
            }
        }
        return expected.size();
    }

    private static void assertRow(Row expected, long place, int scale, Map<String, Object> row,
        String what) {
        final String where = what + ", place " + place + ": " + row + " for " + expected;
        assertEquals(Long.toString(place), row.get("pos").toString(), where);
        assertEquals(expected.user(), row.get("user"), where);
        assertEquals(0, BigDecimal.valueOf(expected.score(), scale)
            .compareTo(new BigDecimal(row.get("score").toString())), where);
        assertEquals(0, BigDecimal.valueOf(expected.multiplierE4(), 4)
            .compareTo(new BigDecimal(row.get("multiplier").toString())), where);
        assertEquals(Long.toString(expected.rounds()), row.get("rounds").toString(), where);
    }
}
