package io.laurel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.laurel.engine.reference.Command;
import io.laurel.engine.reference.Command.Step;
import io.laurel.engine.reference.Limits;
import io.laurel.engine.scenario.EngineSubject;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A session that may not be opened is an outcome like others: it is counted for its source. */
class SessionRefusalTest {
    private final EngineSubject subject = new EngineSubject();
    private long sequence;

    private String apply(Command command) {
        return subject.apply(++sequence, new Step(ContestDefinitions.START_NS, command)).code();
    }

    @Test
    void shouldCountWhatIsRefusedAndNothingElseWhenSessionsAreOpened() {
        try (subject) {
            apply(new Command.Genesis(new Limits(900_000_000_000L, 60_000_000_000L, 10), false));
            apply(new Command.RegisterSource("a"));
            apply(new Command.RegisterSource("b"));
            assertEquals("accepted", apply(new Command.OpenSession(7, 2, "a")));
            assertEquals("session_version", apply(new Command.OpenSession(7, 2, "a")));
            assertEquals("session_version", apply(new Command.OpenSession(7, 1, "b")));
            assertEquals("forbidden", apply(new Command.OpenSession(7, 3, "b")));
            assertEquals("accepted", apply(new Command.OpenSession(7, 3, "a")));
            assertEquals(Map.of("a", Map.of("session_version", 1L),
                "b", Map.of("session_version", 1L, "forbidden", 1L)), subject.outcomes());
        }
    }
}
