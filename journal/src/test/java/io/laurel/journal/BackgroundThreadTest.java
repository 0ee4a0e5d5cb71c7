package io.laurel.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class BackgroundThreadTest {
    @Test
    void shouldPutTheCallingThreadBehindOthersAndNoOther() {
        final int before = BackgroundThread.niceness();
        final CompletableFuture<Integer> seen = new CompletableFuture<>();
        final Thread thread = new Thread(() -> {
            new BackgroundThread().background();
            seen.complete(BackgroundThread.niceness());
        });
        thread.start();
        assertTrue(seen.join() >= 10, () -> "nice " + seen.join());
        assertEquals(before, BackgroundThread.niceness());
    }
}
