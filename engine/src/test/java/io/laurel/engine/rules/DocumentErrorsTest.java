package io.laurel.engine.rules;

import static io.laurel.engine.rules.DocumentFiles.NOW_NS;
import static io.laurel.engine.rules.DocumentFiles.utf8;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentErrorsTest {
    /** Line 5 of a contest that is right without it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "scopes: {} | scopes | 1 | unknown key 'scopes' (nearest: 'scope')",
        "scope: {market: [DE]} | scope.market | 9 | unknown key 'market' in scope (nearest: 'mark",
        "scope: {markets: DE} | scope.markets | 18 | must be a list, found 'DE'",
        "scope: {markets: [DE, Sweden]} | scope.markets[1] | 23 | ISO 3166-1",
        "scope: {currencies: [eur]} | scope.currencies[0] | 22 | ISO 4217",
        "scope: {game_types: [slots]} | scope.game_types[0] | 22 | nearest: 'slot'",
        "scope: {brands: [1]} | scope.brands[0] | 18 | must be text (put it in quotes), found '1'",
        "scope: {segments: [vip]} | scope.segments | 19 | must be a map, found a list",
        "scope: {brands: ['']} | scope.brands[0] | 18 | must not be empty",
        "name: October | name | 7 | must be a map",
        "name: {en: 5} | name.en | 12 | must be text",
        "entry: manual | entry | 8 | must be one of auto, opt_in; found 'manual'",
        "late_grace: 30 | late_grace | 13 | must be text",
        "late_grace: soon | late_grace | 13 | duration such as PT30S or 30s",
        "late_grace: P1M | late_grace | 13 | duration",
        "appeal: P400D | appeal | 9 | must be from PT0S to PT8784H",
        "restart: 1 | restart | 10 | must be true or false, found '1'",
        "restart: 'true' | restart | 10 | must be true or false, found text 'true'",
        "fx: FX 1 | fx | 5 | must be 1 to 64 characters of a-z",
        "kind: contests | kind | 7 | nearest: 'contest'",
        "rewards: 5 | rewards | 10 | must be a map",
        "rewards: {} | rewards.pool | 10 | is needed to be shared",
        "rewards: {prizes: []} | rewards.prizes | 19 | does not belong to distribution: ladder",
        "rewards: {distribution: lotery} | rewards.distribution | 25 | must be one of ladder, p",
        "rewards: {pool: {currency: EUR}} | rewards.pool.total_minor | 17 | is needed",
        "rewards: {ladder: []} | rewards.ladder | 19 | must have a step",
        "rewards: {ladder: top_10} | rewards.ladder | 19 | must be one of top_100",
        "rewards: {ladder: [{rank: 1}]} | rewards.ladder[0] | 20 | either percent or reward",
        "rewards: {ladder: [{percent: 1}]} | rewards.ladder[0] | 20 | either rank or ranks",
        "rewards: {ladder: [{rank: 0, percent: 1}]} | rewards.ladder[0].rank | 27 | from 1",
        "rewards: {ladder: [{ranks: 5-3, percent: 1}]} | rewards.ladder[0].ranks | 28 | such as",
        "rewards: {ladder: [{rank: 1, percent: 1.00001}]} | rewards.ladder[0].percent | 39 | 4 d",
        "rewards: {ladder: [{rank: 1, percent: 60}, {ranks: 2-3, percent: 20.0001}]} "
            + "| rewards.ladder | 19 | at most 100 percent over all places, found 100.0002",
        "rewards: {ladder: [{ranks: 1-5, percent: 1}, {rank: 5, percent: 1}]} "
            + "| rewards.ladder[1] | 46 | must name each place once, found 5 again",
        "rewards: {ladder: [{rank: 5, percent: 1}, {ranks: 1-9, percent: 1}]} "
            + "| rewards.ladder[1] | 43 | must name each place once, found 5 again",
        "rewards: {ladder: [{ranks: 3-1000001, percent: 1}]} | rewards.ladder[0].ranks | 28 | 1 t",
        "rewards: {ladder: [{rank: 1, percent: 0}]} | rewards.ladder[0].percent | 39 | from 0.0",
        "rewards: {ladder: [{rank: 1, percent: 1, reward: {}}]} | rewards.ladder[0] | 20 | either",
        "rewards: {ladder: [{rank: 1, percent: 1}]} | rewards.pool | 10 | is needed to be shared",
        "rewards: {ladder: [{rank: 1, reward: {type: gold}}]} | rewards.ladder[0].reward.type | 45"
            + " | must be one of cash, bonus, freespins, points, item, ticket",
        "rewards: {pool: {currency: EUR, total_minor: -1}} | rewards.pool.total_minor | 46 | from",
        "rewards: {pool: {currency: EUR, total_minor: 1000000000000001}} "
            + "| rewards.pool.total_minor | 46 | must be from 0 to 1000000000000000",
        "rewards: {pool: {currency: euro, total_minor: 1}} | rewards.pool.currency | 28 | ISO 421",
        "rewards: {distribution: proportional, paid_ranks: 3} | rewards.pool | 10 | is needed to",
        "rewards: {distribution: proportional, pool: {currency: EUR, total_minor: 1}} "
            + "| rewards.paid_ranks | 10 | is needed",
        "rewards: {distribution: proportional, pool: {currency: EUR, total_minor: 1}, "
            + "paid_ranks: 0} | rewards.paid_ranks | 90 | must be from 1 to 1000000, found 0",
        "rewards: {distribution: proportional, pool: {currency: EUR, total_minor: 1}, "
            + "paid_ranks: 1, cap_percent: 100.1} | rewards.cap_percent | 106 | from 0.0001 to 1",
        "rewards: {distribution: proportional, ladder: top_100} | rewards.ladder | 47 | does not",
        "rewards: {distribution: ticket_draw} | rewards.prizes | 10 | is needed",
        "rewards: {distribution: ticket_draw, prizes: []} | rewards.prizes | 46 | must have a pri",
        "rewards: {claim_within: 0s, ladder: []} | rewards.claim_within | 25 | must be from PT1S",
        "rewards: {ladder: [{rank: 1, reward: {type: cash, amount_minor: 5}}]} "
            + "| rewards.ladder[0].reward | 38 | needs a currency",
        "rewards: {ladder: [{rank: 1, reward: {type: cash, value: 5}}]} "
            + "| rewards.ladder[0].reward.value | 51 | unknown key 'value'",
        "anti_abuse: {max_rps_per_user: 0} | anti_abuse.max_rps_per_user | 32 | from 0.000001",
        "anti_abuse: {max_rps_per_user: 0. 5} | anti_abuse.max_rps_per_user | 32 | decimal numb",
        "anti_abuse: {burst: 0} | anti_abuse.burst | 21 | must be from 1 to 1000000, found 0",
        "anti_abuse: {burst: 1000000, max_rps_per_user: 0.000001} | anti_abuse.burst | 21 | too g",
        "anti_abuse: {exclude_asn_categories: [proxies]} | anti_abuse.exclude_asn_categories[0] "
            + "| 39 | nearest: 'proxy'",
        "anti_abuse: {bot_signals: {freeze: true}} | anti_abuse.bot_signals.periodicity | 27 | is",
        "schedule: {rrule: FREQ=DAILY, duration: 1h} | schedule | 11 | must not stand beside",
        "id: d | id | 1 | duplicate key 'id'",
        "scope: &a {} | `` | 8 | anchors are not allowed",
        "scope: *a | `` | 8 | aliases are not allowed",
        "fx: !!str x | `` | 5 | tags are not allowed",
        "fx: a: b | `` | 6 | not YAML",
    })
    void shouldPointAtTheValueWhenItIsWrong(String line, String field, int column,
        String message) {
        check(DocumentsTest.minimal(line), field, 5, column, message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{type: totl} | type | 21 | nearest: 'total'",
        "{type: best_n_rounds} | n | 14 | is needed with type: best_n_rounds",
        "{type: best_n_rounds, n: 0} | n | 39 | must be from 1 to",
        "{type: best_n_rounds, n: 2.5} | n | 39 | must be a whole number",
        "{type: best_n_rounds, n: '2'} | n | 39 | must be a whole number from 1 to 1000, found te",
        "{n: 5} | type | 14 | is needed",
        "{type: total, tiebreaker: earliest_finish_ts} | tiebreaker | 40 | must be a list",
        "{type: total, tiebreaker: [fewest_rounds, fewest_rounds]} | tiebreaker | 40 | once",
        "{type: total, entity: team} | entity | 36 | must be one of player, provider, game",
        "{type: total, partition_by: bet_band} | bet_bands_minor | 14 | is needed with part",
        "{type: total, bet_bands_minor: [5, 5]} | bet_bands_minor | 45 | must ascend, found 5",
        "{type: glicko2} | rating_period | 14 | is needed with type: glicko2",
    })
    void shouldPointAtTheValueWhenTheBoardIsWrong(String board, String field, int column,
        String message) {
        check(DocumentsTest.minimal("").replaceAll("leaderboard: .*", "leaderboard: " + board),
            "leaderboard." + field, 4, column, message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{formula: bet.amout} | formula | 20 | is no formula: unknown variable 'bet.amout'",
        "{formula: 1 + bet.amout} | formula | 24 | at column 5 of the formula",
        "{formula: \"1 + bet.amout\"} | formula | 25 | at column 5 of the formula",
        "{formula: \"1 \\u002b bet.amout\"} | formula | 20 | at column 5 of the formula",
        "{formula: 'points = min(1)'} | formula | 30 | takes 2 or more arguments, found 1",
        "{formula: 7} | formula | 20 | must be text",
        "{score_scale: 1} | formula | 10 | is needed",
        "{formula: bet.amount, score_scale: 7} | score_scale | 45 | must be from 0 to 6, found 7",
        "{formula: bet.amount, min_bet_minor: -1} | min_bet_minor | 47 | must be from 0 to",
        "{formula: bet.amount, min_bet_minor: {euro: 1}} | min_bet_minor.euro | 48 | ISO 4217",
        "{formula: bet.amount, weights: {games: {g: x}}} | weights.games.g | 53 | decimal",
        "{formula: bet.amount, eligible_games: g_} | eligible_games | 48 | must be a list",
    })
    void shouldPointAtTheValueWhenScoringIsWrong(String scoring, String field, int column,
        String message) {
        check(DocumentsTest.minimal("").replaceAll("scoring: .*",
            "scoring: " + scoring.replace("\\", "\\\\")), "scoring." + field, 3, column, message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "window: {start: 2025-10-25T18:00Z} | window.end | 9 | is needed",
        "window: {start: 2025-10-25T18:00, end: 2025-10-25T19:00Z} | window.start | 17 | instant",
        "window: {start: 2025-10-25, end: 2025-10-25T19:00Z} | window.start | 17 | instant",
        "window: {start: 2025-02-30T18:00Z, end: 2025-10-25T19:00Z} | window.start | 17 | insta",
        "window: {start: 2025-10-25T18:00Z, end: 2025-10-25T20:00+02:00} | window.end | 41 | aft",
        "window: {start: 2025-10-25T18:00Z, end: 2300-10-25T20:00Z} | window.end | 41 | 1970 to ",
        "window: {start: 2025-10-25T18:00Z, end: 2025-10-26T18:00Z, tz: Kyiv} | window.tz | 64 | I",
        "schedule: {rrule: FREQ=DAILY} | schedule.duration | 11 | is needed",
        "schedule: {rrule: FREQ=MINUTELY, duration: 1h} | schedule.rrule | 19 | FREQ must be HO",
        "schedule: {rrule: FREQ=DAILY;BYSECOND=1, duration: 1h} | schedule.rrule | 19 | BYSECOND",
        "schedule: {rrule: FREQ=YEARLY;BYMONTHDAY=31;BYDAY=1MO, duration: 1h} | schedule.rrule "
            + "| 19 | has no start within 400 days",
        "schedule: {rrule: FREQ=DAILY, duration: 0s} | schedule.duration | 41 | must be from PT1S",
        "schedule: {rrule: FREQ=DAILY, duration: 1h, until: 2025-01-01T00:00Z} | schedule.until "
            + "| 52 | must be after the first start",
    })
    void shouldPointAtTheValueWhenTheTimeIsWrong(String time, String field, int column,
        String message) {
        check(DocumentsTest.minimal("").replaceAll("window: .*", time), field, 2, column, message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{kind: player} | id | is needed",
        "{kind: player, id: a, kyc: yes} | kyc | must be true or false",
        "{kind: player, id: a, birth_date: 1990-13-01} | birth_date | such as 1990-12-31",
        "{kind: player, id: a, blokked: true} | blokked | nearest: 'blocked'",
        "{kind: player, id: \"a\\u0007\"} | id | control characters",
        "{kind: player, id: \"a\\ud800\"} | id | halves of characters",
        "{kind: fx, id: f, base: EUR} | rates | is needed",
        "{kind: fx, id: f, base: EUR, rates: {SEK: 0}} | rates.SEK | must be from 0.000000000001",
        "{kind: fx, id: f, base: EUR, rates: {SEK: 1e-3}} | rates.SEK | must be a decimal number",
        "{kind: fx, id: f, base: EUR, rates: {SEK: 0.0000000000011}} | rates.SEK | 12 decimals",
        "{kind: fx, id: f, base: EUR, rates: {EUR: 2}} | rates | must give the base EUR the rate",
        "{mission_id: m} | steps | is needed",
        "{mission_id: m, steps: []} | steps | must have 1 to 64 steps",
        "{mission_id: m, steps: [{id: a}]} | steps[0].goal | is needed",
        "{mission_id: m, steps: [{id: a, goal: {type: win_amount, amount_minor: 5}}]} "
            + "| steps[0].goal.currency | is needed, here or for the mission",
        "{mission_id: m, steps: [{id: a, goal: {type: spin_count, count: 1, min: 2}}]} "
            + "| steps[0].goal.min | unknown key 'min'",
        "{mission_id: m, steps: [{id: a, goal: {type: spin_count, count: 1}, reward: {type: cash, "
            + "amount_minor: 1}}]} | steps[0].reward.type | must be one of bonus, freespins",
        "{mission_id: m, steps: [{id: completion, goal: {type: spin_count, count: 1}}]} "
            + "| steps[0].id | must be an id of its own",
        "{mission_id: m, repeat: {every: day, max: 5}, steps: []} | repeat.max | does not belong",
    })
    void shouldNameTheFieldWhenAnotherKindIsWrong(String document, String field, String message) {
        check(document, field, 1, 0, message);
    }

    @Test
    void shouldRefuseWhatIsNoDocument() {
        check("", "", 1, 1, "there is no document");
        check("# nothing\n---\n---\n", "", 1, 1, "there is no document");
        check("- a", "", 1, 1, "must be a map, found a list");
        check("a: 1\n---\nb: 2", "", 3, 1, "one document expected, found 2");
        check("? [a]\n: b", "", 1, 3, "a key must be text");
        check(DocumentsTest.minimal("").replaceAll("window: .*", ""), "window", 1, 1,
            "window or schedule is needed");
        check("a:\n\t- b", "", 2, 1, "not YAML");
        check("a: b\nc: \u0007", "", 2, 4, "U+0007");
        final String deep = "a: " + "[".repeat(30) + "]".repeat(30);
        check(deep, "", 1, 23, "at most 20 levels deep");
        check("id: " + "x".repeat(256 * 1024), "", 0, 0, "at most 262144 bytes");
        final DocumentException error = assertThrows(DocumentException.class, () -> Documents
            .parse(new byte[] {'a', ':', '\n', ' ', (byte) 0xc3, '('}, NOW_NS));
        assertEquals("not UTF-8 2:2", error.getMessage() + " " + error.line() + ":"
            + error.column());
    }

    @Test
    void shouldTakeAByteOrderMarkAtTheBeginning() {
        assertDoesNotThrow(
            () -> Documents.parse(utf8("\ufeff" + DocumentsTest.minimal("")), NOW_NS));
    }

    /** Column 0 stands for any. */
    private static void check(String document, String field, int line, int column,
        String message) {
        final DocumentException error = assertThrows(DocumentException.class,
            () -> Documents.parseOne(utf8(document), null, NOW_NS));
        final String text = error.line() + ":" + error.column() + " " + error.getMessage();
        assertTrue(error.getMessage().contains(message), text);
        assertEquals(field, error.field(), text);
        assertEquals(line, error.line(), text);
        if (column > 0) {
            assertEquals(column, error.column(), text);
        }
    }
}
