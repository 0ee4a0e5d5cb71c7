package io.laurel.server.cli;

import static io.laurel.server.cli.NodeProcess.laurel;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.server.cli.NodeProcess.Said;
import io.laurel.server.client.Json;
import io.laurel.server.client.NodeClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rollback of closed rounds and the explanation of scores, through nodes of their own. {@code
 * -Dlaurel.long=true} kills a node 40 times while it derives entries anew.
 */
final class RollbackSystemTest {
    private static final long WAIT_NS = TimeUnit.SECONDS.toNanos(30);
    private static final long LOOK_NS = 20_000_000;
    private static final int KILLS = Boolean.getBoolean("laurel.long") ? 40 : 3;
    /** In that time after a rollback all of it is done: it is looked for every 100 ms. */
    private static final int WORKING_NS = 300_000_000;
    private static final String FIRST_SEGMENT = "journal/19700101-01F.cq4";
    private static final String CONTEST = String.join("\n", "id: t_back",
        "window: {start: 2025-10-25T18:00Z, end: 2025-10-25T19:00Z}",
        "scoring: {formula: win.amount, min_bet_minor: 50}",
        "leaderboard: {type: best_n_rounds, n: 2, partition_by: market}");

    @TempDir
    private Path directory;
    private Path data;

    @BeforeEach
    void nameData() {
        data = directory.resolve("data");
    }

    private NodeProcess start(String... more) throws IOException {
        final String[] all = new String[more.length + 2];
        all[0] = "--clock";
        all[1] = "event";
        System.arraycopy(more, 0, all, 2, more.length);
        return NodeProcess.start(data, all).awaitReady();
    }

    private static String event(String id, String type, int second, String user, String round,
        long bet, long win) {
        return String.format("{\"event_id\":\"%s\",\"type\":\"%s\","
            + "\"ts\":\"2025-10-25T18:00:%02dZ\",\"user_id\":\"%s\",\"market\":\"DE\","
            + "\"brand\":\"X\",\"game\":{\"id\":\"g_1\",\"provider\":\"P\",\"type\":\"slot\"},"
            + "\"bet\":{\"amount_minor\":%d,\"currency\":\"EUR\"},\"win\":{\"amount_minor\":%d},"
            + "\"round\":{\"id\":\"%s\"}}", id, type, second, user, bet, win, round);
    }

    private static void post(NodeProcess node, String event) {
        final NodeClient.Answer answer =
            new NodeClient(URI.create(node.admin()), null).send("POST", "/v1/events",
                "application/json", event);
        assertEquals(202, answer.status(), answer.body());
    }

    private static String top(NodeProcess node, String partition) {
        return top(new NodeClient(URI.create(node.admin()), null), partition);
    }

    private static String top(NodeClient client, String partition) {
        final NodeClient.Answer answer =
            client.send("GET", "/v1/leaderboards/t_back?top=10" + partition, null, "");
        assertEquals(200, answer.status(), answer.body());
        return Json.object(answer.body()).get("top").toString();
    }

    private static void awaitTop(NodeProcess node, String expected) {
        final NodeClient client = new NodeClient(URI.create(node.admin()), null);
        await("the board is not " + expected, () -> top(client, "").equals(expected));
    }

    private void publish(NodeProcess node) throws IOException {
        final Path file = Files.writeString(directory.resolve("t_back.yaml"), CONTEST + "\n");
        assertEquals(0, laurel("apply", "--admin", node.admin(), file.toString()).exitCode());
    }

    private Map<String, Object> explain(String user) {
        final Said said = laurel("replay", "explain", "t_back", user, "--data", data.toString(),
            "--json");
        assertEquals(0, said.exitCode(), said.err());
        return Json.object(said.out());
    }

    private void assertSameAsTheLog(NodeProcess node) {
        final Said state = laurel("replay", "state", "--data", data.toString(), "--to",
            node.sequence(), "--from-beginning", "--json");
        assertEquals(0, state.exitCode(), state.err());
        assertEquals(node.stateRoot(), Json.object(state.out()).get("state_root"));
    }

    @Test
    void shouldShowTheBoardAsIfTheRoundHadNeverScored() throws Exception {
        final String without;
        try (NodeProcess node = start()) {
            publish(node);
            post(node, event("a", "spin", 1, "u1", "r1", 100, 10));
            post(node, event("b", "spin", 2, "u2", "r1", 100, 60));
            post(node, event("c", "spin", 3, "u1", "r3", 100, 20));
            without = top(node, "");
            post(node, event("d", "spin", 4, "u1", "r4", 100, 5000));
            post(node, event("e", "spin", 5, "u1", "r5", 10, 9000));
            assertTrue(!top(node, "").equals(without));
            post(node, event("f", "rollback", 6, "u1", "r4", 0, 0));
            awaitTop(node, without);
            assertEquals(without, top(node, "&partition=DE"));
            // nothing waits any more, so there is nothing to be taken up by the next one
            node.kill();
        }
        try (NodeProcess node = start()) {
            assertSameAsTheLog(node);
            assertEquals(without, top(node, ""));
            assertEquals(0, node.stop(), node.errors());
        }
        final Map<String, Object> explained = explain("u1");
        assertEquals("30", explained.get("score").toString());
        final List<Map<String, Object>> rounds = Json.asObjects(explained.get("rounds"));
        assertEquals(List.of("a", "c", "d", "e"),
            rounds.stream().map(round -> round.get("event_id")).toList());
        assertEquals("[true, true, false, false]",
            rounds.stream().map(round -> round.get("kept")).toList().toString());
        assertEquals("void", rounds.get(2).get("reason"));
        assertEquals("min_bet", rounds.get(3).get("reason"));
        assertTrue(!rounds.get(0).containsKey("reason"), rounds.toString());
    }

