package io.laurel.engine.scenario;

import io.laurel.engine.rules.ContestDefinition;
import io.laurel.engine.rules.Document;
import io.laurel.engine.rules.DocumentKind;
import io.laurel.engine.rules.Documents;
import java.nio.charset.StandardCharsets;

/** Reads the contests that scenarios publish, as an operator's documents are read. */
final class ScenarioDocuments {
    private ScenarioDocuments() {
    }

    static ContestDefinition contest(String yaml, long nowNs) {
        final Document document = Documents.parseOne(yaml.getBytes(StandardCharsets.UTF_8),
            DocumentKind.CONTEST, null, nowNs);
        if (document instanceof Document.ContestDocument contest) {
            return contest.definition();
        }
        throw new IllegalArgumentException("not a contest: " + document.id());
    }
}
