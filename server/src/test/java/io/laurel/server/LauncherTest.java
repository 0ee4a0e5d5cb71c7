package io.laurel.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a tree of its own, with scripts for java and mvn that repeat what they hear. */
final class LauncherTest {
    private static final Path ROOT = Path.of(System.getProperty("laurel.root"));

    @TempDir
    private Path directory;
    private Path root;
    private Path tools;
    private Path built;

    @BeforeEach
    void layOut() throws IOException {
        root = directory.resolve("a project");
        tools = directory.resolve("tools");
        built = root.resolve("built");
        Files.createDirectories(root.resolve("bin"));
        Files.createDirectories(root.resolve("server/src/main"));
        Files.createDirectories(tools);
        Files.copy(ROOT.resolve("bin/laurel"), root.resolve("bin/laurel"));
        Files.writeString(root.resolve("pom.xml"), "");
        Files.writeString(root.resolve("server/src/main/Main.java"), "");
        java("17.0.1");
        script("mvn", "echo \"$@\" >> '" + built + "'; mkdir -p server/target/lib;"
            + " touch server/target/laurel-server.jar");
    }

    @Test
    void shouldBuildOnceAndPassEverythingOn() throws Exception {
        final Outcome first = run(root.resolve("bin/laurel"), "server", "--data", "a b");
        assertEquals(0, first.exitCode());
        assertTrue(first.out().startsWith("@" + root + "/bin/jvm.options"), first.out());
        assertTrue(first.out().endsWith("io.laurel.server.Main server --data a b"), first.out());
        assertTrue(first.err().contains("building ... done"), first.err());
        final Outcome second = run(root.resolve("bin/laurel"));
        assertEquals("", second.err());
        assertEquals(1, Files.readAllLines(built).size());
    }

    @Test
    void shouldMeasureWithAClassPathOfItsOwn() throws Exception {
        script("mvn", "mkdir -p server/target perf/target/lib; touch perf/target/laurel-perf.jar");
        final Outcome bench = run(root.resolve("bin/laurel"), "bench", "engine");
        assertTrue(bench.out().contains(root + "/perf/target/lib/*"), bench.out());
        assertTrue(bench.out().endsWith("io.laurel.perf.Main bench engine"), bench.out());
    }

    @Test
    void shouldBuildAgainWhenASourceIsNewer() throws Exception {
        run(root.resolve("bin/laurel"));
        Files.setLastModifiedTime(root.resolve("server/src/main/Main.java"),
            FileTime.from(Instant.now().plusSeconds(60)));
        assertTrue(run(root.resolve("bin/laurel")).err().contains("building"));
    }

    @Test
    void shouldFindItsRootThroughLinks() throws Exception {
        final Path link = Files.createSymbolicLink(tools.resolve("second"),
            root.resolve("bin/laurel"));
        final Path farLink = Files.createSymbolicLink(tools.resolve("first"), link.getFileName());
        assertTrue(run(farLink, "--version").out().contains(root + "/server/target/lib/*"));
    }

    @Test
    void shouldSayWhatIsMissing() throws Exception {
        java("11.0.2");
        final Outcome old = run(root.resolve("bin/laurel"));
        assertEquals(127, old.exitCode());
        assertTrue(old.err().contains("version 11: JDK 17 or newer is needed"), old.err());
        java("21.0.2");
        script("mvn", "echo broken source; exit 1");
        final Outcome broken = run(root.resolve("bin/laurel"));
        assertEquals(127, broken.exitCode());
        assertTrue(broken.err().contains("broken source"), broken.err());
        assertFalse(broken.out().contains("Main"));
    }

    @Test
    void shouldUseTheFlagsOfTheBuild() throws IOException {
        final String pom = Files.readString(ROOT.resolve("pom.xml"));
        final String flags = pom.substring(pom.indexOf("<laurel.jvm>") + 12,
            pom.indexOf("</laurel.jvm>"));
        final List<String> options = Files.readAllLines(ROOT.resolve("bin/jvm.options"));
        assertTrue(options.containsAll(List.of(flags.split(" "))), flags);
    }

    @Test
    void shouldNameMethodsToTheCompilerThatThereAre() throws Exception {
        final String begin = "-XX:CompileCommand=dontinline,";
        final List<String> named = Files.readAllLines(ROOT.resolve("bin/jvm.options")).stream()
            .filter(line -> line.startsWith(begin)).map(line -> line.substring(begin.length()))
            .toList();
        assertFalse(named.isEmpty());
        for (final String method : named) {
            final String[] parts = method.split("::");
            assertTrue(Stream.of(Class.forName(parts[0]).getDeclaredMethods())
                .anyMatch(declared -> declared.getName().equals(parts[1])), method);
        }
    }

    private void java(String version) throws IOException {
        script("java", "[ \"$1\" = -version ] && echo 'openjdk version \"" + version
            + "\" 2026-01-01' >&2 && exit; echo \"$@\"");
    }

    private void script(String name, String body) throws IOException {
        final Path file = tools.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private Outcome run(Path launcher, String... arguments) throws Exception {
        final ProcessBuilder builder = new ProcessBuilder();
        builder.command().add(launcher.toString());
        builder.command().addAll(List.of(arguments));
        final Map<String, String> environment = builder.environment();
        environment.put("PATH", tools + ":/usr/bin:/bin");
        environment.keySet().removeAll(List.of("JAVA_HOME", "LAUREL_JAVA_OPTS"));
        final Path out = Files.createTempFile(directory, "out", "");
        final Path err = Files.createTempFile(directory, "err", "");
        final Process process = builder.directory(tools.toFile()).redirectOutput(out.toFile())
            .redirectError(err.toFile()).start();
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        return new Outcome(process.exitValue(), Files.readString(out).strip(),
            Files.readString(err));
    }

    private record Outcome(int exitCode, String out, String err) {
    }
}
