package io.laurel.engine.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every scenario, against the judge. */
final class ScenarioTest {
    /** Returns all scenarios, file by file. */
    static List<Scenario> all() {
        try (Stream<Path> files =
            Files.list(Path.of(ScenarioTest.class.getResource("/scenarios").toURI()))) {
            return files.sorted().flatMap(file -> Scenario.read(file).stream()).toList();
        } catch (final IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @TestFactory
    Stream<DynamicTest> shouldComeOutAsWrittenWhenTheJudgeRunsIt() {
        return all().stream().map(scenario ->
            DynamicTest.dynamicTest(scenario.file() + ": " + scenario.title(), () -> {
                try (ReferenceSubject subject = new ReferenceSubject()) {
                    assertEquals("", String.join("\n", ScenarioRunner.run(scenario, subject,
                        ScenarioDocuments::contest)));
                }
            }));
    }

    @Test
    void shouldHaveManyScenarios() {
        assertTrue(all().size() >= 60, () -> "only " + all().size());
    }

    @Test
    void shouldSayWhichLinesCameOutOtherwise() {
        final Scenario wrong = Scenario.parse("wrong.txt", List.of("=== wrong",
            "18:00 spin u1 id=a bet=100 -> accepted",
            "7 spin u1 id=a bet=100 -> duplicate of a",
            "spin u2 ts=19:00 bet=100 -> accepted",
            "? outcomes local accepted=2",
            "? contest t live",
            "? discarded 0")).get(0);
        try (ReferenceSubject subject = new ReferenceSubject()) {
            final List<String> failures =
                ScenarioRunner.run(wrong, subject, ScenarioDocuments::contest);
            assertEquals(List.of("wrong.txt:3", "wrong.txt:3", "wrong.txt:4", "wrong.txt:5",
                "wrong.txt:6"),
                failures.stream().map(line -> line.substring(0, 11)).toList());
        }
    }
}
