package io.laurel.server.demo;

import io.laurel.engine.recovery.Progress;
import io.laurel.replay.CommandFailure;
import io.laurel.replay.ExitCode;
import io.laurel.server.FailStopExit;
import io.laurel.server.LaurelServer;
import io.laurel.server.StartOrder;
import io.laurel.server.client.NodeClient;
import io.laurel.server.config.ConfigLoader;
import io.laurel.server.config.ConfigTree;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The node of the demonstration, with its documents. */
final class DemoNode implements AutoCloseable {
    /** Contests of the demonstration, the one that is shown first. */
    static final List<String> CONTESTS =
        List.of("t_october_sprint", "t_october_turnover", "t_october_xwin");

    private static final String FX = "fx_2025_10";
    private static final Map<String, Integer> PORTS =
        Map.of("tcp", 9400, "http", 8080, "admin", 8081);

    private final LaurelServer server;
    private final NodeClient admin;

    /** Starts the node in a directory, on the usual ports or, where one is taken, on free ones. */
    DemoNode(Path data) {
        final ConfigTree flags = ConfigTree.empty();
        flags.put("data", data.toString(), "--data");
        flags.put("clock", "event", "demo");
        flags.put("limits.memory", "2GiB", "demo");
        flags.put("journal.segment", "64MiB", "demo");
        flags.put("journal.low_space", "128MiB", "demo");
        final boolean free = PORTS.values().stream().allMatch(DemoNode::isFree);
        server = LaurelServer.start(ConfigLoader.load(null, flags,
            free ? Map.of() : Map.of("tcp", "0", "http", "0", "admin", "0"), line -> { }),
            StartOrder.NONE, Progress.NONE, new FailStopExit());
        admin = new NodeClient(url(server.adminAddress()), null);
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /** Publishes rates and contests. */
    void publish() {
        put("fx", FX);
        CONTESTS.forEach(contest -> put("contests", contest));
    }

    private void put(String route, String id) {
        try (InputStream in = DemoNode.class.getResourceAsStream("/demo/" + id + ".yaml")) {
            check(id, admin.send("PUT", "/v1/admin/" + route + "/" + id, "application/yaml",
                new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.BAD_DOCUMENT, id + ": " + e.getMessage(), e);
        }
    }

    /** Moves event time forward. */
    void advance(String timestamp) {
        check("time", admin.send("POST", "/v1/admin/time", "application/json",
            "{\"advance_to\":\"" + timestamp + "\"}"));
    }

    /** Asks for something; full player ids are shown. */
    Map<String, Object> get(String target) {
        final NodeClient.Answer answer = admin.send("GET", target, null, "");
        check(target, answer);
        return answer.object();
    }

    private static void check(String what, NodeClient.Answer answer) {
        if (!answer.isOk()) {
            throw new CommandFailure(ExitCode.UNREACHABLE, what + ": " + answer.problem());
        }
    }

    InetSocketAddress tcpAddress() {
        return server.tcpAddress();
    }

    /** Returns where players read. */
    URI httpUrl() {
        return url(server.httpAddress());
    }

    /** Returns where operators work. */
    URI adminUrl() {
        return url(server.adminAddress());
    }

    private static URI url(InetSocketAddress address) {
        return URI.create("http://" + address.getAddress().getHostAddress() + ":"
            + address.getPort());
    }

    @Override
    public void close() {
        server.close();
    }
}
