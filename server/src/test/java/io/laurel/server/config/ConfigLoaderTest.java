package io.laurel.server.config;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.pipeline.AckMode;
import io.laurel.engine.pipeline.Threading;
import io.laurel.engine.pipeline.WaitMode;
import io.laurel.gateway.http.RequestKeys;
import io.laurel.gateway.security.TestCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigLoaderTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    private final List<String> effective = new ArrayList<>();
    private final Map<String, String> ports = new HashMap<>();

    @TempDir
    private Path directory;

    @Test
    void shouldTakeTheDefaults() {
        final LaurelConfig config =
            ConfigLoader.load(null, ConfigTree.empty(), Map.of(), effective::add);
        assertEquals(Path.of("./data"), config.data());
        assertFalse(config.eventClock());
        assertEquals(Threading.SHARED, config.threading());
        assertEquals(WaitMode.BACKOFF, config.waiting());
        assertEquals(new LaurelConfig.JournalPart(AckMode.DURABLE, 256L << 20, 1L << 30,
            false),
            config.journal());
        assertEquals(new LaurelConfig.IntakePart(900_000_000_000L, 60_000_000_000L),
            config.intake());
        assertEquals(new LaurelConfig.LimitsPart(10_000_000, 10_000, 8L << 30), config.limits());
        assertEquals(new LaurelConfig.MemoryPart(0, false), config.memory());
        assertEquals(LaurelConfig.CoresPart.ANY, config.cores().engine());
        assertEquals(9400, config.tcp().address().getPort());
        assertTrue(config.http().address().getAddress().isLoopbackAddress());
        assertTrue(config.keys().isEmpty());
        assertTrue(effective.contains("journal.ack=durable"));
    }

    @Test
    void shouldPutFlagsBeforeTheFileBeforeTheDefaults() throws IOException {
        final ConfigTree flags = ConfigTree.empty();
        flags.put("admin.bind", "127.0.0.1:9999", "-D");
        ports.put("tcp", "0");
        final LaurelConfig config = load("clock: event\ntcp: {bind: '127.0.0.1:9500'}\n"
            + "http: {bind: '[::1]:8888'}\n", flags);
        assertTrue(config.eventClock());
        assertEquals(0, config.tcp().address().getPort());
        assertEquals(8888, config.http().address().getPort());
        assertEquals(9999, config.admin().address().getPort());
        ports.put("tcp", "70000");
        assertMessage("", "--tcp: tcp.bind", "0 to 65535");
    }

    @Test
    void shouldNameTheNearestKeyWhenAKeyIsUnknown() {
        assertMessage("tcp:\n  bind: 127.0.0.1:1\njournal:\n  segmnt: 1MiB\n", "laurel.yaml line 4",
            "unknown key journal.segmnt", "nearest known one is journal.segment");
        assertMessage("keys: [{id: a, secretfile: b}]", "line 1", "unknown key keys.0.secretfile",
            "keys.*.secret_file");
    }

    @Test
    void shouldNameKeyAndLineWhenAValueIsWrong() {
        assertMessage("a: [", "laurel.yaml line 1");
        assertMessage("clock: sundial", "line 1: clock:", "system, event");
        assertMessage("\nwait: often", "line 2: wait:", "backoff");
        assertMessage("intake: {max_skew: 60}", "intake.max_skew", "'60' is not a duration");
        assertMessage("intake: {max_lateness: 8d}", "intake.max_lateness", "7d");
        assertMessage("tcp: {bind: 9400}", "tcp.bind", "127.0.0.1:9400");
        assertMessage("tcp: {bind: 'localhost:70000'}", "tcp.bind", "0 to 65535");
        assertMessage("clock: event\nclock: system", "line 2", "stands twice");
        assertMessage("cores: {engine: first}", "cores.engine", "not the number of a core");
        assertMessage("limits: {players: 0}", "limits.players", "1 or more");
        assertMessage("limits: {memory: 16MiB}\nmemory: {mapped: 17MiB}", "memory.mapped",
            "not be more than limits.memory");
        assertMessage("memory: {huge_pages: none}", "memory.huge_pages",
            "transparent, reserved");
        assertMessage("journal: {segment: 1KiB}", "journal.segment", "1MiB");
        assertMessage("snapshot: {every: [1m]}", "line 1: snapshot.every", "not a list");
        assertMessage("snapshot: {every: 1ms}", "snapshot.every", "100ms or more");
        assertMessage("snapshot: {keep: 0}", "snapshot.keep", "from 1 to 100");
        assertMessage("keys: everybody", "keys", "a list of keys");
    }

    @Test
    void shouldRefuseAPublicAddressWhenThereAreNoKeysOrNoTls() throws IOException {
        assertMessage("tcp: {bind: '0.0.0.0:9400'}", "tcp.bind", "keys are needed");
        final String keys = "keys: [{id: a, secret_file: '" + secretFile("rw-------", SECRET)
            + "', roles: [send]}]\n";
        assertMessage(keys + "tcp: {bind: '0.0.0.0:9400'}", "line 2: tcp.bind", "tcp.tls is needed",
            "insecure: true");
        final LaurelConfig config =
            load(keys + "tcp: {bind: '0.0.0.0:9400'}\ninsecure: true\n", ConfigTree.empty());
        assertTrue(config.tcp().address().getAddress().isAnyLocalAddress());
    }

    @Test
    void shouldReadKeysAndKeepTheirSecretsToItself() throws IOException {
        final Path file = secretFile("r--------", SECRET + "\n");
        final LaurelConfig config = load("keys:\n- id: provider-a\n  secret_file: " + file
            + "\n  roles: [send, admin]\n  brands: [X, Y]\n", ConfigTree.empty());
        final LaurelConfig.Key key = config.keys().get(0);
        assertEquals("provider-a", key.id());
        assertArrayEquals(SECRET.getBytes(), key.secret());
        assertEquals(EnumSet.of(RequestKeys.Role.SEND, RequestKeys.Role.ADMIN), key.roles());
        assertEquals(List.of("X", "Y"), key.brands());
        assertFalse(String.join("\n", effective).contains(SECRET));
        assertFalse(config.toString().contains(SECRET));
    }

    @Test
    void shouldRefuseTagsAnchorsAndAliases() throws IOException {
        assertMessage("clock: event\ndata: !!str ./d", "line 2 column 7", "tag");
        assertMessage("tcp: !!map {bind: '127.0.0.1:0'}", "line 1 column 6", "tag");
        assertMessage("data: &a ./d", "line 1 column 7", "anchors");
        assertMessage("clock: event\ndata: *a", "line 2 column 7", "aliases");
    }

    @Test
    void shouldTakeASecretThatIsNoTextAsItIs() throws IOException {
        final byte[] secret = new byte[32];
        Arrays.fill(secret, (byte) 200);
        secret[31] = '\n';
        final Path file = secretFile("r--------", secret);
        assertArrayEquals(secret, load("keys: [{id: a, roles: [send], secret_file: '" + file
            + "'}]", ConfigTree.empty()).keys().get(0).secret());
    }

    @Test
    void shouldRefuseASecretThatIsShortOrOpen() throws IOException {
        final String open = "keys: [{id: a, roles: [send], secret_file: '"
            + secretFile("rw-r--r--", SECRET) + "'}]";
        assertMessage(open, "keys.0.secret_file", "open to everybody");
        final String tooShort = "keys: [{id: a, roles: [send], secret_file: '"
            + secretFile("rw-------", SECRET.substring(1)) + "'}]";
        assertMessage(tooShort, "keys.0.secret_file", "31 bytes");
        assertMessage("keys: [{id: a, roles: [send]}]", "keys.0.id", "secret_file is missing");
        assertMessage("keys: [{id: local, roles: [send]}]", "keys.0.id", "taken");
    }

    @Test
    void shouldTakeTlsOnEachListenerAndThenAPublicAddress() throws IOException {
        final TestCertificates made = TestCertificates.make(directory, "node", "EC");
        final String files = "certificate_file: '" + made.certificate() + "', key_file: '"
            + made.key() + "'";
        final String keys = "keys: [{id: a, secret_file: '" + secretFile("rw-------", SECRET)
            + "', roles: [send, admin]}]\n";
        final LaurelConfig config = load(keys + "tcp: {bind: '0.0.0.0:9400', tls: {" + files
            + ", protocols: [TLSv1.3], client_ca_file: '" + made.certificate() + "'}}\n"
            + "admin: {tls: {" + files + "}}\n", ConfigTree.empty());
        assertTrue(config.tcp().tls().isServer());
        assertTrue(config.admin().tls().isServer());
        assertNull(config.http().tls());
        assertTrue(effective.contains("tcp.tls.protocols.0=TLSv1.3"));
        assertFalse(effective.contains("tcp.tls.protocols.1=TLSv1.2"), effective.toString());
        assertMessage(keys + "tcp: {tls: {" + files + "}}\nadmin: {bind: '0.0.0.0:1'}",
            "line 3: admin.bind", "admin.tls is needed");
    }

    @Test
    void shouldNameTheKeyAndTheLineOfAFileThatTlsCannotUse() throws IOException {
        final TestCertificates made = TestCertificates.make(directory, "node", "EC");
        final String certificate = "tcp:\n  tls:\n    certificate_file: '" + made.certificate()
            + "'\n";
        assertMessage(certificate, "line 3: tcp.tls.certificate_file",
            "goes with tcp.tls.key_file");
        assertMessage("tcp:\n  tls:\n    key_file: x", "line 3: tcp.tls.key_file",
            "goes with tcp.tls.certificate_file");
        assertMessage(certificate + "    key_file: '" + directory.resolve("none") + "'",
            "line 4: tcp.tls.key_file", "cannot be read");
        assertMessage(certificate + "    key_file: '" + made.certificate() + "'",
            "line 4: tcp.tls.key_file", "open to everybody");
        assertMessage(certificate + "    key_file: '" + secretFile("rw-------", SECRET) + "'",
            "line 4: tcp.tls.key_file", "PKCS#8");
        final String both = certificate + "    key_file: '" + made.key() + "'\n";
        assertMessage(both + "    client_ca_file: '" + made.key() + "'",
            "line 5: tcp.tls.client_ca_file", "no certificate");
        assertMessage(both + "    protocols: [SSLv3]", "line 5: tcp.tls.protocols",
            "TLSv1.3, TLSv1.2");
        assertMessage("http:\n  tls:\n    client_ca_file: x", "line 3: unknown key");
    }

    @Test
    void shouldTakeAListFromOneLayerOnly() throws IOException {
        final String secret = secretFile("rw-------", SECRET).toString();
        final ConfigTree flags = ConfigTree.empty();
        flags.put("tcp.tls.protocols", "TLSv1.2", "-D");
        final LaurelConfig config = load("keys: [{id: a, secret_file: '" + secret
            + "', roles: [send]}]\ntcp: {tls: {protocols: [TLSv1.3, TLSv1.2]}}", flags);
        assertEquals(1, config.keys().size());
        assertTrue(effective.contains("tcp.tls.protocols=TLSv1.2"));
        assertFalse(String.join("\n", effective).contains("tcp.tls.protocols."));
    }

    private Path secretFile(String permissions, String content) throws IOException {
        return secretFile(permissions, content.getBytes());
    }

    private Path secretFile(String permissions, byte[] content) throws IOException {
        final Path file = Files.createTempFile(directory, "secret", ".key");
        Files.write(file, content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private LaurelConfig load(String text, ConfigTree flags) throws IOException {
        final Path file = directory.resolve("laurel.yaml");
        Files.writeString(file, text);
        return ConfigLoader.load(file, flags, ports, effective::add);
    }

    private void assertMessage(String text, String... parts) {
        final String message = assertThrows(ConfigException.class,
            () -> load(text, ConfigTree.empty())).getMessage();
        for (final String part : parts) {
            assertTrue(message.contains(part), message);
        }
        assertFalse(message.contains("\n"), message);
    }
}
