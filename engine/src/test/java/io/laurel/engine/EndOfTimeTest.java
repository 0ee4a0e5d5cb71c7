package io.laurel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.laurel.engine.contest.ContestState;
import io.laurel.engine.reference.Command;
import io.laurel.engine.reference.Command.Step;
import io.laurel.engine.reference.Event;
import io.laurel.engine.reference.Limits;
import io.laurel.engine.rules.ContestDefinition;
import io.laurel.engine.rules.ContestDefinition.Window;
import io.laurel.engine.scenario.EngineSubject;
import org.junit.jupiter.api.Test;

/** The last instants that 64 bits can name are times like any other. */
class EndOfTimeTest {
    private static final long START_NS = ContestDefinitions.START_NS;

    private final EngineSubject subject = new EngineSubject();
    private long sequence;

    private String apply(long timeNs, Command command) {
        return subject.apply(++sequence, new Step(timeNs, command)).code();
    }

    private void begin(boolean eventClock) {
        apply(START_NS, new Command.Genesis(
            new Limits(900_000_000_000L, 60_000_000_000L, 10), eventClock));
        apply(START_NS, new Command.RegisterSource("local"));
        final ContestDefinition base = ContestDefinitions.total("c");
        apply(START_NS, new Command.PublishContest(new ContestDefinition("c", base.name(),
            new Window(START_NS, Long.MAX_VALUE, "UTC"), null, base.scope(), false,
            base.scoring(), base.board(), base.antiAbuse(), null, null, base.lateGraceNs(),
            base.appealNs(), false)));
    }

    private static Command round(String id, long ts) {
        return new Command.SendEvent("local", 0, new Event(id, "spin", ts, "u", "DE", "X", "g",
            "P", "slot", 100L, "EUR", 50L, null, "r" + id, null, null, null, null, null, null));
    }

    @Test
    void shouldScoreInAContestThatNeverEnds() {
        try (subject) {
            begin(false);
            assertEquals("accepted", apply(START_NS, round("e1", START_NS)));
            assertEquals(1, subject.board("c", "").size());
        }
    }

    @Test
    void shouldGoOnWhenAnEventComesFromTheEndOfTime() {
        try (subject) {
            begin(true);
            final long last = Long.MAX_VALUE;
            assertEquals("accepted", apply(last - 1, round("e1", last - 1)));
            assertEquals(1, subject.board("c", "").size());
            assertEquals("accepted", apply(last, round("e2", last)));
            assertEquals("duplicate", apply(last, round("e2", last)));
            assertEquals("duplicate", apply(last, round("e1", last - 1)));
            assertEquals("accepted", apply(last, new Command.Tick()));
            assertEquals("duplicate", apply(last, round("e2", last)));
            assertEquals(ContestState.LIVE,
                subject.engine().reads().contest("c").state());
            assertEquals(Long.MAX_VALUE, subject.engine().nextDeadlineNs());
        }
    }
}
