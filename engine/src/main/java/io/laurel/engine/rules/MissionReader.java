package io.laurel.engine.rules;

import io.laurel.engine.rules.MissionDefinition.Period;
import io.laurel.engine.rules.MissionDefinition.Repeat;
import io.laurel.engine.rules.MissionDefinition.Step;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** A mission from its document (semantics 9). */
final class MissionReader {
    private static final List<String> KEYS = List.of("kind", "mission_id", "name", "window",
        "scope", "entry", "order", "currency", "repeat", "steps", "completion_reward");
    private static final List<String> REPEAT_KEYS = List.of("every", "tz", "on_completion", "max");
    private static final List<String> STEP_KEYS = List.of("id", "goal", "reward");
    private static final Pattern STEP_ID = Pattern.compile("[A-Za-z0-9_.-]{1,32}");
    private static final String COMPLETION = "completion";
    private static final int MAX_STEPS = 64;
    private static final int MAX_REPEATS = 1_000_000;

    private MissionReader() {
    }

    static MissionDefinition read(Field document, String expectedId) {
        final Fields fields = Fields.of(document, KEYS);
        final String id = Documents.id(fields, "mission_id", expectedId);
        final String currency = fields.read("currency", null, Terms::currency);
        return new MissionDefinition(id, fields.read("name", Map.of(),
            field -> Fields.free(field, Terms::language, text -> text.text(256))),
            fields.read("window", null, ContestReader::window),
            fields.read("scope", ContestReader.anywhere(), ContestReader::scope),
            fields.read("entry", false, ContestReader::optIn),
            fields.read("order", true,
                field -> field.oneOf(List.of("sequential", "any")).equals("sequential")),
            currency, fields.read("repeat", null, MissionReader::repeat),
            steps(fields.needed("steps"), currency),
            fields.read("completion_reward", null,
                field -> PrizeReader.ofMission(field, PrizeReader.KINDS, currency)));
    }

    private static Repeat repeat(Field field) {
        final Fields fields = Fields.of(field, REPEAT_KEYS);
        final Field every = fields.get("every");
        final Field completion = fields.get("on_completion");
        if (every == null == (completion == null)) {
            throw field.error("needs either every or on_completion");
        }
        final Field stranger = fields.get(every == null ? "tz" : "max");
        if (stranger != null) {
            throw stranger.error("does not belong to "
                + (every == null ? "on_completion" : "every"));
        }
        if (every != null) {
            return new Repeat(every.choice(Period.class), fields.read("tz", "UTC", Field::zone),
                0);
        }
        if (!completion.bool()) {
            throw completion.error("must be true; leave repeat out to play once");
        }
        return new Repeat(null, null,
            fields.read("max", 0, number -> number.int32(1, MAX_REPEATS)));
    }

    private static List<Step> steps(Field field, String currency) {
        final Set<String> ids = new HashSet<>();
        final List<Step> steps = field.list(item -> {
            final Fields fields = Fields.of(item, STEP_KEYS);
            final Field idField = fields.needed("id");
            final String id = idField.matching(STEP_ID,
                "1 to 32 characters of letters, digits, '_', '.' and '-'");
            if (id.equals(COMPLETION) || !ids.add(id)) {
                throw idField.error("must be an id of its own, found '" + id + "'");
            }
            return new Step(id, GoalReader.read(fields.needed("goal"), currency),
                fields.read("reward", null,
                    reward -> PrizeReader.ofMission(reward, PrizeReader.STEP_KINDS, currency)));
        });
        if (steps.isEmpty() || steps.size() > MAX_STEPS) {
            throw field.error("must have 1 to " + MAX_STEPS + " steps, found " + steps.size());
        }
        return List.copyOf(steps);
    }
}
