package io.laurel.engine.rules;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class CodecPropertyTest {
    private static final long SEED = 1_000_003L;
    private static final int CASES = 3_000;
    private static final int MARGIN = 5;

    private final Random random = new Random(SEED);
    private final RandomDefinitions definitions = new RandomDefinitions(random);

    private interface Decoder<T> {
        T decode(DirectBuffer buffer, int offset, int length);
    }

    @Test
    void shouldGiveBackEveryContest() {
        check(definitions::contest, ContestDefinitionCodec::encode,
            ContestDefinitionCodec::decode);
    }

    @Test
    void shouldGiveBackEveryMission() {
        check(definitions::mission, MissionDefinitionCodec::encode,
            MissionDefinitionCodec::decode);
    }

    @Test
    void shouldGiveBackEveryTableOfRates() {
        check(definitions::rates, FxTableCodec::encode, FxTableCodec::decode);
    }

    @Test
    void shouldKeepTheFormThatTheLogHolds() {
        final FxTable table = new FxTable("f", "EUR", Map.of("SEK", new FxTable.Rate(871, 4)));
        assertEquals("0100" + "0100000066" + "03000000455552" + "01000000" + "0300000053454b"
            + "6703000000000000" + "04000000",
            HexFormat.of().formatHex(FxTableCodec.encode(table)));
    }

    @Test
    void shouldRefuseAPlaceOutsideTheBuffer() {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[10]);
        for (final int[] place : new int[][] {{-1, 5}, {0, 11}, {8, 3}, {0, -1},
            {Integer.MAX_VALUE, 5}}) {
            assertThrows(IllegalArgumentException.class,
                () -> FxTableCodec.decode(buffer, place[0], place[1]), Arrays.toString(place));
        }
    }

    /** Also spoils each form: what is then still taken must be the one form of what it means. */
    private <T> void check(Supplier<T> source, Function<T, byte[]> encode, Decoder<T> decode) {
        int refused = 0;
        for (int number = 0; number < CASES; number++) {
            final T definition = source.get();
            final byte[] bytes = encode.apply(definition);
            assertEquals(definition, decode(decode, bytes, bytes.length), "seed " + SEED);
            final byte[] spoilt = bytes.clone();
            for (int index = random.nextInt(3); index >= 0; index--) {
                spoilt[random.nextInt(spoilt.length)] =
                    (byte) (random.nextBoolean() ? random.nextInt(4) : random.nextInt());
            }
            final int length = random.nextInt(4) == 0 ? random.nextInt(bytes.length)
                : bytes.length;
            try {
                final byte[] again = encode.apply(decode(decode, spoilt, length));
                assertArrayEquals(Arrays.copyOf(spoilt, length), again, "seed " + SEED);
            } catch (final IllegalArgumentException expected) {
                assertTrue(expected.getMessage().startsWith("canonical form: "),
                    expected.getMessage());
                refused++;
            }
        }
        assertTrue(refused > CASES / 5, "spoilt forms are refused: " + refused);
    }

    private static <T> T decode(Decoder<T> decode, byte[] bytes, int length) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[bytes.length + 2 * MARGIN]);
        buffer.putBytes(MARGIN, bytes);
        return decode.decode(buffer, MARGIN, length);
    }
}
