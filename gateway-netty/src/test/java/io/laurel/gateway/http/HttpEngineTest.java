package io.laurel.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.Engine;
import io.laurel.engine.command.CommandWriter;
import io.laurel.engine.port.EngineGate;
import io.laurel.engine.port.EngineQuery;
import io.laurel.engine.port.IntakeState;
import io.laurel.engine.rules.ContestDefinitionCodec;
import io.laurel.engine.rules.Document.ContestDocument;
import io.laurel.engine.rules.Document.PlayerDocument;
import io.laurel.engine.rules.DocumentKind;
import io.laurel.engine.rules.Documents;
import io.laurel.gateway.ReplyRouter;
import io.laurel.protocol.storage.AdvanceTimeDecoder;
import io.laurel.protocol.storage.EventCommandDecoder;
import io.laurel.protocol.wire.GameEventDecoder;
import io.netty.channel.EventLoop;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The listeners over the real engine, which runs on the event loop here. */
class HttpEngineTest {
    private static final String CONTEST = """
        id: t_a
        window: {start: 2025-10-25T18:00Z, end: 2025-10-25T19:00Z, tz: Europe/Kyiv}
        scope: {markets: [DE]}
        scoring: {formula: "win.amount / bet.amount * 100", score_scale: 1}
        leaderboard: {type: best_n_rounds, n: 2, partition_by: market}
        """;

    private final TestNode node = new TestNode(HttpLimits.DEFAULT, RequestKeys.NONE,
        EngineOnLoop::new, HttpEngineTest::parse);

    /** Applies each command at once and replies later. */
    private static final class EngineOnLoop implements EngineGate {
        private final Engine engine = new Engine(64 << 20);
        private final EventLoop loop;
        private final ReplyRouter router;

        EngineOnLoop(EventLoop loop, ReplyRouter router) {
            this.loop = loop;
            this.router = router;
            final CommandWriter genesis = new CommandWriter().genesis(new CommandWriter.Limits(
                900_000_000_000L, 60_000_000_000L, 1000, 10, 64 << 20, 1), true, 7);
            engine.apply(1, 0, genesis.templateId(), 0, genesis.blockLength(), genesis.buffer(),
                0, genesis.length());
        }

        @Override
        public boolean tryPublish(int templateId, int blockLength, DirectBuffer buffer,
            int offset, int length, long token) {
            final long sequence = engine.sequence() + 1;
            engine.apply(sequence, Math.max(engine.timeNs(),
                time(templateId, blockLength, buffer, offset)), templateId, 0, blockLength,
                buffer, offset, length);
            final int code = engine.resultCode();
            final long value = engine.resultValue();
            loop.execute(() -> {
                router.onReply(token, sequence, code, value);
                router.onBatchEnd(sequence);
            });
            return true;
        }

        private static long time(int templateId, int block, DirectBuffer body, int offset) {
            return switch (templateId) {
                case AdvanceTimeDecoder.TEMPLATE_ID ->
                    new AdvanceTimeDecoder().wrap(body, offset, block, 0).toNs();
                case EventCommandDecoder.TEMPLATE_ID -> new GameEventDecoder().wrap(body,
                    offset + block + EventCommandDecoder.payloadHeaderLength(),
                    GameEventDecoder.BLOCK_LENGTH, 0).ts();
                default -> 0;
            };
        }

        @Override
        public boolean tryQuery(EngineQuery query) {
            query.run(engine);
            loop.execute(() -> router.onQuery(query));
            return true;
        }

        @Override
        public long remainingCapacity() {
            return 1000;
        }

        @Override
        public IntakeState intakeState() {
            return engine.hasRoom() ? IntakeState.OPEN : IntakeState.CAPACITY;
        }

        @Override
        public long durableSequence() {
            return engine.sequence();
        }
    }

