package io.laurel.replay.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.reference.Command.Step;
import io.laurel.replay.Said;
import io.laurel.replay.SmallContest;
import io.laurel.replay.TestNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The regulator's record of a contest whose every entry is known. */
class ExportTest {
    @TempDir
    private static Path scratch;
    private static Path data;

    @BeforeAll
    static void play() throws IOException {
        data = scratch.resolve("data");
        try (TestNode node = TestNode.open(data, 3)) {
            final List<Step> steps = SmallContest.steps();
            node.play(steps.subList(0, 8));
            node.snapshot();
            node.play(steps.subList(8, steps.size()));
        }
    }

    @Test
    void shouldWriteEachWhoTookPartWithRankAndPrize() {
        final Said said = Said.replay("export", SmallContest.ID, "--data", data);
        assertEquals(0, said.code(), said.err());
        final String[] lines = said.out().split("\r\n", -1);
        assertEquals(8, lines.length, said.out());
        assertEquals("", lines[7]);
        assertTrue(lines[0].startsWith("contest_id,contest_name,window_start,"), lines[0]);
        assertTrue(lines[1].startsWith("t_small,\"'=Small, \"\"sprint\"\"\","
            + "2025-10-25T18:00:00Z,2025-10-25T19:00:00Z,markets DE,all,the first scoring round"
            + " enters; a round scores win.amount; lowest bet 50 minor units,1,"), lines[1]);
        assertTrue(lines[1].contains(",u_a,,ranked,2025-10-25T18:00:04Z,,,1,600,5.0,2,"
            + "2025-10-25T18:00:09Z,cash,500,EUR,,final board,,,,,800,,1001,EUR,operator,"
            + "rank 1: 50% of the pool; rank 2: 30% of the pool; rank 3: freespins 10 g_66,"),
            lines[1]);
        assertTrue(lines[1].contains(",\"sum of the points of all scored rounds, highest first;"
            + " ties by "), lines[1]);
        assertTrue(lines[1].matches(".*,settled,[0-9a-f]{64},16,2025-10-25T19:10:30Z"), lines[1]);
        assertTrue(lines[2].contains(",u_b,'@evil,ranked,2025-10-25T18:00:05Z,,,2,300,3.0,1,"
            + "2025-10-25T18:00:05Z,cash,300,EUR,,final board,"), lines[2]);
        assertTrue(lines[3].contains(",'=u_c,,ranked,2025-10-25T18:00:06Z,,,3,200,2.0,1,"
            + "2025-10-25T18:00:06Z,freespins,10,,g_66,final board,"), lines[3]);
        assertTrue(lines[4].contains(",u_d,,frozen,2025-10-25T18:00:07Z,,,,900,9.0,1,"
            + "2025-10-25T18:00:07Z,,,,,,"), lines[4]);
        assertTrue(lines[5].contains(",u_e,,disqualified,2025-10-25T18:00:08Z,,,,,,,,,,,,,"),
            lines[5]);
        assertTrue(lines[6].contains(",u_f,,entered,2025-10-25T18:00:13Z,,,,,,,,,,,,,"),
            lines[6]);
        final long commas = lines[0].chars().filter(c -> c == ',').count();
        assertEquals(commas, unquoted(lines[1]));
        assertEquals(commas, unquoted(lines[5]));
    }

    private static long unquoted(String line) {
        return line.replaceAll("\"([^\"]|\"\")*\"", "").chars().filter(c -> c == ',').count();
    }

    @Test
    void shouldWriteJsonLinesWithTheContestFirst() {
        final Said said =
            Said.replay("export", SmallContest.ID, "--data", data, "--format", "jsonl");
        assertEquals(0, said.code(), said.err());
        assertEquals(7, said.lines().size());
        assertTrue(said.lines().get(0).startsWith("{\"record\":\"contest\",\"contest_id\":"
            + "\"t_small\",\"contest_name\":\"=Small, \\\"sprint\\\"\",\"window_start\":"),
            said.out());
        assertTrue(said.lines().get(0).contains("\"total_prizes_minor\":800,\"prize_basis\":"
            + "\"final board\",\"pool_minor\":1001,\"pool_currency\":\"EUR\","
            + "\"pool_source\":\"operator\""), said.out());
        assertEquals("{\"record\":\"patron\",\"patron_id\":\"=u_c\",\"patron_status\":\"ranked\","
            + "\"entered_at\":\"2025-10-25T18:00:06Z\",\"rank\":3,\"score\":200,"
            + "\"best_multiplier\":2.0,\"rounds\":1,\"last_kept_round\":"
            + "\"2025-10-25T18:00:06Z\",\"prize_kind\":\"freespins\",\"prize_value\":10,"
            + "\"prize_game\":\"g_66\"}", said.lines().get(3));
        assertEquals("{\"record\":\"patron\",\"patron_id\":\"u_f\",\"patron_status\":\"entered\","
            + "\"entered_at\":\"2025-10-25T18:00:13Z\"}", said.lines().get(6));
    }

    @Test
    void shouldCallPrizesBeforeTheEndWhatTheyAre() {
        final Said live = Said.replay("export", SmallContest.ID, "--data", data, "--at", 9,
            "--format", "jsonl");
        assertTrue(live.lines().get(0).contains("\"prize_basis\":\"board as it stands\""),
            live.out());
        assertTrue(live.lines().get(1).contains("\"patron_id\":\"u_d\",\"patron_status\":"
            + "\"ranked\""), live.out());
        final Said none = Said.replay("export", SmallContest.ID, "--data", data, "--at", 3);
        assertEquals(2, none.out().split("\r\n").length, "a contest has a record before anybody"
            + " takes part");
    }
}
