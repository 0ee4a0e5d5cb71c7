package io.laurel.gateway.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.junit.jupiter.api.Test;

class SessionStateTest {
    private static final Set<String> MOVES = Set.of("CONNECTED>NEGOTIATING",
        "CONNECTED>ESTABLISHING", "NEGOTIATING>NEGOTIATED", "NEGOTIATED>ESTABLISHING",
        "ESTABLISHING>ESTABLISHED", "ESTABLISHED>FINISHING");

    @Test
    void shouldAllowTheseMovesAndNoOthers() {
        for (final SessionState from : SessionState.values()) {
            for (final SessionState to : SessionState.values()) {
                final boolean ends =
                    to == SessionState.TERMINATED && from != SessionState.TERMINATED;
                assertEquals(ends || MOVES.contains(from + ">" + to), from.canMoveTo(to),
                    from + ">" + to);
            }
        }
    }
}
