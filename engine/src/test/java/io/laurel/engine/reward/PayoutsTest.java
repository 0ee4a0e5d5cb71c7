package io.laurel.engine.reward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.rules.ContestDefinition;
import io.laurel.engine.rules.ContestDefinition.Prize;
import io.laurel.engine.rules.Document.ContestDocument;
import io.laurel.engine.rules.Documents;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Worked examples, from the document to the last unit. */
class PayoutsTest {
    @Test
    void shouldPayThePresetWhenThereIsNoTable() {
        final Payout payout = pay("pool: {currency: EUR, total_minor: 1000000}", descending(120));
        assertEquals(100, payout.awards().size());
        assertEquals(List.of(300_000L, 200_000L, 100_000L, 20_000L), shares(payout).subList(0, 4));
        assertEquals(20_000, share(payout, 10));
        assertEquals(4_000, share(payout, 11));
        assertEquals(4_000, share(payout, 50));
        assertEquals(2_000, share(payout, 51));
        assertEquals(2_000, share(payout, 100));
        assertEquals(1_000_000, payout.usedMinor());
        assertEquals(0, payout.returnedMinor());
        assertEquals(new Award(1, new Prize("cash", 300_000, "EUR", null, null), true),
            payout.awards().get(0));
    }

    @Test
    void shouldGiveWhatRoundingLosesFromPlaceOneDown() {
        // 33.3333 percent of 100 are 33 each; 99.9999 percent of 100 are 99: nothing is lost
        assertEquals(List.of(33L, 33L, 33L), shares(pay("pool: {currency: EUR, total_minor: 100}, "
            + "ladder: [{ranks: 1-3, percent: 33.3333}]", 9, 8, 7)));
        // 5 times 0.5 rounded down to 0; 2.5 percent of 20 x 5 = 2 units, for places 1 and 2
        final Payout halves = pay("pool: {currency: EUR, total_minor: 20}, "
            + "ladder: [{ranks: 1-5, percent: 2.5}]", 5, 4, 3, 2, 1);
        assertEquals(List.of(1L, 1L), shares(halves));
        assertEquals(2, halves.usedMinor());
        assertEquals(18, halves.returnedMinor());
    }

    @Test
    void shouldReturnWhatNobodyWinsWhenPlacesAreEmpty() {
        final String ladder = "pool: {currency: EUR, total_minor: 1001}, "
            + "ladder: [{rank: 1, percent: 50}, {rank: 2, percent: 30}, {rank: 3, percent: 20}]";
        // 500.5, 300.3 and 200.2: one unit is lost with all three, none with two
        assertEquals(List.of(501L, 300L, 200L), shares(pay(ladder, 3, 2, 1)));
        final Payout two = pay(ladder, 3, 2);
        assertEquals(List.of(500L, 300L), shares(two));
        assertEquals(201, two.returnedMinor());
        final Payout nobody = pay(ladder);
        assertEquals(List.of(), nobody.awards());
        assertEquals(1001, nobody.returnedMinor());
    }

    @Test
    void shouldPayAPlaceWithoutPointsWhenItIsOccupied() {
        assertEquals(List.of(50L, 30L), shares(pay("pool: {currency: EUR, total_minor: 100}, "
            + "ladder: [{rank: 1, percent: 50}, {rank: 2, percent: 30}]", 0, -7)));
    }

    @Test
    void shouldLeaveGapsAndGiveOtherKindsWhereTheLadderSaysSo() {
        final Payout payout = pay("pool: {currency: EUR, total_minor: 7}, "
            + "ladder: [{ranks: 4-5, reward: {type: freespins, value: 10, game: g_66}}, "
            + "{rank: 2, percent: 50}, {ranks: 6-7, percent: 10}, "
            + "{rank: 8, reward: {type: cash, amount_minor: 3}}]", descending(9));
        final Prize spins = new Prize("freespins", 10, null, "g_66", null);
        // 3.5, 0.7 and 0.7 of 7: 4 units for all of them, 3 for place 2, the fourth too
        assertEquals(List.of(new Award(2, new Prize("cash", 4, "EUR", null, null), true),
            new Award(4, spins, false), new Award(5, spins, false),
            new Award(8, new Prize("cash", 3, "EUR", null, null), false)), payout.awards());
        assertEquals(4, payout.usedMinor());
        assertEquals(3, payout.returnedMinor());
    }

    @Test
    void shouldShareByScore() {
        // 100 over 5, 3 and 2 of the first three
        assertEquals(List.of(50L, 30L, 20L), shares(pay("distribution: proportional, "
            + "paid_ranks: 3, pool: {currency: EUR, total_minor: 100}", 5, 3, 2, 2)));
        // thirds of 100: the unit that is left goes to the better place
        assertEquals(List.of(34L, 33L, 33L), shares(pay("distribution: proportional, "
            + "paid_ranks: 9, pool: {currency: EUR, total_minor: 100}", 7, 7, 7)));
        // 14.28, 42.85, 42.85 of 100 the other way round: two units to the largest remainders
        assertEquals(List.of(43L, 43L, 14L), shares(pay("distribution: proportional, "
            + "paid_ranks: 9, pool: {currency: EUR, total_minor: 100}", 3, 3, 1)));
    }

