package io.laurel.engine.rules;

import static io.laurel.engine.rules.DocumentFiles.NOW_NS;
import static io.laurel.engine.rules.DocumentFiles.bytes;
import static io.laurel.engine.rules.DocumentFiles.ns;
import static io.laurel.engine.rules.DocumentFiles.text;
import static io.laurel.engine.rules.DocumentFiles.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.laurel.engine.rules.ContestDefinition.AntiAbuse;
import io.laurel.engine.rules.ContestDefinition.Board;
import io.laurel.engine.rules.ContestDefinition.BoardType;
import io.laurel.engine.rules.ContestDefinition.Distribution;
import io.laurel.engine.rules.ContestDefinition.Entity;
import io.laurel.engine.rules.ContestDefinition.LadderStep;
import io.laurel.engine.rules.ContestDefinition.MinBet;
import io.laurel.engine.rules.ContestDefinition.PartitionBy;
import io.laurel.engine.rules.ContestDefinition.Periodicity;
import io.laurel.engine.rules.ContestDefinition.Prize;
import io.laurel.engine.rules.ContestDefinition.Rewards;
import io.laurel.engine.rules.ContestDefinition.Schedule;
import io.laurel.engine.rules.ContestDefinition.Scope;
import io.laurel.engine.rules.ContestDefinition.Scoring;
import io.laurel.engine.rules.ContestDefinition.TieBreaker;
import io.laurel.engine.rules.ContestDefinition.Window;
import io.laurel.engine.rules.Document.ContestDocument;
import io.laurel.engine.rules.Document.FxDocument;
import io.laurel.engine.rules.Document.MissionDocument;
import io.laurel.engine.rules.Document.PlayerDocument;
import io.laurel.engine.rules.FxTable.Rate;
import io.laurel.engine.rules.MissionDefinition.Goal;
import io.laurel.engine.rules.MissionDefinition.GoalType;
import io.laurel.engine.rules.MissionDefinition.Period;
import io.laurel.engine.rules.MissionDefinition.Repeat;
import io.laurel.engine.rules.MissionDefinition.Reward;
import io.laurel.engine.rules.MissionDefinition.Step;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DocumentsTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final List<LadderStep> TOP_100 = List.of(
        new LadderStep(1, 1, 300_000, null), new LadderStep(2, 2, 200_000, null),
        new LadderStep(3, 3, 100_000, null), new LadderStep(4, 10, 20_000, null),
        new LadderStep(11, 50, 4_000, null), new LadderStep(51, 100, 2_000, null));

    @Test
    void shouldLoadTheSprint() {
        final String formula = "points = min(win.amount/bet.amount, 50) * 100";
        final ContestDefinition expected = new ContestDefinition("t_october_sprint", Map.of(),
            new Window(ns("2025-10-25T18:00:00Z"), ns("2025-10-25T19:00:00Z"), "Europe/Kyiv"),
            null, new Scope(List.of(), List.of("DE", "SE"), List.of("Hacksaw", "PragmaticPlay"),
                List.of(), List.of(), List.of(), List.of(), List.of()), false,
            new Scoring(formula, FormulaParser.parse(formula), 0, false, new MinBet(50, null),
                List.of("g_*"), Map.of(), Map.of()),
            new Board(BoardType.BEST_N_ROUNDS, 20, List.of(
                TieBreaker.HIGHEST_SINGLE_MULTIPLIER, TieBreaker.EARLIEST_FINISH_TS),
                Entity.PLAYER, PartitionBy.NONE, List.of(), 0),
            new AntiAbuse(800_000_000L, 2 * SECOND_NS, 1, List.of("hosting", "proxy"), false,
                null),
            new Rewards("EUR", 1_000_000, Distribution.LADDER, TOP_100, 0, 0, List.of(), 0, 0),
            null, 30 * SECOND_NS, 600 * SECOND_NS, false);
        assertEquals(expected, contest(bytes("t_october_sprint")));
    }

    @Test
    void shouldLoadEveryKeyOfAContest() {
        final String formula = "ln(win.base / bet.base + 1) * game.weight";
        final ContestDefinition expected = new ContestDefinition("c_everything",
            Map.of("en", "Everything", "de-AT", "Alles"), null,
            new Schedule("FREQ=DAILY;BYHOUR=18;BYMINUTE=0", 3600 * SECOND_NS, "Europe/Kyiv",
                ns("2025-10-23T21:00:00Z"), true, ns("2025-10-27T22:00:00Z"),
                List.of(ns("2025-10-25T15:00:00Z"), ns("2025-10-26T16:00:00Z"),
                    ns("2025-10-27T16:00:00Z"))),
            new Scope(List.of("X", "Y"), List.of("DE", "S*"), List.of("Hacksaw"),
                List.of("g_*", "slot_9"), List.of("slot", "table"), List.of("EUR"),
                List.of("vip"), List.of("bonus_abuser")), true,
            new Scoring(formula, FormulaParser.parse(formula), 3, true,
                new MinBet(0, Map.of("EUR", 50L, "SEK", 500L)),
                List.of("exact", "g_*", "h_*"), Map.of("g_77", 0.5),
                Map.of("Hacksaw", 0.8, "Big", 2.0)),
            new Board(BoardType.FIRST_N_ROUNDS, 7, List.of(TieBreaker.FEWEST_ROUNDS),
                Entity.PROVIDER, PartitionBy.BET_BAND, List.of(100L, 500L, 2000L), 0),
            new AntiAbuse(1_000_000, 333_333_334, 4, List.of("hosting", "tor"), true,
                new Periodicity(30, 0.05, true)),
            new Rewards("EUR", 50_000, Distribution.LADDER, List.of(
                new LadderStep(1, 1, 300_000, null), new LadderStep(2, 10, 25_001, null),
                new LadderStep(11, 50, 0, new Prize("freespins", 10, null, "g_66", null)),
                new LadderStep(51, 51, 0, new Prize("cash", 100, "EUR", null, null))),
                0, 0, List.of(), 0, 7 * 86_400 * SECOND_NS),
            "fx_2025_10", 10 * SECOND_NS, 300 * SECOND_NS, true);
        assertEquals(expected, contest(bytes("everything")));
    }

    @Test
    void shouldTakeJsonAsItTakesYaml() {
        final String json = "{\n\t\"id\": \"c\", \"window\": {\"start\":\"2025-10-25T18:00Z\","
            + "\"end\":\"2025-10-25T21:00:00.5+02:00\"},\r\n\t\"scoring\":{\"formula\":"
            + "\"bet.amount\\u002a2\",\"min_bet_minor\":null},\n\"leaderboard\":"
            + "{\"type\":\"total\",\"n\":5},\"scope\":{\"brands\":[\"\\ud83c\\udfb0\",\"a\\/b\"]}}";
        final ContestDefinition contest = contest(utf8(json));
        assertEquals("bet.amount*2", contest.scoring().formulaText());
        assertEquals(new Window(ns("2025-10-25T18:00:00Z"), ns("2025-10-25T19:00:00.5Z"), "UTC"),
            contest.window());
        assertEquals(List.of("a/b", "\ud83c\udfb0"), contest.scope().brands());
        assertEquals(0, contest.board().n(), "a type that keeps no list");
        assertEquals(new AntiAbuse(0, 0, 1, List.of(), false, null), contest.antiAbuse());
        assertNull(contest.rewards());
    }

    @Test
    void shouldScoreTheMultiplierByDefaultWhenTheBoardIsXWin() {
        final ContestDefinition contest = contest(utf8("id: x\nleaderboard: {type: max_multiplier}"
            + "\nwindow: {start: 2025-10-25T18:00Z, end: 2025-10-25T19:00Z}"));
        assertEquals("win.multiplier", contest.scoring().formulaText());
        assertEquals(2, contest.scoring().scoreScale());
        assertEquals(1, contest.board().n());
    }

    @Test
    void shouldLoadSharesAndDraws() {
        final Rewards shares = contest(utf8(minimal("rewards: {pool: {currency: EUR, "
            + "total_minor: 9}, distribution: proportional, paid_ranks: 10, cap_percent: 12.5}")))
            .rewards();
        assertEquals(new Rewards("EUR", 9, Distribution.PROPORTIONAL, List.of(), 10, 125_000,
            List.of(), 0, 0), shares);
        final Rewards draw = contest(utf8(minimal("rewards: {distribution: ticket_draw, prizes: "
            + "[{type: item, item: car}, {type: bonus, amount_minor: 5, currency: SEK}]}")))
            .rewards();
        assertEquals(new Rewards(null, 0, Distribution.TICKET_DRAW, List.of(), 0, 0, List.of(
            new Prize("item", 1, null, null, "car"), new Prize("bonus", 5, "SEK", null, null)),
            1, 0), draw);
    }

    @Test
    void shouldLoadThePlayerTheRatesAndTheMissionOfOneFile() {
        final List<Document> documents = Documents.parse(bytes("several"), NOW_NS);
        assertEquals(3, documents.size());
        assertEquals(new PlayerDefinition("u_1", "Ann", List.of("early", "vip"), true, false,
            ns("2025-12-01T00:00:00Z"), 7669, "de-AT"),
            ((PlayerDocument) documents.get(0)).definition());
        assertEquals(new FxTable("fx_2025_10", "EUR", Map.of("EUR", new Rate(1, 0), "SEK",
            new Rate(871, 4), "USD", new Rate(92, 2), "JPY", new Rate(6, 3))),
            ((FxDocument) documents.get(1)).table());
        final MissionDefinition mission = ((MissionDocument) documents.get(2)).definition();
        assertEquals(new MissionDefinition("m_daily", Map.of(),
            new Window(ns("2025-10-01T00:00:00Z"), ns("2025-11-01T00:00:00Z"), "UTC"),
            new Scope(List.of(), List.of(), List.of(), List.of(), List.of("slot"), List.of(),
                List.of(), List.of()), true, false, "EUR",
            new Repeat(Period.WEEK, "Europe/Kyiv", 0), List.of(
                new Step("a", new Goal(GoalType.WIN_AMOUNT, 5000, 0, null, false, null,
                    List.of("Hacksaw"), List.of(), 20, "EUR"), null),
                new Step("b", new Goal(GoalType.POINTS, 12_500_000, 0, "t_october_sprint", false,
                    null, List.of(), List.of(), 0, null),
                    new Reward(new Prize("ticket", 1, null, null, null),
                        7 * 86_400 * SECOND_NS)),
                new Step("c", new Goal(GoalType.ACTIVE_DAYS, 3, 0, null, true, null, List.of(),
                    List.of(), 0, null),
                    new Reward(new Prize("bonus", 100, "EUR", null, null), 0))),
            new Reward(new Prize("cash", 1000, "SEK", null, null), 0)), mission);
    }

    @Test
    void shouldLoadTheHalloweenMission() {
        final MissionDefinition mission = ((MissionDocument) Documents
            .parseOne(bytes("m_halloween"), "m_halloween", NOW_NS)).definition();
        assertEquals(new MissionDefinition("m_halloween", Map.of(), null,
            ContestReader.anywhere(), false, true, null, null, List.of(
                new Step("s1", new Goal(GoalType.SPIN_COUNT, 50, 0, null, false, "slot",
                    List.of(), List.of(), 0, null),
                    new Reward(new Prize("freespins", 10, null, "g_66", null), 0)),
                new Step("s2", new Goal(GoalType.WIN_MULTIPLIER, 1, 100_000, null, false, null,
                    List.of(), List.of(), 0, null),
                    new Reward(new Prize("bonus", 500, null, null, null), 0))),
            new Reward(new Prize("points", 1000, null, null, null), 0)), mission);
    }

    @Test
    void shouldTakeIdAndKindFromTheAddressWhenTheDocumentHasNone() {
        assertEquals("u/1 x", Documents.parseOne(utf8("alias: Ann"), DocumentKind.PLAYER, "u/1 x",
            NOW_NS).id());
        assertEquals("m", Documents.parseOne(utf8("steps: [{id: a, goal: {type: spin_count, "
            + "count: 1}}]"), DocumentKind.MISSION, "m", NOW_NS).id());
        for (final String id : List.of("Not An Id", "other")) {
            final DocumentException error = assertThrows(DocumentException.class,
                () -> Documents.parseOne(utf8(id.equals("other") ? minimal("")
                    : minimal("").substring(6)), DocumentKind.CONTEST, id, NOW_NS));
            assertEquals("id", error.field());
            assertEquals(1, error.line());
        }
    }

    @Test
    void shouldCutAFileIntoItsDocuments() {
        final List<Documents.Part> parts = Documents.split(utf8(text("several") + "---\n# empty\n"
            + "--- \n" + text("t_october_sprint")));
        assertEquals(List.of("PLAYER u_1 1", "FX fx_2025_10 11", "MISSION m_daily 16",
            "CONTEST t_october_sprint 36"), parts.stream()
                .map(part -> part.kind() + " " + part.id() + " " + part.firstLine()).toList());
        for (final Documents.Part part : parts) {
            assertEquals(part.kind(),
                Documents.parseOne(part.text(), part.kind(), part.id(), NOW_NS).kind());
        }
    }

    @Test
    void shouldTakeTheFirstStartFromNowWhenAScheduleHasNoFrom() {
        final Schedule schedule = contest(utf8(minimal("").replaceAll("window: .*", "schedule: "
            + "{rrule: FREQ=DAILY;BYHOUR=9;COUNT=2, duration: 1h}"))).schedule();
        assertEquals(ns("2025-10-26T09:00:00Z"), schedule.fromNs());
        assertEquals(List.of(ns("2025-10-26T09:00:00Z"), ns("2025-10-27T09:00:00Z")),
            schedule.starts());
    }

    static String minimal(String more) {
        return "id: c\nwindow: {start: 2025-10-25T18:00Z, end: 2025-10-25T19:00Z}\n"
            + "scoring: {formula: bet.amount}\nleaderboard: {type: total}\n" + more;
    }

    private static ContestDefinition contest(byte[] document) {
        return ((ContestDocument) Documents.parseOne(document, null, NOW_NS)).definition();
    }
}
