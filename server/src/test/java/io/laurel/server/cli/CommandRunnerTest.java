package io.laurel.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.laurel.gateway.http.RequestSignatures;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The clients against a listener that plays the node. */
final class CommandRunnerTest {
    private final List<String> requests = new ArrayList<>();
    private final List<String> signatures = new ArrayList<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;
    private HttpServer node;
    private String url;
    private int status = 200;
    private String answer = "{}";

    @BeforeEach
    void listen() throws IOException {
        node = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        node.createContext("/", this::answer);
        node.start();
        url = "http://127.0.0.1:" + node.getAddress().getPort();
    }

    @AfterEach
    void close() {
        node.stop(0);
    }

    @Test
    void shouldPublishEachDocumentOnItsRoute() throws IOException {
        answer = "{\"id\":\"x\",\"version\":3,\"rules_hash\":\"ab\"}";
        final String file = file("id: c_1\n---\nkind: fx\nid: fx_1\n---\nkind: player\nid: u 1\n");
        assertEquals(0, run("apply", "--admin", url, file));
        assertEquals(List.of("PUT /v1/admin/contests/c_1 id: c_1\n",
            "PUT /v1/admin/fx/fx_1 ---\nkind: fx\nid: fx_1\n",
            "PUT /v1/admin/players/u%201 ---\nkind: player\nid: u 1\n"), requests);
        assertTrue(out.toString().startsWith("c_1 published version=3 rules_hash=ab\n"),
            out.toString());
        assertEquals(0, run("apply", "--admin", url, "--dry-run", file));
        assertEquals("PUT /v1/admin/contests/c_1?dry_run=true id: c_1\n", requests.get(3));
        assertEquals(0, run("apply", "--admin", url, "--reason", "new year & all", file));
        assertEquals("PUT /v1/admin/contests/c_1?reason=new%20year%20%26%20all id: c_1\n",
            requests.get(6));
    }

    @Test
    void shouldNameFieldAndPlaceInTheFileWhenADocumentIsRefused() throws IOException {
        status = 422;
        answer = "{\"code\":\"invalid\",\"detail\":\"unknown key\",\"field\":\"scoring.x\","
            + "\"line\":2,\"column\":7}";
        assertEquals(65, run("apply", "--admin", url, file("id: a\n---\nid: c_1\nx: 1\n")));
        assertTrue(err.toString().contains(
            "line 3 column 7: scoring.x: c_1: invalid: unknown key"), err.toString());
    }

    @Test
    void shouldSignWhenAKeyIsGiven() throws IOException {
        final Path secret = directory.resolve("key");
        Files.writeString(secret, "0123456789abcdef0123456789abcdef");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        assertEquals(0, run("apply", "--admin", url, "--key", "ops", "--secret-file",
            secret.toString(), file("id: a\n")));
        assertTrue(signatures.get(0).matches(
            "kid=ops, t=[0-9]+, n=[0-9a-f]{32}, v1=[0-9a-f]{64}"), signatures.get(0));
        assertEquals(64, run("apply", "--key", "ops", file("id: a\n")));
    }

    @Test
    void shouldShowABoardAsATable() {
        answer = "{\"contest\":\"c\",\"status\":\"live\",\"sequence\":9,\"entries\":2,\"top\":["
            + "{\"pos\":1,\"user\":\"u_1\",\"score\":1200,\"multiplier\":50.0,\"rounds\":31},"
            + "{\"pos\":2,\"user\":\"u_22\",\"score\":-5,\"multiplier\":1.5,\"rounds\":2}],"
            + "\"me\":{\"pos\":2,\"user\":\"u_22\",\"score\":-5,\"multiplier\":1.5,\"rounds\":2,"
            + "\"delta\":-5,\"to_next\":1205}}";
        assertEquals(0, run("board", "c", "--http", url, "--me", "u_22", "--top", "3"));
        assertEquals(List.of("GET /v1/leaderboards/c?top=3&me=u_22 "), requests);
        assertTrue(out.toString().startsWith("c  live  entries=2  sequence=9\n"
            + "pos  user  score  multiplier  rounds\n"
            + "  1  u_1    1200        50.0      31\n"
            + "  2  u_22     -5         1.5       2\n"), out.toString());
        assertTrue(out.toString().contains("u_22: place 2 of 2, last change -5"), out.toString());
        out.getBuffer().setLength(0);
        assertEquals(0, run("board", "c", "--http", url, "--json"));
        assertEquals(answer, out.toString().strip());
    }

