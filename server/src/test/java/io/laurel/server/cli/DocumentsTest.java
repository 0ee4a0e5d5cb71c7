package io.laurel.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.replay.CommandFailure;
import io.laurel.replay.ExitCode;
import io.laurel.server.cli.Documents.Document;
import io.laurel.server.cli.Documents.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DocumentsTest {
    @Test
    void shouldCutAFileAndTellTheKinds() {
        final List<Document> documents = Documents.split("f.yaml", "# first\n---\nid: c_1\na: 1\n"
            + "---\nmission_id: m_1\n--- # a player\nkind: player\nid: u_1\n---\n"
            + "{\"kind\": \"fx\", \"id\": \"fx_1\"}\n---\n");
        assertEquals(List.of(Kind.CONTEST, Kind.MISSION, Kind.PLAYER, Kind.FX),
            documents.stream().map(Document::kind).toList());
        assertEquals(List.of("c_1", "m_1", "u_1", "fx_1"),
            documents.stream().map(Document::id).toList());
        assertEquals(List.of(1, 4, 6, 9),
            documents.stream().map(Document::linesBefore).toList());
        assertEquals("application/yaml", documents.get(0).contentType());
        assertEquals("application/json", documents.get(3).contentType());
        assertEquals("   \nid: c_1\na: 1\n", documents.get(0).text());
    }

    @Test
    void shouldNameThePlaceInTheFileWhenADocumentIsBroken() {
        assertFailure("id: a\n---\nid: b\nx: [1\n", "f.yaml: line 5");
        assertFailure("--- {id: a, b}}\n", "f.yaml: line 1 column 15");
        assertFailure("- 1\n", "line 1");
        assertFailure("id: a\n---\nname: b\n", "line 3: id: is missing");
        assertFailure("# nothing\n", "no document");
    }

    private static void assertFailure(String content, String part) {
        final CommandFailure failure = assertThrows(CommandFailure.class,
            () -> Documents.split("f.yaml", content));
        assertEquals(ExitCode.BAD_DOCUMENT, failure.exitCode());
        assertTrue(failure.getMessage().contains(part), failure.getMessage());
    }
}
