package io.laurel.replay.simulate;

import io.laurel.engine.reward.Award;
import io.laurel.engine.rules.ContestDefinition.Prize;
import io.laurel.gateway.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;

/** Prizes as people and scripts read them; places with the same prize in one line. */
final class Prizes {
    private Prizes() {
    }

    /**
     * Places in a row that win the same.
     *
     * @param first place
     * @param last place
     */
    record Group(int first, int last, Prize prize) {
        /** Returns the places as a ladder names them. */
        String places() {
            return first == last ? Integer.toString(first) : first + "-" + last;
        }
    }

    /** Returns the prizes of a run by place; of a draw those of the lot have no place. */
    static List<Group> groups(Run run) {
        final List<Group> groups = new ArrayList<>();
        for (final Award award : run.payout().awards()) {
            final Group last = groups.isEmpty() ? null : groups.get(groups.size() - 1);
            if (last != null && last.last() == award.place() - 1
                && last.prize().equals(award.prize())) {
                groups.set(groups.size() - 1,
                    new Group(last.first(), award.place(), award.prize()));
            } else {
                groups.add(new Group(award.place(), award.place(), award.prize()));
            }
        }
        return groups;
    }

    /** Returns a prize in a few words. */
    static String text(Prize prize) {
        final StringBuilder text = new StringBuilder(prize.kind()).append(' ')
            .append(prize.value());
        for (final String part : new String[] {prize.currency(), prize.game(), prize.item()}) {
            if (part != null) {
                text.append(' ').append(part);
            }
        }
        return text.toString();
    }

    /** Writes the members of a prize into an object that is open. */
    static JsonWriter json(JsonWriter json, Prize prize) {
        json.field("kind", prize.kind())
            .field(prize.currency() == null ? "value" : "amount_minor", prize.value());
        return json.fieldIfAny("currency", prize.currency()).fieldIfAny("game", prize.game())
            .fieldIfAny("item", prize.item());
    }
}
