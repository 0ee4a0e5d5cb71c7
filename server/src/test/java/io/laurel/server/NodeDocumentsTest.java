package io.laurel.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.gateway.http.DocumentParser.Kind;
import org.junit.jupiter.api.Test;

final class NodeDocumentsTest {
    private static String hash(String text) {
        return new NodeDocuments().parse(Kind.PLAYER, "u_1", text, 0).rulesHash();
    }

    @Test
    void shouldHashWhatAPlayersDocumentSaysHoweverItIsWritten() {
        final String hash = hash("kind: player\nid: u_1\nkyc: true\nsegments: [vip]\n");
        assertTrue(hash.matches("[0-9a-f]{64}"), hash);
        assertEquals(hash, hash("{\"segments\": [\"vip\"], \"kyc\": true, \"id\": \"u_1\","
            + " \"kind\": \"player\"}"));
        assertNotEquals(hash, hash("kind: player\nid: u_1\nkyc: false\nsegments: [vip]\n"));
    }
}
