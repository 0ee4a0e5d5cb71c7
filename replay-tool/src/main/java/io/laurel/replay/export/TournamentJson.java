package io.laurel.replay.export;

import io.laurel.engine.query.BoardRow;
import io.laurel.engine.query.ContestInfo;
import io.laurel.engine.rules.ContestDefinition;
import io.laurel.engine.rules.ContestDefinition.Prize;
import io.laurel.gateway.json.Decimals;
import io.laurel.gateway.json.JsonWriter;
import io.laurel.replay.LogTimes;
import io.laurel.replay.export.TournamentRecord.Patron;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** The record as JSON Lines: the contest first, then each who took part. */
final class TournamentJson {
    private TournamentJson() {
    }

    static void write(TournamentRecord record, Consumer<String> out) {
        out.accept(contest(record));
        record.patrons(patron -> out.accept(patron(record, patron)));
    }

    private static String contest(TournamentRecord record) {
        final ContestInfo contest = record.contest();
        final ContestDefinition rules = contest.definition();
        final JsonWriter to = new JsonWriter().object().field("record", "contest")
            .field("contest_id", contest.id())
            .field("contest_name", TournamentRules.name(rules))
            .field("window_start", LogTimes.text(contest.startNs()))
            .field("window_end", LogTimes.text(contest.endNs()))
            .field("events", TournamentRules.events(rules.scope()))
            .field("wager_types", TournamentRules.wagerTypes(rules.scope()))
            .field("participation_rules", TournamentRules.participation(rules))
            .field("rule_version", contest.version()).field("rules_hash", contest.rulesHash());
        if (!record.prizeBasis().isEmpty()) {
            to.field("total_prizes_minor", record.prizes().usedMinor())
                .field("prize_basis", record.prizeBasis());
        }
        if (rules.rewards() != null && rules.rewards().currency() != null) {
            to.field("pool_minor", rules.rewards().poolMinor())
                .field("pool_currency", rules.rewards().currency())
                .field("pool_source", "operator");
        }
        to.field("prize_structure", TournamentRules.prizes(rules.rewards()))
            .field("winner_methodology", TournamentRules.methodology(rules.board()))
            .field("status", contest.frozen() ? "frozen" : contest.state().token())
            .fieldIfAny("board_hash", contest.boardHash())
            .field("log_sequence", record.sequence())
            .field("log_time", LogTimes.text(record.timeNs()));
        return text(to);
    }

    private static String patron(TournamentRecord record, Patron patron) {
        final JsonWriter to = new JsonWriter().object().field("record", "patron")
            .field("patron_id", patron.id()).fieldIfAny("username", patron.alias())
            .field("patron_status", patron.status());
        if (patron.enteredNs() != null) {
            to.field("entered_at", LogTimes.text(patron.enteredNs()));
        }
        final BoardRow row = patron.row();
        if (row != null) {
            if (row.position() > 0) {
                to.field("rank", row.position());
            }
            to.decimal("score", Decimals.score(row.score(),
                record.contest().definition().scoring().scoreScale()))
                .decimal("best_multiplier", Decimals.multiplier(row.multiplierE4()))
                .field("rounds", row.rounds());
            if (row.finishTs() != 0) {
                to.field("last_kept_round", LogTimes.text(row.finishTs()));
            }
        }
        if (patron.award() != null) {
            final Prize prize = patron.award().prize();
            to.field("prize_kind", prize.kind()).field("prize_value", prize.value())
                .fieldIfAny("prize_currency", prize.currency())
                .fieldIfAny("prize_game", prize.game()).fieldIfAny("prize_item", prize.item());
        }
        return text(to);
    }

    private static String text(JsonWriter to) {
        return new String(to.endObject().bytes(), StandardCharsets.UTF_8);
    }
}
