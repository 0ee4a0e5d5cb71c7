package io.laurel.gateway.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.gateway.event.EventDecoder;
import io.laurel.gateway.event.EventDraft;
import io.laurel.gateway.event.EventEncoder;
import io.laurel.gateway.json.EventJson.Verdict;
import io.laurel.protocol.wire.GameEventEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;

class EventJsonPropertyTest {
    private static final int ROUNDS = 60_000;
    private static final String[] BITS = {"{", "}", "[", "]", ",", ":", "\"", "\\", "null", "1e9",
        "-", "0", "true", "\\ud800", "\\u0000", "{\"a\":1}", "\"bet\":", "\"id\":\"x\"", "\n"};

    @Test
    void shouldEndInOneVerdictWhateverComes() {
        final long seed = 42;
        final SplittableRandom random = new SplittableRandom(seed);
        final EventJson json = new EventJson();
        final EventDraft draft = new EventDraft();
        final EventEncoder encoder = new EventEncoder();
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final int[] seen = new int[Verdict.values().length];
        for (int i = 0; i < ROUNDS; i++) {
            final byte[] text = mutate(random);
            final int round = i;
            final Verdict verdict = json.read(text, 0, text.length, draft);
            seen[verdict.ordinal()]++;
            if (verdict == Verdict.VALID) {
                final int length = encoder.encode(draft, 0, buffer, 0);
                assertTrue(EventDecoder.decode(buffer, 0, length,
                    GameEventEncoder.BLOCK_LENGTH, GameEventEncoder.SCHEMA_VERSION,
                    new EventDraft()), () -> "seed " + seed + " round " + round);
            } else {
                assertNotNull(json.message(), () -> "seed " + seed + " round " + round);
            }
        }
        assertTrue(Arrays.stream(seen).allMatch(count -> count > ROUNDS / 200),
            () -> "too tame: " + Arrays.toString(seen));
    }

    @Test
    void shouldTakeAGoodEventAfterAnyBadOne() {
        final SplittableRandom random = new SplittableRandom(43);
        final EventJson json = new EventJson();
        final EventDraft draft = new EventDraft();
        final byte[] good = EventJsonTest.SAMPLE.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 2_000; i++) {
            final byte[] text = mutate(random);
            json.read(text, 0, text.length, draft);
            assertEquals(Verdict.VALID, json.read(good, 0, good.length, draft));
            assertEquals(100, draft.betAmountMinor());
        }
    }

    private static byte[] mutate(SplittableRandom random) {
        byte[] text = EventJsonTest.SAMPLE.getBytes(StandardCharsets.UTF_8);
        for (int edits = random.nextInt(1, 4); edits > 0; edits--) {
            final int at = random.nextInt(text.length + 1);
            text = switch (random.nextInt(4)) {
                case 0 -> splice(text, at, at, BITS[random.nextInt(BITS.length)]);
                case 1 -> splice(text, at, Math.min(text.length, at + random.nextInt(8)), "");
                case 2 -> splice(text, at, Math.min(text.length, at + 1),
                    Character.toString(random.nextInt(32, 127)));
                default -> flip(text, random);
            };
        }
        return text;
    }

    private static byte[] flip(byte[] text, SplittableRandom random) {
        final byte[] copy = text.clone();
        if (copy.length > 0) {
            copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return copy;
    }

    private static byte[] splice(byte[] text, int from, int to, String middle) {
        final byte[] insert = middle.getBytes(StandardCharsets.UTF_8);
        final byte[] result = Arrays.copyOf(text, text.length - (to - from) + insert.length);
        System.arraycopy(insert, 0, result, from, insert.length);
        System.arraycopy(text, to, result, from + insert.length, text.length - to);
        return result;
    }
}