    @Test
    void shouldAdvanceTime() {
        status = 202;
        assertEquals(0, run("time", "advance", "2025-10-25T19:00:30Z", "--admin", url));
        assertEquals(List.of("POST /v1/admin/time {\"advance_to\":\"2025-10-25T19:00:30Z\"}"),
            requests);
        assertEquals(0, run("time", "advance", "2025-10-25T19:00:30Z", "--admin", url,
            "--reason", "a \"test\""));
        assertEquals("POST /v1/admin/time {\"advance_to\":\"2025-10-25T19:00:30Z\","
            + "\"reason\":\"a \\\"test\\\"\"}", requests.get(1));
        answer = "{\"advanced_to\":\"2025-12-01T00:00:00Z\",\"sequence\":9}";
        assertEquals(0, run("time", "advance", "2020-01-01T00:00Z", "--admin", url));
        assertTrue(out.toString().endsWith("advanced to 2025-12-01T00:00:00Z\n"), out.toString());
        assertEquals(64, run("time", "advance", "tomorrow", "--admin", url));
    }

    @Test
    void shouldEndWithACodeAndOneLineWhenSomethingIsWrong() throws IOException {
        assertEquals(64, run("apply"));
        assertEquals(64, run("dance"));
        assertEquals(64, run("board", "c", "--around", "2"));
        assertEquals(64, run("board", "c", "--http", "nowhere"));
        assertEquals(64, run("server", "--clock", "sundial"));
        assertTrue(err.toString().endsWith("laurel server: --clock: clock: 'sundial' is none of"
            + " system, event (see laurel server --help)\n"), err.toString());
        assertEquals(64, run("server", "-D", "journal.ack=perhaps"));
        assertEquals(64, run("server", "-D", "journal.acks=durable"));
        assertEquals(64, run("server", "--tcp", "70000"));
        assertEquals(64, run("board", "c", "--key", "ops", "--secret-file", "none"));
        assertEquals(64, run("send", "-", "--rate", "-1"));
        assertEquals(78, run("server", "--config", file("clock: sundial\n")));
        assertEquals(65, run("apply", directory.resolve("none.yaml").toString()));
        assertTrue(err.toString().contains("cannot be read: there is no such file"),
            err.toString());
        node.stop(0);
        assertEquals(69, run("board", "c", "--http", url));
        assertTrue(err.toString().contains("cannot connect"), err.toString());
        assertEquals(13, err.toString().lines().count(), err.toString());
    }

    @Test
    void shouldSoonGiveUpANodeThatIsNotThere() throws IOException {
        final long startNs = System.nanoTime();
        assertEquals(69, run("send", file("{}"), "--to", "127.0.0.1:1"));
        assertTrue(System.nanoTime() - startNs < 4_000_000_000L, "it took too long");
        assertEquals("laurel send: 127.0.0.1:1: no session with /127.0.0.1:1: Connection refused\n",
            err.toString());
    }

    @Test
    void shouldHelpEverywhere() {
        final CommandLine root = CommandRunner.commandLine();
        final List<CommandLine> open = new ArrayList<>(List.of(root));
        while (!open.isEmpty()) {
            final CommandLine command = open.remove(0);
            open.addAll(command.getSubcommands().values());
            final String[] name = command.getCommandSpec().qualifiedName().split(" ");
            final List<String> arguments = new ArrayList<>(List.of(name).subList(1, name.length));
            out.getBuffer().setLength(0);
            assertEquals(0, run(with(arguments, "--help")));
            assertTrue(out.toString().startsWith("Usage: "
                + command.getCommandSpec().qualifiedName()), out.toString());
            assertEquals(0, run(with(arguments, "--version")));
            assertTrue(out.toString().contains("laurel 0."), out.toString());
        }
    }

    @Test
    void shouldEndQuietlyWhenNobodyReadsOnAndSayWhenTheDiskIsFull() {
        assertEquals(0, printInto(true));
        assertEquals("", err.toString());
        assertEquals(70, printInto(false));
        assertEquals("laurel: standard output: No space left on device\n", err.toString());
    }

    private int printInto(boolean read) {
        final OutputStream full = new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        return CommandRunner.run(CommandRunner.commandLine().setErr(new PrintWriter(err, true)),
            StandardOutput.writer(new StandardOutput(full, read)), "--help");
    }

    private static String[] with(List<String> arguments, String last) {
        final List<String> all = new ArrayList<>(arguments);
        all.add(last);
        return all.toArray(new String[0]);
    }

    private int run(String... arguments) {
        return CommandRunner.commandLine().setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true)).execute(arguments);
    }

    private String file(String content) throws IOException {
        final Path file = Files.createTempFile(directory, "documents", ".yaml");
        Files.writeString(file, content);
        return file.toString();
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
            + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        signatures.add(exchange.getRequestHeaders().getFirst(RequestSignatures.HEADER));
        final byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
