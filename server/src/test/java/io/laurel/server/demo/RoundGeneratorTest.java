package io.laurel.server.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class RoundGeneratorTest {
    private static final int PLAYERS = 400;

    @Test
    void shouldGiveTheSameLinesWhenTheSeedIsTheSame() {
        assertEquals(lines(7), lines(7));
        assertNotEquals(lines(7), lines(8));
    }

    @Test
    void shouldLookLikePlay() {
        final RoundGenerator generator = new RoundGenerator(3, PLAYERS);
        final Map<String, Integer> types = new HashMap<>();
        long last = 0;
        int repeated = 0;
        int count = 0;
        while (generator.hasNext()) {
            final RoundGenerator.Line line = generator.next();
            assertTrue(line.deliveryNs() >= last, "lines come in the order of delivery");
            last = line.deliveryNs();
            count++;
            repeated += line.repeated() ? 1 : 0;
            types.merge(field(line.json(), "type"), 1, Integer::sum);
            assertTrue(field(line.json(), "ts").startsWith("2025-10-25T1"), line.json());
        }
        assertTrue(generator.rounds() > PLAYERS * 40, "rounds: " + generator.rounds());
        assertTrue(types.get("spin") > types.get("bet"), types.toString());
        assertTrue(types.get("bet") >= types.get("win") && types.get("win") > 0,
            types.toString());
        assertTrue(repeated > count / 200 && repeated < count / 50, "repeated: " + repeated);
    }

    @Test
    void shouldRepeatAnIdWithOtherContentNowAndThen() {
        final Map<String, String> byId = new HashMap<>();
        int conflicts = 0;
        for (final String json : lines(5)) {
            final String other = byId.putIfAbsent(field(json, "event_id"), json);
            conflicts += other != null && !other.equals(json) ? 1 : 0;
        }
        assertTrue(conflicts > 0);
    }

    private static List<String> lines(long seed) {
        final List<String> lines = new ArrayList<>();
        new RoundGenerator(seed, PLAYERS).forEachRemaining(line -> lines.add(line.json()));
        return lines;
    }

    private static String field(String json, String name) {
        final Matcher matcher = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
        assertTrue(matcher.find(), json);
        return matcher.group(1);
    }
}