    @Test
    void shouldTakeUpWhatWaitsWhenTheNodeWasKilled() throws Exception {
        final String without;
        try (NodeProcess node = start()) {
            publish(node);
            post(node, event("a", "spin", 1, "u1", "r1", 100, 10));
            without = top(node, "");
            post(node, event("b", "spin", 2, "u1", "r2", 100, 500));
            post(node, event("c", "rollback", 3, "u1", "r2", 0, 0));
            node.kill();
        }
        try (NodeProcess node = start()) {
            awaitTop(node, without);
            assertEquals(0, node.stop(), node.errors());
        }
        // from the snapshot of the stop on
        try (NodeProcess node = start()) {
            assertSameAsTheLog(node);
            post(node, event("d", "spin", 4, "u1", "r4", 100, 700));
            post(node, event("e", "rollback", 5, "u1", "r4", 0, 0));
            awaitTop(node, without);
            assertEquals(0, node.stop(), node.errors());
        }
        try (NodeProcess node = start()) {
            assertSameAsTheLog(node);
            assertEquals(without, top(node, ""));
        }
    }

    @Test
    void shouldComeToTheSameBoardWheneverItIsKilled() throws Exception {
        final Random random = new Random(7);
        String without = null;
        for (int i = 0; i < KILLS; i++) {
            try (NodeProcess node = start()) {
                if (without == null) {
                    publish(node);
                    post(node, event("a", "spin", 1, "u1", "r1", 100, 10));
                    without = top(node, "");
                }
                awaitTop(node, without);
                post(node, event("b" + i, "spin", 2, "u1", "s" + i, 100, 500 + i));
                post(node, event("c" + i, "rollback", 3, "u1", "s" + i, 0, 0));
                post(node, event("d" + i, "rollback", 3, "u1", "never" + i, 0, 0));
                // any moment will do: before it is looked for, between mark and entry, behind it
                LockSupport.parkNanos(random.nextInt(WORKING_NS));
                node.kill();
            }
        }
        try (NodeProcess node = start()) {
            awaitTop(node, without);
            assertEquals(0, node.stop(), node.errors());
        }
        try (NodeProcess node = start()) {
            assertSameAsTheLog(node);
            assertEquals(without, top(node, ""));
            final String status = status(new NodeClient(URI.create(node.admin()), null));
            assertTrue(status.contains("\"unknown_round\":" + KILLS), status);
        }
    }

    @Test
    void shouldWaitAndSaySoWhenTheRoundWasPrunedUntilItIsPutBack() throws Exception {
        try (NodeProcess node = start()) {
            publish(node);
            post(node, event("a", "spin", 1, "u1", "r1", 100, 10));
            post(node, event("b", "spin", 2, "u1", "r2", 100, 500));
            assertEquals(0, node.stop(), node.errors());
        }
        final Path segment = Files.copy(data.resolve(FIRST_SEGMENT), directory.resolve("away"));
        try (NodeProcess node = start("-D", "journal.prune=true", "-D", "snapshot.keep=1")) {
            final NodeClient client = new NodeClient(URI.create(node.admin()), null);
            post(node, event("c", "spin", 3, "u2", "r3", 100, 60));
            client.send("POST", "/v1/admin/snapshot", "application/json", "{}");
            await("the first segment is still there",
                () -> !Files.exists(data.resolve(FIRST_SEGMENT)));
            post(node, event("d", "rollback", 4, "u1", "r2", 0, 0));
            post(node, event("e", "rollback", 5, "u2", "r_never", 0, 0));
            // the reader of the log may look between the two, so each is waited for
            await("the unknown round is not told", () -> status(client).contains(
                "\"unknown_round\":1"));
            await("nothing is stuck", () -> status(client).contains("\"rebuild\":{\"rollbacks\":1,"
                + "\"entries\":0,\"stuck\":1,\"reason\":\"the log begins with sequence "));
            final String held = top(node, "");
            assertTrue(held.contains("rebuilding=true") && held.contains("score=510"), held);
            assertTrue(node.errors().contains("1 rollbacks and 0 entries wait for rounds that the"
                + " journal does not hold any more"), node.errors());
            assertEquals(410, client.send("GET", "/v1/admin/contests/t_back/players/u1/explain",
                null, "").status());
            Files.copy(segment, data.resolve(FIRST_SEGMENT));
            await("the board waits", () -> top(client, "").contains("score=10,"));
            await("something is still stuck", () -> status(client)
                .contains("\"rebuild\":{\"rollbacks\":0,\"entries\":0,\"stuck\":0}"));
            assertEquals(0, node.stop(), node.errors());
        }
    }

    private static String status(NodeClient client) {
        return client.send("GET", "/v1/admin/status", null, "").body();
    }

    private static void await(String otherwise, BooleanSupplier condition) {
        final long deadline = System.nanoTime() + WAIT_NS;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, otherwise);
            LockSupport.parkNanos(LOOK_NS);
        }
    }
}
