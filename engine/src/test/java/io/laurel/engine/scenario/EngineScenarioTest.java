package io.laurel.engine.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every scenario, against the engine. */
final class EngineScenarioTest {
    @TestFactory
    Stream<DynamicTest> shouldComeOutAsWrittenWhenTheEngineRunsIt() {
        return ScenarioTest.all().stream().map(scenario ->
            DynamicTest.dynamicTest(scenario.file() + ": " + scenario.title(), () -> {
                try (EngineSubject subject = new EngineSubject()) {
                    assertEquals("", String.join("\n", ScenarioRunner.run(scenario, subject,
                        ScenarioDocuments::contest)));
                }
            }));
    }
}
