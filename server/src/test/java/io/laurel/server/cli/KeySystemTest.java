package io.laurel.server.cli;

import static io.laurel.server.cli.NodeProcess.laurel;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.gateway.security.TestCertificates;
import io.laurel.server.cli.NodeProcess.Said;
import io.laurel.server.client.Json;
import io.laurel.server.demo.RoundGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes with keys and TLS, and the commands that speak to them. */
final class KeySystemTest {
    private static final Path SPRINT = Path.of(System.getProperty("laurel.root"),
        "server/src/main/resources/demo/t_october_sprint.yaml");
    private static final String[] NOBODY = {};

    @TempDir
    private Path directory;
    private Path config;

    @BeforeEach
    void configureKeys() throws IOException {
        final StringBuilder text = new StringBuilder("clock: event\nkeys:\n");
        for (final String key : List.of("ops: [admin]", "provider: [send]",
            "one-brand: [send], brands: [X]", "both: [send, admin]")) {
            final String id = key.substring(0, key.indexOf(':'));
            final Path secret = Files.writeString(directory.resolve(id), id.repeat(32));
            Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("r--------"));
            text.append("- {id: ").append(id).append(", secret_file: '").append(secret)
                .append("', roles").append(key.substring(key.indexOf(':'))).append("}\n");
        }
        config = Files.writeString(directory.resolve("laurel.yaml"), text);
    }

    private NodeProcess start(String more) throws IOException {
        Files.writeString(config, Files.readString(config) + more);
        return NodeProcess.start(directory.resolve("data"), "--config", config.toString());
    }

    private String[] as(String key) {
        return new String[] {"--key", key, "--secret-file", directory.resolve(key).toString()};
    }

    private static Said run(String[] key, String... command) {
        final List<String> all = new ArrayList<>(Arrays.asList(command));
        all.addAll(Arrays.asList(key));
        return laurel(all.toArray(String[]::new));
    }

    private String rounds(int players) throws IOException {
        final List<String> lines = new ArrayList<>();
        new RoundGenerator(11, players).forEachRemaining(line -> lines.add(lines.size() % 3 > 0
            ? line.json() : line.json().replace("\"brand\":\"X\"", "\"brand\":\"Y\"")));
        return Files.write(directory.resolve("rounds.jsonl"), lines).toString();
    }

    @Test
    void shouldLetEachKeyDoWhatItsRolesAndBrandsSay() throws Exception {
        try (NodeProcess node = start("").awaitReady()) {
            final String file = rounds(10);
            for (final String[] key : List.of(NOBODY, as("provider"))) {
                final Said refused = run(key, "apply", "--admin", node.admin(), SPRINT.toString());
                assertEquals(65, refused.exitCode(), refused.err());
                assertTrue(refused.err().contains(key.length == 0 ? "unauthorized" : "forbidden"),
                    refused.err());
            }
            assertOk(run(as("ops"), "apply", "--admin", node.admin(), SPRINT.toString()));
            for (final String[] key : List.of(NOBODY, as("ops"))) {
                final Said refused = run(key, "send", file, "--to", node.tcpText());
                assertEquals(69, refused.exitCode(), refused.err());
                assertTrue(refused.err().contains("BAD_CREDENTIALS"), refused.err());
            }
            final Map<String, Object> restricted =
                report(run(as("one-brand"), "send", file, "--to", node.tcpText()));
            assertEquals(Files.readAllLines(Path.of(file)).stream()
                .filter(line -> line.contains("\"brand\":\"Y\"")).count() + "",
                Json.asObject(restricted.get("refused")).get("forbidden").toString());
            assertFalse(restricted.get("accepted").toString().equals("0"), "those of brand X");
            report(run(as("provider"), "send", file, "--to", node.tcpText()));
            assertOk(run(as("ops"), "time", "advance", "2025-10-25T20:00:00Z", "--admin",
                node.admin()));
            assertOk(run(as("both"), "board", "t_october_sprint", "--http", node.admin()));
            assertOk(run(NOBODY, "board", "t_october_sprint", "--http", node.http()));
            assertEquals(65, run(as("provider"), "board", "t_october_sprint", "--http",
                node.admin()).exitCode());
            assertEquals(0, node.stop(), node.errors());
            assertNoSecret(node);
        }
        final String dump = laurel("replay", "dump", "--data",
            directory.resolve("data").toString(), "--format", "jsonl").out();
        assertTrue(dump.lines().anyMatch(line -> line.contains("\"PublishContest\"")
            && line.contains("\"actor\":\"ops\"")), dump.substring(0, 2_000));
    }

    @Test
    void shouldSpeakTlsOnAPublicAddressAndAskOperatorsForCertificates() throws Exception {
        final TestCertificates own = TestCertificates.make(directory, "node", "EC");
        final TestCertificates operator = TestCertificates.make(directory, "operator", "RSA");
        final String tls = "  tls:\n    certificate_file: '" + own.certificate()
            + "'\n    key_file: '" + own.key() + "'\n";
        final String ca = "    client_ca_file: '" + operator.certificate() + "'\n";
        try (NodeProcess node = start("tcp:\n  bind: 0.0.0.0:0\n" + tls + "http:\n"
            + "  bind: 0.0.0.0:0\n" + tls + "admin:\n  bind: 0.0.0.0:0\n" + tls + ca)
            .awaitReady()) {
            final String admin = secured(node.admin());
            final String[] trust = {"--ca", own.certificate().toString()};
            final String[] shown = {"--ca", own.certificate().toString(), "--cert",
                operator.certificate().toString(), "--cert-key", operator.key().toString()};
            final Said unknown = run(both(as("ops"), trust), "apply", "--admin", admin,
                SPRINT.toString());
            assertEquals(69, unknown.exitCode(), unknown.err());
            assertOk(run(both(as("ops"), shown), "apply", "--admin", admin, SPRINT.toString()));
            final String tcp = node.tcpText().replace("0.0.0.0", "127.0.0.1");
            report(run(both(as("provider"), trust), "send", rounds(10), "--to", tcp));
            assertOk(run(trust, "board", "t_october_sprint", "--http", secured(node.http())));
            assertOk(run(both(as("ops"), shown), "time", "advance", "2025-10-25T20:00:00Z",
                "--admin", admin));
            assertEquals(69, run(NOBODY, "board", "t_october_sprint", "--http",
                secured(node.http())).exitCode(), "nobody vouches for the node");
            assertEquals(69, run(NOBODY, "board", "t_october_sprint", "--http",
                node.http().replace("0.0.0.0", "127.0.0.1")).exitCode(), "no TLS");
            final Said untrusted = run(as("provider"), "send", rounds(1), "--tls", "--to", tcp);
            assertEquals(69, untrusted.exitCode());
            assertTrue(untrusted.err().contains("TLS: "), untrusted.err());
            assertEquals(0, node.stop(), node.errors());
        }
    }

    @Test
    void shouldRefuseToStartOnAPublicAddressWithoutTls() throws Exception {
        try (NodeProcess node = start("http: {bind: '0.0.0.0:0'}\n")) {
            assertEquals(78, node.awaitExit());
            assertTrue(node.errors().matches("(?s).*laurel.yaml line [0-9]+: http.bind: .*")
                && node.errors().contains("http.tls is needed"), node.errors());
            assertEquals("", node.output());
        }
    }

    private static String secured(String url) {
        return url.replace("http://0.0.0.0", "https://127.0.0.1");
    }

    private static String[] both(String[] some, String[] more) {
        final List<String> all = new ArrayList<>(Arrays.asList(some));
        all.addAll(Arrays.asList(more));
        return all.toArray(String[]::new);
    }

    private static void assertOk(Said said) {
        assertEquals(0, said.exitCode(), said.err());
    }

    private static Map<String, Object> report(Said said) {
        assertOk(said);
        return Json.object(said.lastLine());
    }

    private void assertNoSecret(NodeProcess node) throws IOException {
        for (final String id : List.of("ops", "provider")) {
            assertFalse((node.errors() + node.output()).contains(id.repeat(32)));
        }
    }
}