    private static DocumentParser.Document parse(DocumentParser.Kind kind, String id, String text,
        long logTimeNs) {
        final io.laurel.engine.rules.Document document = Documents.parseOne(
            text.getBytes(StandardCharsets.UTF_8), DocumentKind.valueOf(kind.name()), id,
            logTimeNs);
        return document instanceof ContestDocument contest
            ? new DocumentParser.Document(contest.id(),
                ContestDefinitionCodec.encode(contest.definition()), HexFormat.of().formatHex(
                    ContestDefinitionCodec.rulesHash(contest.definition())))
            : new DocumentParser.Document(((PlayerDocument) document).definition(), "0".repeat(64));
    }

    @AfterEach
    void close() {
        node.close();
    }

    private String event(String id, String user, int win, String minute) {
        return EventRoutesTest.event(id).replace("\"u_1\"", "\"" + user + "\"")
            .replace("2025-10-23T17:41", "2025-10-25T18:" + minute)
            .replace("\"r\"", "\"r" + id + "\"")
            .replace("\"round\"", "\"win\":{\"amount_minor\":" + win + "},\"round\"");
    }

    @Test
    void shouldPlayAContestFromItsDocumentToItsSettlement() {
        final HttpResponse<String> first =
            node.admin("PUT", "/v1/admin/contests/t_a", CONTEST);
        assertEquals(201, first.statusCode(), first::body);
        assertTrue(first.body().startsWith("{\"id\":\"t_a\",\"version\":1,"), first::body);
        assertEquals(200, node.admin("PUT", "/v1/admin/contests/t_a", CONTEST).statusCode());
        final HttpResponse<String> batch = node.batch(String.join("\n",
            event("e1", "anna", 250, "10"), event("e2", "bert", 333, "11"),
            event("e3", "anna", 101, "12"), event("e1", "anna", 250, "10"),
            event("e2", "bert", 334, "11"), event("e4", "cleo", 1, "13").replace("DE", "D")));
        assertTrue(batch.body().startsWith("{\"accepted\":3,\"duplicate\":1,\"refused\":["
            + "{\"line\":5,\"code\":\"id_conflict\",\"sequence\":9},"
            + "{\"line\":6,\"code\":\"invalid\",\"field\":\"market\""), batch::body);
        assertEquals(409, node.event(event("e2", "bert", 335, "11")).statusCode());
        for (final String status : List.of("201 1 Ace", "200 1 Ace", "200 2 Bee",
            "200 3 Ace")) {
            final String[] words = status.split(" ");
            final HttpResponse<String> put = node.admin("PUT", "/v1/admin/players/anna",
                "{\"alias\": \"" + words[2] + "\"}");
            assertEquals(words[0], Integer.toString(put.statusCode()), put::body);
            assertTrue(put.body().startsWith("{\"id\":\"anna\",\"version\":" + words[1] + ","),
                put::body);
        }
        final String board = node.get("/v1/leaderboards/t_a?me=anna&partition=DE").body();
        assertTrue(board.contains("\"top\":[{\"pos\":1,\"user\":\"anna\",\"score\":351,"
            + "\"multiplier\":2.5,\"rounds\":2},{\"pos\":2,\"user\":\"be***\",\"score\":333,"),
            board);
        assertTrue(node.get("/v1/leaderboards/t_a").body().contains("\"user\":\"Ace\""));
        final HttpResponse<String> frozen =
            node.admin("POST", "/v1/admin/contests/t_a/freeze", "");
        assertTrue(frozen.body().startsWith("{\"status\":\"frozen\","), frozen::body);
        node.admin("POST", "/v1/admin/contests/t_a/unfreeze", "");
        assertEquals(202, node.admin("POST", "/v1/admin/time",
            "{\"advance_to\":\"2025-10-25T19:01Z\"}").statusCode());
        final String list = node.get("/v1/contests").body();
        assertTrue(list.contains("\"status\":\"provisional\""), list);
        final String last = node.admin("POST", "/v1/admin/contests/t_a/finalize", "").body();
        assertTrue(last.startsWith("{\"status\":\"settled\","), last);
        final HttpResponse<String> again =
            node.admin("POST", "/v1/admin/contests/t_a/cancel", "");
        assertEquals(409, again.statusCode());
        assertTrue(again.body().contains("\"code\":\"bad_state\""));
        final String status = node.admin("GET", "/v1/admin/status", null).body();
        assertTrue(status.contains("\"accepted\":3") && status.contains("\"invalid\":1")
            && status.contains("\"id_conflict\":2"), status);
    }

