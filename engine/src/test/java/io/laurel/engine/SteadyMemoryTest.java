package io.laurel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.reference.Command;
import io.laurel.engine.reference.Command.Step;
import io.laurel.engine.reference.Event;
import io.laurel.engine.reference.Limits;
import io.laurel.engine.scenario.EngineSubject;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is remembered is bounded: at a constant rate no store grows once it holds H of it. */
class SteadyMemoryTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long LATENESS_NS = 900 * SECOND_NS;
    private static final long SKEW_NS = 60 * SECOND_NS;
    private static final long H_NS = LATENESS_NS + SKEW_NS;
    private static final long STEP_NS = SECOND_NS / 5;
    private static final int PLAYERS = 50;
    private static final int SESSIONS = 3;

    private final EngineSubject subject = new EngineSubject();
    private long sequence;
    private long timeNs = ContestDefinitions.START_NS;
    private long number;

    private void apply(Command command) {
        final String code = subject.apply(++sequence, new Step(timeNs, command)).code();
        assertEquals("accepted", code, () -> command.toString());
    }

    /** Plays for a while: whole rounds, rounds in parts, and some that nobody ever closes. */
    private void play(long forNs) {
        for (final long until = timeNs + forNs; timeNs < until; timeNs += STEP_NS) {
            final long round = number++;
            final int kind = (int) (round % 5);
            if (kind < 2) {
                event(round, "spin", 0);
            } else {
                event(round, "bet", 0);
            }
            if (kind == 2 || kind == 3) {
                event(round, "round_end", 1);
            }
        }
    }

    private void event(long round, String type, int part) {
        apply(new Command.SendEvent("local", 1 + round % SESSIONS, new Event(
            "e" + round + "-" + part, type, timeNs, "u" + round % PLAYERS, "DE", "X",
            "g_" + round % 7, "P", "slot", part == 0 ? 100L : null, part == 0 ? "EUR" : null,
            round * 7919 % 1_000, null, "r" + round, null, null, "web", "isp", false, null)));
    }

    private Map<String, Long> memory() {
        return subject.engine().reads().status().memoryBytes();
    }

    /** Plays for a while and returns the most that each store held. */
    private Map<String, Long> peaks(long forNs) {
        final Map<String, Long> peaks = new TreeMap<>();
        for (final long until = timeNs + forNs; timeNs < until;) {
            play(30 * SECOND_NS);
            memory().forEach((store, bytes) -> peaks.merge(store, bytes, Math::max));
        }
        return peaks;
    }

    @Test
    void shouldStopGrowingWhenTheRateIsConstant() {
        try (subject) {
            apply(new Command.Genesis(new Limits(LATENESS_NS, SKEW_NS, 10), false));
            apply(new Command.RegisterSource("local"));
            for (int i = 1; i <= SESSIONS; i++) {
                apply(new Command.OpenSession(i, 1, "local"));
            }
            apply(new Command.PublishContest(ContestDefinitions.total("a")));
            apply(new Command.PublishContest(ContestDefinitions.bestRounds("b", 20)));
            // by then every session has filled its ring, too
            play(5 * H_NS);
            final Map<String, Long> first = peaks(H_NS);
            final long discarded = subject.engine().reads().status().discardedRounds();
            final Map<String, Long> later = peaks(10 * H_NS);
            first.forEach((store, bytes) -> assertTrue(later.get(store) <= bytes + bytes / 50,
                () -> store + " grew: " + first + ", then " + later));
            for (final String store : new String[] {"events", "open_rounds", "sessions"}) {
                assertTrue(first.get(store) > 0, store);
            }
            assertTrue(subject.engine().reads().status().discardedRounds() > discarded,
                "rounds that nobody closes are let go of");
            letGo(first);
        }
    }

    /** What is remembered is let go of when nothing comes any more; an index keeps its buckets. */
    private void letGo(Map<String, Long> before) {
        timeNs += 2 * H_NS;
        for (int i = 0; i < 100; i++) {
            apply(new Command.Tick());
        }
        assertTrue(memory().get("events") < before.get("events") / 3
            && memory().get("open_rounds") < before.get("open_rounds") / 20,
            () -> memory() + " after " + before);
    }
}
