package io.laurel.replay.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.reference.Command;
import io.laurel.engine.reference.Command.Step;
import io.laurel.engine.reference.Event;
import io.laurel.engine.reference.Limits;
import io.laurel.engine.reference.PlayerOp;
import io.laurel.engine.rules.ContestDefinition;
import io.laurel.engine.rules.Document.ContestDocument;
import io.laurel.engine.rules.Documents;
import io.laurel.replay.Said;
import io.laurel.replay.TestNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as somebody calls it, over a log that can be checked by hand. */
class SimulateCommandTest {
    private static final long SECOND_NS = 1_000_000_000L;
    /** 2025-10-25T17:00Z. */
    private static final long BEGIN_NS = 1_761_411_600L * SECOND_NS;
    private static final String WINDOW = "2025-10-25T18:00Z, end: 2025-10-25T19:00Z";
    private static final String POOL = "{currency: EUR, total_minor: 1000}";

    @TempDir
    private Path scratch;
    private Path data;

    /** One round before the contest is published, then six in it, one of them by a player out. */
    @BeforeEach
    void play() throws IOException {
        data = scratch.resolve("data");
        final List<Step> steps = new ArrayList<>();
        steps.add(new Step(BEGIN_NS, new Command.Genesis(new Limits(900 * SECOND_NS,
            60 * SECOND_NS, 100), true)));
        steps.add(new Step(BEGIN_NS, new Command.RegisterSource("local")));
        steps.add(spin(30, "ann", 100, 9_000));
        steps.add(new Step(ns(30), new Command.PublishContest(rules(contest("c", WINDOW,
            "win.amount", "ladder: [{rank: 1, percent: 50}, {rank: 2, percent: 30}]")))));
        steps.add(spin(60, "ben", 100, 500));
        steps.add(spin(61, "cas", 100, 400));
        steps.add(spin(62, "dan", 300, 300));
        steps.add(spin(63, "ben", 10, 100));
        steps.add(spin(64, "dan", 500, 100));
        steps.add(new Step(ns(64),
            new Command.PlayerAction(PlayerOp.DISQUALIFY, "c", "cas")));
        steps.add(spin(65, "cas", 100, 100));
        steps.add(new Step(ns(185), new Command.AdvanceTime(ns(185))));
        try (TestNode node = TestNode.open(data, 100)) {
            node.play(steps);
        }
    }

    private static long ns(int minute) {
        return BEGIN_NS + minute * 60 * SECOND_NS;
    }

    private static Step spin(int minute, String user, long bet, long win) {
        return new Step(ns(minute), new Command.SendEvent("local", 0, new Event("e" + minute,
            "spin", ns(minute), user, "DE", "X", "g", "P", "slot", bet, "EUR", win, null,
            "r" + minute, null, null, null, null, null, null)));
    }

    @Test
    void shouldCompareWithWhatHappened() throws IOException {
        final Map<Path, String> before = files();
        final Path bets = write("bets.yaml", contest("c", WINDOW, "bet.amount",
            "ladder: [{rank: 1, percent: 20}, {ranks: 2-3, percent: 40}]"));
        final Said said = replay("--with", bets, "--json");
        assertEquals(0, said.code(), said.err());
        assertEquals("{\"sequence\":12,\"time\":\"2025-10-25T20:05:00Z\",\"contests\":["
            + "{\"contest\":\"c\",\"compared_to\":\"original\",\"runs\":["
            + run("original", "win.amount", "\"entries\":2,\"players\":3,\"rounds_scored\":5,"
                + "\"rounds_unscored\":1,\"pool_minor\":1000,\"paid_minor\":800,"
                + "\"returned_minor\":200,\"return_ratio\":0.792079,\"winners\":2", 800)
            + "\"prizes\":[" + places(1, 500) + "," + places(2, 300) + "],\"top\":["
            + row(1, "ben", 600, "10.0", 2, "", 500) + ","
            + row(2, "dan", 400, "1.0", 2, "", 300) + "]},"
            + run("bets", "bet.amount", "\"entries\":2,\"players\":3,\"rounds_scored\":5,"
                + "\"rounds_unscored\":1,\"pool_minor\":1000,\"paid_minor\":600,"
                + "\"returned_minor\":400,\"return_ratio\":0.594059,\"winners\":2,"
                + "\"winners_gained\":0,\"winners_lost\":0,\"top_stayed\":2,\"top_entered\":0,"
                + "\"places_changed\":2", 600)
            + "\"prizes\":[" + places(1, 200) + "," + places(2, 400) + "],\"top\":["
            + row(1, "dan", 800, "1.0", 2, ",\"before\":2", 200) + ","
            + row(2, "ben", 110, "10.0", 2, ",\"before\":1", 400) + "],\"same_board\":false,"
            + "\"entered\":[],\"left\":[],\"winners_gained\":[],\"winners_lost\":[]}]}]}\n",
            said.out());
        final String table = plain(replay("--with", bets));
        assertTrue(table.contains("""
            c, compared to original
            run status entries players scored unscored stayed in top places changed bets
            original settled 2 3 5 1 1010 EUR
            bets settled 2 3 5 1 2 2 1010 EUR
            original did not score: disqualified 1
            bets did not score: disqualified 1

            run pool paid returned winners gained lost prizes / bets prizes by place
            original 1000 800 200 2 0.792079 1: cash 500 EUR, 2: cash 300 EUR
            bets 1000 600 400 2 0 0 0.594059 1: cash 200 EUR, 2: cash 400 EUR
            """), table);
        assertTrue(table.endsWith("""
            bets: bet.amount
            pos before user score multiplier rounds prize
            1 2 dan 800 1.0 2 cash 200 EUR
            2 1 ben 110 10.0 2 cash 400 EUR
            """), table);
        assertEquals(before, files());
    }

