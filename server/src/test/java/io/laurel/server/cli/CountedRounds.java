package io.laurel.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.gateway.event.EventDraft;
import io.laurel.gateway.event.EventEncoder;
import io.laurel.gateway.json.EventJson;
import io.laurel.server.client.Json;
import io.laurel.server.client.NodeClient;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.agrona.ExpandableArrayBuffer;

/** Rounds that give one point each on a board that adds them up: a board tells how many counted. */
final class CountedRounds {
    static final String CONTEST = "t_counted";
    private static final int PLAYERS = 7;
    private static final Instant START = Instant.parse("2025-10-25T18:00:00Z");
    private static final String DOCUMENT = "id: t_counted\n"
        + "window: {start: 2025-10-25T18:00Z, end: 2025-10-26T18:00Z, tz: UTC}\n"
        + "scoring: {formula: \"1\"}\nleaderboard: {type: total}\n";

    private final EventJson reader = new EventJson();
    private final EventDraft draft = new EventDraft();
    private final EventEncoder encoder = new EventEncoder();
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(1_024);

    /** Publishes the contest. */
    static void publish(NodeProcess node, Path directory) throws IOException {
        final Path file = Files.writeString(directory.resolve("counted.yaml"), DOCUMENT);
        final NodeProcess.Said said = NodeProcess.laurel("apply", "--admin", node.admin(),
            file.toString());
        assertEquals(0, said.exitCode(), said.err());
    }

    /** Returns the round of a number as JSON. */
    static String json(long number) {
        return "{\"event_id\":\"e_" + number + "\",\"type\":\"spin\",\"ts\":\""
            + START.plusMillis(number) + "\",\"user_id\":\"u_" + number % PLAYERS
            + "\",\"market\":\"DE\",\"brand\":\"X\",\"game\":{\"id\":\"g_1\",\"provider\":\"P\","
            + "\"type\":\"slot\"},\"bet\":{\"amount_minor\":100,\"currency\":\"EUR\"},\"round\":"
            + "{\"id\":\"r_" + number + "\"}}";
    }

    /** Encodes the round of a number into {@link #buffer()}; returns its length in bytes. */
    int encode(long number) {
        final byte[] text = json(number).getBytes(StandardCharsets.UTF_8);
        assertEquals(EventJson.Verdict.VALID, reader.read(text, 0, text.length, draft),
            reader.message());
        return encoder.encode(draft, 0, buffer, 0);
    }

    ExpandableArrayBuffer buffer() {
        return buffer;
    }

    /** Returns how many rounds the board of a node counts; its points must say the same. */
    static long counted(NodeProcess node) {
        final Map<String, Object> board = Json.object(
            new NodeClient(URI.create(node.admin()), null)
                .send("GET", "/v1/leaderboards/" + CONTEST + "?top=100", null, "").body());
        final List<Map<String, Object>> rows = Json.asObjects(board.get("top"));
        assertTrue(rows.size() <= PLAYERS, board.toString());
        rows.forEach(row -> assertEquals(row.get("rounds"), row.get("score")));
        return rows.stream().mapToLong(row -> Long.parseLong(row.get("rounds").toString())).sum();
    }
}
