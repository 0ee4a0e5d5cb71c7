package io.laurel.gateway.http;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** Answers, with a thread of its own, what the test wants. */
final class FakeExplanations implements Explanations {
    volatile Exception failure;
    volatile String asked = "";

    @Override
    public CompletableFuture<byte[]> explain(String contest, String entity, long sequence) {
        asked = contest + " " + entity + " " + sequence;
        final Exception thrown = failure;
        return CompletableFuture.runAsync(() -> { }).thenCompose(nothing -> thrown == null
            ? CompletableFuture.completedFuture(json(contest, entity, sequence))
            : CompletableFuture.failedFuture(thrown));
    }

    private static byte[] json(String contest, String entity, long sequence) {
        return ("{\"contest\":\"" + contest + "\",\"user\":\"" + entity + "\",\"sequence\":"
            + sequence + ",\"score\":5.0,\"rounds\":[{\"sequence\":3,\"event_id\":\"e\","
            + "\"ts\":\"2025-10-25T18:00:00Z\",\"bet_minor\":100,\"win_minor\":0,"
            + "\"multiplier\":0.0,\"rule_version\":null,\"points\":0.0,\"kept\":false,"
            + "\"reason\":\"outside_window\"}]}").getBytes(StandardCharsets.UTF_8);
    }
}
