package io.laurel.replay.export;

import io.laurel.engine.query.BoardRow;
import io.laurel.engine.query.ContestInfo;
import io.laurel.engine.rules.ContestDefinition;
import io.laurel.engine.rules.ContestDefinition.Prize;
import io.laurel.gateway.json.Decimals;
import io.laurel.replay.LogTimes;
import io.laurel.replay.export.TournamentRecord.Patron;
import java.util.function.Consumer;

/** The record as RFC 4180: what is said of the contest stands in every row. */
final class TournamentCsv {
    private static final String[] COLUMNS = {
        "contest_id", "contest_name", "window_start", "window_end", "events", "wager_types",
        "participation_rules", "rule_version", "rules_hash",
        "patron_id", "username", "patron_status", "entered_at", "entry_fee_minor",
        "entry_fee_collected_at", "rank", "score", "best_multiplier", "rounds", "last_kept_round",
        "prize_kind", "prize_value", "prize_currency", "prize_item", "prize_basis",
        "winnings_paid_minor", "winnings_paid_at",
        "total_entry_fees_minor", "total_winnings_paid_minor", "total_prizes_minor",
        "total_rake_minor", "pool_minor", "pool_currency", "pool_source", "prize_structure",
        "winner_methodology", "status", "board_hash", "log_sequence", "log_time"};

    private static final int PATRON_COLUMNS = 18;

    private TournamentCsv() {
    }

    /** Writes a line of names and a row for each who took part; one without them where none did. */
    static void write(TournamentRecord record, Consumer<String> out) {
        final CsvRow heads = new CsvRow();
        for (final String column : COLUMNS) {
            heads.text(column);
        }
        out.accept(heads.end());
        final boolean[] any = {false};
        record.patrons(patron -> {
            any[0] = true;
            out.accept(row(record, patron));
        });
        if (!any[0]) {
            out.accept(row(record, null));
        }
    }

    private static String row(TournamentRecord record, Patron patron) {
        final ContestInfo contest = record.contest();
        final ContestDefinition rules = contest.definition();
        final CsvRow to = new CsvRow();
        to.text(contest.id()).text(TournamentRules.name(rules))
            .number(LogTimes.text(contest.startNs())).number(LogTimes.text(contest.endNs()))
            .text(TournamentRules.events(rules.scope()))
            .text(TournamentRules.wagerTypes(rules.scope()))
            .text(TournamentRules.participation(rules)).number(contest.version())
            .number(contest.rulesHash());
        patron(to, record, patron);
        final boolean pool = rules.rewards() != null && rules.rewards().currency() != null;
        to.number(null).number(null)
            .number(record.prizeBasis().isEmpty() ? null : record.prizes().usedMinor())
            .number(null).number(pool ? rules.rewards().poolMinor() : null)
            .text(pool ? rules.rewards().currency() : null).text(pool ? "operator" : null)
            .text(TournamentRules.prizes(rules.rewards()))
            .text(TournamentRules.methodology(rules.board()))
            .text(contest.frozen() ? "frozen" : contest.state().token())
            .number(contest.boardHash()).number(record.sequence())
            .number(LogTimes.text(record.timeNs()));
        return to.end();
    }

    private static void patron(CsvRow to, TournamentRecord record, Patron patron) {
        if (patron == null) {
            for (int i = 0; i < PATRON_COLUMNS; i++) {
                to.number(null);
            }
            return;
        }
        to.text(patron.id()).text(patron.alias()).text(patron.status())
            .number(patron.enteredNs() == null ? null : LogTimes.text(patron.enteredNs()))
            .number(null).number(null);
        final BoardRow row = patron.row();
        if (row == null) {
            to.number(null).number(null).number(null).number(null).number(null);
        } else {
            to.number(row.position() == 0 ? null : row.position())
                .number(Decimals.score(row.score(),
                    record.contest().definition().scoring().scoreScale()))
                .number(Decimals.multiplier(row.multiplierE4())).number(row.rounds())
                .number(row.finishTs() == 0 ? null : LogTimes.text(row.finishTs()));
        }
        prize(to, record, patron.award() == null ? null : patron.award().prize());
        to.number(null).number(null);
    }

    private static void prize(CsvRow to, TournamentRecord record, Prize prize) {
        if (prize == null) {
            to.number(null).number(null).number(null).number(null).number(null);
            return;
        }
        to.text(prize.kind()).number(prize.value()).text(prize.currency())
            .text(prize.game() == null || prize.game().isEmpty() ? prize.item() : prize.game())
            .text(record.prizeBasis());
    }
}