    @Test
    void shouldPayNobodyWithoutPointsWhenSharingByScore() {
        final Payout payout = pay("distribution: proportional, paid_ranks: 5, "
            + "pool: {currency: EUR, total_minor: 10}", 4, 0, -3);
        assertEquals(List.of(10L), shares(payout));
        assertEquals(10, pay("distribution: proportional, paid_ranks: 5, "
            + "pool: {currency: EUR, total_minor: 10}", 0, -3).returnedMinor());
    }

    @Test
    void shouldShareAgainUntilNobodyExceedsTheCap() {
        // 60, 25, 10, 5 of 100 under 40: then 60 over 25+10+5 is 37.5, 15, 7.5: nobody new, and
        // of equal remainders that of the better place counts
        assertEquals(List.of(40L, 38L, 15L, 7L), shares(pay("distribution: proportional, "
            + "paid_ranks: 9, cap_percent: 40, pool: {currency: EUR, total_minor: 100}",
            60, 25, 10, 5)));
        // under 35 the second exceeds it only after the first was cut: 65 over 40 is 40.6
        assertEquals(List.of(35L, 35L, 20L, 10L), shares(pay("distribution: proportional, "
            + "paid_ranks: 9, cap_percent: 35, pool: {currency: EUR, total_minor: 100}",
            60, 25, 10, 5)));
    }

    @Test
    void shouldReturnTheRestWhenAllAreCapped() {
        final Payout payout = pay("distribution: proportional, paid_ranks: 9, cap_percent: 12.5, "
            + "pool: {currency: EUR, total_minor: 101}", 9, 9, 1);
        assertEquals(List.of(12L, 12L, 12L), shares(payout));
        assertEquals(65, payout.returnedMinor());
    }

    @Test
    void shouldKeepTheCapWhenARemainderWouldLeadBeyondIt() {
        // half of 21 is 10.5, so 10 is the most that anybody gets
        final Payout payout = pay("distribution: proportional, paid_ranks: 2, cap_percent: 50, "
            + "pool: {currency: EUR, total_minor: 21}", 5, 5);
        assertEquals(List.of(10L, 10L), shares(payout));
        assertEquals(1, payout.returnedMinor());
    }

    @Test
    void shouldStayExactWhenNumbersAreAsLargeAsTheyGet() {
        final long pool = 1_000_000_000_000_000L;
        final long[] scores = new long[1_000];
        Arrays.fill(scores, Long.MAX_VALUE);
        final Payout payout = pay("distribution: proportional, paid_ranks: 1000000, "
            + "cap_percent: 99.9999, pool: {currency: EUR, total_minor: " + pool + "}", scores);
        assertTrue(shares(payout).stream().allMatch(share -> share == pool / 1_000));
        assertEquals(999_999_000_000_000L, share(pay("pool: {currency: EUR, total_minor: " + pool
            + "}, ladder: [{rank: 1, percent: 99.9999}]", 1), 1));
    }

    @Test
    void shouldPayNothingWhereTheRulesPayNoPlace() {
        assertEquals(0, Payouts.paidPlaces(contest("", "")));
        assertEquals(new Payout(List.of(), null, 0, 0), Payouts.of(contest("", ""), new long[3]));
        final ContestDefinition games = contest("rewards: {pool: {currency: EUR, total_minor: 5}}",
            ", entity: game");
        assertEquals(0, Payouts.paidPlaces(games));
        assertEquals(5, Payouts.of(games, new long[3]).returnedMinor());
        final ContestDefinition draw = contest("rewards: {distribution: ticket_draw, prizes: "
            + "[{type: item, item: car}]}", "");
        assertEquals(0, Payouts.paidPlaces(draw));
        assertThrows(IllegalArgumentException.class, () -> Payouts.of(draw, new long[3]));
    }

    @Test
    void shouldRefuseScoresThatAreNotInRankOrder() {
        assertThrows(IllegalArgumentException.class,
            () -> pay("pool: {currency: EUR, total_minor: 5}", 1, 2));
    }

    private static Payout pay(String rewards, long... scores) {
        return Payouts.of(contest("rewards: {" + rewards + "}", ""), scores);
    }

    private static ContestDefinition contest(String rewards, String board) {
        final String document = "id: c\nwindow: {start: 2025-10-25T18:00Z, end: 2025-10-25T19:00Z}"
            + "\nscoring: {formula: win.amount}\nleaderboard: {type: total" + board + "}\n"
            + rewards + "\n";
        return ((ContestDocument) Documents.parseOne(
            document.getBytes(StandardCharsets.UTF_8), null, 0)).definition();
    }

    private static long[] descending(int count) {
        return LongStream.range(0, count).map(index -> count - index).toArray();
    }

    private static List<Long> shares(Payout payout) {
        return payout.awards().stream().map(award -> award.prize().value()).toList();
    }

    private static long share(Payout payout, int place) {
        return payout.awards().stream().filter(award -> award.place() == place).findFirst()
            .orElseThrow().prize().value();
    }
}
