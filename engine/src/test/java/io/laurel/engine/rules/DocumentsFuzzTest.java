package io.laurel.engine.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.laurel.engine.rules.Document.ContestDocument;
import io.laurel.engine.rules.Document.FxDocument;
import io.laurel.engine.rules.Document.MissionDocument;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Spoils documents that are right: either they stay right or the error is a clean one. */
class DocumentsFuzzTest {
    private static final long SEED = 8_675_309L;
    private static final int CASES = 10_000;
    private static final List<String> FILES =
        List.of("t_october_sprint", "everything", "m_halloween", "several");
    private static final String[] PIECES = {"{", "}", "[", "]", ":", ": ", ",", "-", "- ", "\n",
        "\n  ", "\"", "'", "#", " #", "|", ">", "&a ", "*a", "!!int ", "? ", "---\n", "...\n", "%",
        "0", "-1", "1e9", "99999999999999999999", "0.00000000001", "null", "~", "true", "\t", "\r",
        "\\", "\\u0000", "\ufeff", "\u0000", "\u2028", "\ud83c\udfb0", "id: x\n", "PT1H", "2025",
        "FREQ=HOURLY;", "COUNT=1;", "(", "min(", "*", "win.base", "if(1,2,3)", "{a: ["};

    private final Random random = new Random(SEED);

    @Test
    void shouldTakeOrRefuseWhateverItIsGiven() {
        int taken = 0;
        for (int number = 0; number < CASES; number++) {
            final String file = FILES.get(random.nextInt(FILES.size()));
            final byte[] spoilt = spoil(DocumentFiles.text(file));
            try {
                for (final Document document : Documents.parse(spoilt, DocumentFiles.NOW_NS)) {
                    checkForm(document);
                }
                taken++;
            } catch (final DocumentException error) {
                assertNotNull(error.getMessage());
                assertTrue(error.line() >= 0 && error.column() >= 0, error.getMessage());
                assertTrue(error.getMessage().length() < 2_000, error.getMessage());
            } catch (final RuntimeException error) {
                fail("seed " + SEED + ", case " + number + ":\n"
                    + new String(spoilt, StandardCharsets.UTF_8), error);
            }
        }
        assertTrue(taken > CASES / 100 && taken < CASES / 2, "both happen: " + taken);
    }

    private static void checkForm(Document document) {
        if (document instanceof ContestDocument contest) {
            final byte[] bytes = ContestDefinitionCodec.encode(contest.definition());
            assertEquals(contest.definition(),
                ContestDefinitionCodec.decode(new UnsafeBuffer(bytes), 0, bytes.length));
        } else if (document instanceof MissionDocument mission) {
            final byte[] bytes = MissionDefinitionCodec.encode(mission.definition());
            assertEquals(mission.definition(),
                MissionDefinitionCodec.decode(new UnsafeBuffer(bytes), 0, bytes.length));
        } else if (document instanceof FxDocument rates) {
            final byte[] bytes = FxTableCodec.encode(rates.table());
            assertEquals(rates.table(),
                FxTableCodec.decode(new UnsafeBuffer(bytes), 0, bytes.length));
        }
    }

    private byte[] spoil(String document) {
        final StringBuilder text = new StringBuilder(document);
        for (int index = random.nextInt(3); index >= 0; index--) {
            final int at = random.nextInt(text.length());
            final int end = Math.min(text.length(), at + random.nextInt(12));
            switch (random.nextInt(5)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.delete(at, end);
                case 2 -> text.insert(at, text.substring(at, end));
                case 3 -> text.setCharAt(at, (char) random.nextInt(0x180));
                default -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
            }
        }
        final byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(10) == 0 && bytes.length > 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
    }
}