    @Test
    void shouldRefuseAgainAsBeforeWhenARefusedEventComesAgain() {
        final String part = event("late", "anna", 5, "11").replace("\"rlate\"", "\"re1\"");
        assertEquals(202, node.event(event("e1", "anna", 250, "10")).statusCode());
        final HttpResponse<String> first = node.event(part);
        final HttpResponse<String> second = node.event(part);
        assertEquals(422, first.statusCode(), first::body);
        assertEquals(422, second.statusCode(), second::body);
        assertTrue(second.body().contains("\"code\":\"round_closed\""), second::body);
        assertEquals(sequence(first.body()), sequence(second.body()));
        assertEquals("{\"accepted\":0,\"duplicate\":1,\"refused\":[{\"line\":1,"
            + "\"code\":\"round_closed\",\"sequence\":" + sequence(first.body()) + "}],",
            node.batch(part + "\n" + event("e1", "anna", 250, "10")).body()
                .replaceFirst("\"sequence\":\\d+}$", ""));
    }

    @Test
    void shouldShowARecurringContestWithItsRuleAndNoTimesOfItsOwn() {
        node.event(event("e1", "anna", 250, "10"));
        final String series = CONTEST.replaceFirst("window: .*", "schedule: {rrule: 'FREQ=DAILY;"
            + "BYHOUR=18;BYMINUTE=30', duration: PT1H, tz: UTC, until: 2025-11-01T00:00Z}");
        final HttpResponse<String> first = node.admin("PUT", "/v1/admin/contests/t_a", series);
        assertEquals(201, first.statusCode(), first::body);
        node.admin("POST", "/v1/admin/time", "{\"advance_to\":\"2025-10-27T12:00Z\"}");
        final HttpResponse<String> again = node.admin("PUT", "/v1/admin/contests/t_a", series);
        assertEquals(first.body().replaceFirst(",\"sequence.*", ""),
            again.body().replaceFirst(",\"sequence.*", ""));
        final String shown = node.get("/v1/contests/t_a").body();
        assertTrue(shown.contains("\"rrule\":\"FREQ=DAILY;BYHOUR=18;BYMINUTE=30\",\"duration\":"
            + "\"PT1H\",\"from\":\"2025-10-25T18:30:00Z\",\"until\":\"2025-11-01T00:00:00Z\","
            + "\"tz\":\"UTC\""), shown);
        assertTrue(!shown.contains("\"start\"") && first.body().contains(
            shown.replaceFirst("(?s).*(\"rules_hash\":\"[0-9a-f]+\").*", "$1")), shown);
        assertTrue(node.get("/v1/contests").body().contains("\"id\":\"t_a@2025-10-27T18:30Z\""));
    }

    private static String sequence(String body) {
        return body.replaceFirst("(?s).*\"sequence\":(\\d+).*", "$1");
    }

    @Test
    void shouldPointAtTheErrorOfADocument() {
        final HttpResponse<String> answer = node.admin("PUT", "/v1/admin/contests/t_a",
            CONTEST.replace("win.amount", "win.amuont"));
        assertEquals(422, answer.statusCode());
        assertTrue(answer.body().contains("\"field\":\"scoring.formula\",\"line\":4,"),
            answer::body);
        assertEquals(400, node.admin("PUT", "/v1/admin/contests/t_a", "id: [").statusCode());
        assertEquals(404, node.admin("POST", "/v1/admin/contests/t_a/freeze", "").statusCode());
    }
}