    @Test
    void shouldFindTheSameBoardWithTheSameRulesUnderAnotherId() throws IOException {
        final Path same = write("same.yaml", contest("other", WINDOW, "win.amount", null));
        assertTrue(replay("--with", same, "--as", "c").out()
            .endsWith("the same board, to the last entry\n"));
        // nobody is disqualified in a contest that never was
        final String alone = plain(replay("--with", same));
        assertTrue(alone.contains("other, compared to same\n"), alone);
        assertTrue(alone.contains("\n2 cas 500 "), alone);
    }

    @Test
    void shouldCountRoundsBeforeThePublicationWhereTheWindowBeginsEarlier() throws IOException {
        final Path early = write("early.yaml", contest("c",
            "2025-10-25T17:30Z, end: 2025-10-25T19:00Z", "win.amount", null));
        assertTrue(plain(replay("--with", early)).contains("\n1 new ann 9000 "));
        final Path late = write("late.yaml", contest("c",
            "2025-10-25T18:02Z, end: 2025-10-25T19:00Z", "win.amount", null));
        assertTrue(plain(replay("--with", late)).contains("\n1 2 dan 400 "));
        final Path never = write("never.yaml", contest("c",
            "2026-10-25T18:00Z, end: 2026-10-25T19:00Z", "win.amount", null));
        assertTrue(plain(replay("--with", never)).contains("\nnever scheduled 0 0 0 0 "));
    }

    @Test
    void shouldEndWithOneWhenAnExpectationIsNotMet() throws IOException {
        final Path bets = write("bets.yaml", contest("c", WINDOW, "bet.amount", "ladder: top_100"));
        final Said met = replay("--with", bets, "--expect", "paid_minor<=500", "--expect",
            "bets:winners=2", "--expect", "return_ratio<0.5");
        assertEquals(0, met.code(), met.err());
        final Said failed = replay("--with", bets, "--expect", "players>3", "--expect",
            "bets:paid_minor>=500", "--json");
        assertEquals(1, failed.code());
        assertEquals("expected players>3, but bets has players=3\n", failed.err());
        assertTrue(failed.out().endsWith("\"expectations\":[{\"expect\":\"players>3\",\"run\":"
            + "\"bets\",\"met\":false},{\"expect\":\"bets:paid_minor>=500\",\"run\":\"bets\","
            + "\"met\":true}]}\n"), failed.out());
    }

