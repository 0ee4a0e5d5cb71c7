package io.laurel.server.cli;

import static io.laurel.server.cli.NodeProcess.laurel;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.laurel.engine.state.State;
import io.laurel.server.cli.NodeProcess.Said;
import io.laurel.server.client.Json;
import io.laurel.server.client.NodeClient;
import io.laurel.server.demo.RoundGenerator;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Data directories of released versions, with what they led to: every later version comes to the
 * same standings from their logs. A release adds its own to the list of values, written by
 * {@code mvn verify -Dtest=GoldenJournalSystemTest -Dlaurel.golden=write}; an older one is never
 * written again.
 */
final class GoldenJournalSystemTest {
    private static final String NEWEST = "0.1.0";
    /** Of the time before: its snapshots are older than what this program lays out. */
    private static final String LAYOUT_3 = "0.1.0-layout-3";
    private static final Path ROOT = Path.of(System.getProperty("laurel.root"));
    private static final List<String> DOCUMENTS =
        List.of("fx_2025_10", "t_october_sprint", "t_october_turnover", "t_october_xwin");
    private static final int EVENTS = 1_200;
    private static final int MOST_BYTES = 200 << 10;
    private static final String EXPECTED = "expected/";
    private static final String LAYOUT = EXPECTED + "layout";
    private static final String PACKED =
        "expected/.*|data/(manifest|journal/epochs|.*\\.cq4|.*\\.snap)";
    private static final String STATE = EXPECTED + "state.json";

    @TempDir
    private Path directory;

    private static String name(String version) {
        return "golden/journal-" + version + ".zip";
    }

    @ParameterizedTest
    @ValueSource(strings = {LAYOUT_3, NEWEST})
    void shouldComeToTheStandingsOfTheReleaseFromItsLog(String version) throws Exception {
        unpack(version);
        final Map<String, Object> expected = Json.object(Files.readString(
            directory.resolve(STATE)));
        final String hint = "not as released; where " + version + " is not yet released, write"
            + " it again with -Dlaurel.golden=write";
        final Map<String, Object> state = Json.object(replay("state"));
        assertEquals(expected.get("sequence"), state.get("sequence"), hint);
        assertEquals(expected.get("time"), state.get("time"), hint);
        assertEquals(expected.get("contests"), state.get("contests"), hint);
        final boolean sameLayout = Files.readString(directory.resolve(LAYOUT))
            .equals(Integer.toString(State.LAYOUT_VERSION));
        if (sameLayout) {
            assertEquals(expected.get("state_root"), state.get("state_root"), hint);
        }
        for (final Map<String, Object> contest : Json.asObjects(expected.get("contests"))) {
            final String id = contest.get("id").toString();
            assertBoard(Files.readString(directory.resolve(EXPECTED + id + ".json")),
                replay("board", id), hint);
        }
        try (NodeProcess node = NodeProcess.start(directory.resolve("data"), "--clock", "event")
            .awaitReady()) {
            assertTrue(node.errors().contains(sameLayout ? "recovered from snapshot"
                : "is older than"), node.errors());
            node.kill();
        }
    }

    private static void assertBoard(String expected, String found, String hint) {
        final List<Map<String, Object>> before = rows(expected);
        final List<Map<String, Object>> now = rows(found);
        assertEquals(before.size(), now.size(), hint);
        for (int i = 0; i < before.size(); i++) {
            // a later version may tell more of a row
            assertTrue(now.get(i).entrySet().containsAll(before.get(i).entrySet()),
                hint + ": " + before.get(i) + " is now " + now.get(i));
        }
    }

    private static List<Map<String, Object>> rows(String board) {
        return Json.asObjects(Json.object(board).get("top"));
    }

    private String replay(String what, String... arguments) {
        final List<String> all = new ArrayList<>(List.of("replay", what));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--data", directory.resolve("data").toString(), "--from-beginning",
            "--json"));
        final Said said = laurel(all.toArray(new String[0]));
        assertEquals(0, said.exitCode(), said.err());
        return said.out();
    }

    private void unpack(String version) throws IOException {
        try (InputStream in =
                 GoldenJournalSystemTest.class.getResourceAsStream("/" + name(version));
            ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                final Path file = directory.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                Files.copy(zip, file);
            }
        }
    }

    /** Two runs of a node, the first one killed, with what operators do in between. */
    @Test
    void shouldWriteTheNewestAnewWhereAsked() throws Exception {
        assumeTrue("write".equals(System.getProperty("laurel.golden")), "nothing is to be written");
        final Path data = directory.resolve("data");
        final List<String> lines = new ArrayList<>();
        new RoundGenerator(7, 60).forEachRemaining(line -> lines.add(line.json()));
        try (NodeProcess node = start(data)) {
            for (final String name : DOCUMENTS) {
                assertEquals(0, laurel("apply", "--admin", node.admin(),
                    ROOT.resolve("server/src/main/resources/demo/" + name + ".yaml").toString())
                    .exitCode());
            }
            send(node, lines.subList(0, EVENTS / 2));
            node.kill();
        }
        try (NodeProcess node = start(data, "-D", "limits.players=5000")) {
            final NodeClient client = new NodeClient(URI.create(node.admin()), null);
            final String user = Json.asObjects(client.send("GET",
                "/v1/leaderboards/t_october_sprint?top=3", null, "").object().get("top"))
                .get(2).get("user").toString();
            assertEquals(202, client.send("POST", "/v1/admin/contests/t_october_sprint/players/"
                + user + "/disqualify", "application/json", "{\"reason\":\"golden\"}").status());
            send(node, lines.subList(EVENTS / 2, EVENTS));
            assertEquals(0, node.stop(), node.errors());
        }
        final String state = replay("state");
        write(EXPECTED + "layout", Integer.toString(State.LAYOUT_VERSION));
        write(STATE, state);
        for (final Map<String, Object> contest
            : Json.asObjects(Json.object(state).get("contests"))) {
            final String id = contest.get("id").toString();
            write(EXPECTED + id + ".json", replay("board", id));
        }
        pack(ROOT.resolve("server/src/test/resources").resolve(name(NEWEST)));
    }

    private static NodeProcess start(Path data, String... more) throws IOException {
        final List<String> all = new ArrayList<>(List.of("--clock", "event", "-D",
            "limits.memory=64MiB"));
        all.addAll(List.of(more));
        return NodeProcess.start(data, all.toArray(new String[0])).awaitReady();
    }

    private void send(NodeProcess node, List<String> lines) throws IOException {
        final Path file = Files.write(directory.resolve("events.jsonl"), lines);
        final Said said = laurel("send", file.toString(), "--to", node.tcpText());
        assertEquals(0, said.exitCode(), said.err());
        Files.delete(file);
    }

    private void write(String name, String text) throws IOException {
        Files.createDirectories(directory.resolve(name).getParent());
        Files.writeString(directory.resolve(name), text);
    }

    private void pack(Path target) throws IOException {
        Files.createDirectories(target.getParent());
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(target));
            Stream<Path> files = Files.walk(directory)) {
            zip.setLevel(Deflater.BEST_COMPRESSION);
            for (final Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                final String entry = directory.relativize(file).toString();
                if (entry.matches(PACKED)) {
                    zip.putNextEntry(new ZipEntry(entry));
                    Files.copy(file, zip);
                    zip.closeEntry();
                }
            }
        }
        assertTrue(Files.size(target) < MOST_BYTES, Files.size(target) + " bytes");
    }
}
