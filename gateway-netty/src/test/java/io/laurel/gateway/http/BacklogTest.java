package io.laurel.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.gateway.http.Backlog.Step;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BacklogTest {
    private final Backlog backlog = new Backlog();
    private final List<String> done = new ArrayList<>();
    private int room;

    private Backlog.Attempt attempt(String name, int steps) {
        return new Backlog.Attempt() {
            private int left = steps;

            @Override
            public Step proceed() {
                if (room == 0) {
                    return Step.FULL;
                }
                room--;
                done.add(name);
                return --left == 0 ? Step.DONE : Step.MORE;
            }

            @Override
            public void fail(RuntimeException failure) {
                throw new IllegalStateException(failure);
            }
        };
    }

    @Test
    void shouldKeepTheOrderWhenThereIsNoRoom() {
        backlog.submit(attempt("a", 1));
        backlog.submit(attempt("b", 1));
        room = 1;
        assertFalse(backlog.pump());
        assertEquals(List.of("a"), done);
        room = 5;
        backlog.submit(attempt("c", 1));
        assertEquals(List.of("a"), done, "nobody overtakes");
        assertFalse(backlog.pump());
        assertEquals(List.of("a", "b", "c"), done);
        assertEquals(0, backlog.size());
    }

    @Test
    void shouldTakeTurnsWhenWorkIsLong() {
        room = 100;
        backlog.submit(attempt("a", 3));
        backlog.submit(attempt("b", 2));
        while (backlog.pump()) {
            assertTrue(done.size() < 10);
        }
        assertEquals(List.of("a", "a", "b", "a", "b"), done);
    }

    @Test
    void shouldGoOnWhenAnAttemptFails() {
        final List<String> failures = new ArrayList<>();
        room = 0;
        backlog.submit(new Backlog.Attempt() {
            @Override
            public Step proceed() {
                throw new IllegalArgumentException("no");
            }

            @Override
            public void fail(RuntimeException failure) {
                failures.add(failure.getMessage());
            }
        });
        room = 1;
        backlog.submit(attempt("a", 1));
        assertEquals(List.of("no"), failures);
        assertEquals(List.of("a"), done);
    }
}