    @Test
    void shouldRefuseWhatCannotBeSimulated() throws IOException {
        final Path good = write("good.yaml", contest("c", WINDOW, "win.amount", null));
        refused(64, "no figure 'payed_minor' to expect (nearest: 'paid_minor')", "--with", good,
            "--expect", "payed_minor<1");
        refused(64, "--expect takes FIGURE<=VALUE", "--with", good, "--expect", "players~1");
        refused(64, "no candidate 'goof' to expect", "--with", good, "--expect",
            "goof:players=1");
        refused(64, "--top goes from 1 to 1000", "--with", good, "--top", "0");
        refused(65, "the log has no contest 'd' (nearest: 'c')", "--with", good, "--as", "d");
        refused(65, "bad.yaml: line 3 column 20: ", "--with", write("bad.yaml",
            contest("c", WINDOW, "win.amout", null)));
        refused(65, "a mission cannot be simulated", "--with", write("m.yaml",
            "mission_id: m\nsteps: [{id: a, goal: {type: spin_count, count: 1}}]"));
        refused(65, "no contest to simulate", "--with", write("fx.yaml",
            "{kind: fx, id: f, base: EUR, rates: {SEK: 0.1}}"));
        refused(65, "daily recurs; name the instance that is simulated", "--with",
            write("daily.yaml", contest("daily", WINDOW, "win.amount", null).replaceAll(
                "window: .*", "schedule: {rrule: FREQ=DAILY, duration: 1h}")));
        refused(65, "boards of ratings cannot be simulated", "--with", write("elo.yaml",
            contest("c", WINDOW, "win.amount", null).replace("total}", "elo}")));
        refused(65, "table 'f' is not in the log by then", "--with", write("base.yaml",
            contest("c", WINDOW, "win.base", null) + "\nfx: f"));
    }

    @Test
    void shouldConvertByTheTableThatTheFilesHold() throws IOException {
        final Path base = write("base.yaml", "{kind: fx, id: f, base: SEK, rates: {EUR: 10}}\n"
            + "---\n" + contest("c", WINDOW, "win.base", "ladder: [{rank: 1, percent: 100}]")
                .replace("EUR", "SEK") + "\nfx: f");
        final String table = plain(replay("--with", base));
        assertTrue(table.contains("\n1 1 ben 6000 "), table);
        // 1000 SEK for bets of 1010 EUR
        assertTrue(table.contains(" 0.099010 1: cash 1000 SEK"), table);
    }

    /** What a command said, with one blank where the table has several. */
    private static String plain(Said said) {
        assertEquals(0, said.code(), said.err());
        return said.out().replaceAll(" +", " ").replaceAll("\n ", "\n");
    }

    private void refused(int code, String message, Object... arguments) {
        final Said said = replay(arguments);
        assertEquals(code, said.code(), said.err());
        assertTrue(said.err().contains(message), said.err());
    }

    private Said replay(Object... arguments) {
        return Said.replay(Stream.concat(Stream.of("simulate", "--data", data),
            Arrays.stream(arguments)).toArray());
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(scratch.resolve(name), text);
    }

    private static String contest(String id, String window, String formula, String ladder) {
        return "id: " + id + "\nwindow: {start: " + window + "}\nscoring: {formula: " + formula
            + "}\nleaderboard: {type: total}\n"
            + (ladder == null ? "" : "rewards: {pool: " + POOL + ", " + ladder + "}");
    }

    private static ContestDefinition rules(String document) {
        return ((ContestDocument) Documents.parseOne(document.getBytes(StandardCharsets.UTF_8),
            null, 0)).definition();
    }

    private Map<Path, String> files() throws IOException {
        final Map<Path, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(data)) {
            for (final Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
                files.put(file, Files.getLastModifiedTime(file) + " "
                    + Arrays.hashCode(Files.readAllBytes(file)));
            }
        }
        return files;
    }

    private static String run(String name, String formula, String figures, long cost) {
        return "{\"name\":\"" + name + "\",\"status\":\"settled\",\"frozen\":false,\"start\":"
            + "\"2025-10-25T18:00:00Z\",\"end\":\"2025-10-25T19:00:00Z\",\"type\":\"total\","
            + "\"formula\":\"" + formula + "\",\"figures\":{" + figures
            + "},\"unscored\":{\"disqualified\":1},\"bets\":[{\"currency\":\"EUR\","
            + "\"amount_minor\":1010}],\"cost\":[{\"currency\":\"EUR\",\"amount_minor\":" + cost
            + "}],\"by_lot\":false,";
    }

    private static String places(int place, long amount) {
        return "{\"places\":\"" + place + "\"," + cash(amount) + "}";
    }

    private static String row(int pos, String user, long score, String multiplier, int count,
        String before, long prize) {
        return "{\"pos\":" + pos + ",\"user\":\"" + user + "\",\"score\":"
            + score + ",\"multiplier\":" + multiplier + ",\"rounds\":" + count + before
            + ",\"prize\":{" + cash(prize) + "}}";
    }

    private static String cash(long amount) {
        return "\"kind\":\"cash\",\"amount_minor\":" + amount + ",\"currency\":\"EUR\"";
    }
}
