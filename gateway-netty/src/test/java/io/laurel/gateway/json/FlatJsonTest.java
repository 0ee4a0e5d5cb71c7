package io.laurel.gateway.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlatJsonTest {
    private static FlatJson.Result read(String text) {
        return FlatJson.read(text.getBytes(StandardCharsets.UTF_8), Set.of("reason"));
    }

    @Test
    void shouldReadFieldsAndTakeNothingAsNothing() {
        assertEquals(Map.of("reason", "a b"), read("{\"reason\":\"a b\"}").fields());
        assertEquals(Map.of(), read("").fields());
        assertEquals(Map.of(), read("{}").fields());
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '\'', value = {"'{\"x\":\"1\"}', x",
        "'{\"reason\":1}', reason", "'{\"reason\":{\"reason\":\"\"}}', reason",
        "'{\"reason\":\"a\",\"reason\":\"b\"}', reason"})
    void shouldNameTheFieldThatIsWrong(String text, String field) {
        assertEquals(field, read(text).field());
    }

    @Test
    void shouldNotFollowWhatIsNestedDeeperThanSixteen() {
        assertEquals("x", read("{\"x\":" + "[".repeat(15) + "]".repeat(15) + "}").field());
        assertEquals(true, read("{\"x\":" + "[".repeat(16) + "]".repeat(16) + "}").malformed());
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '\'', value = {"'[]'", "'{'", "'{\"reason\":\"a\"} x'", "'1'"})
    void shouldCallMalformedWhatIsNoObject(String text) {
        assertEquals(true, read(text).malformed());
    }
}
