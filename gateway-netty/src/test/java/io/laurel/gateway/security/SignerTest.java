package io.laurel.gateway.security;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class SignerTest {
    private final Signer signer = new Signer();

    private static Key key(String secret) {
        return new Key("k", secret.getBytes(StandardCharsets.UTF_8), Set.of(Key.SEND), Set.of());
    }

    @Test
    void shouldAgreeWithTheTestCaseOfRfc4231() {
        final byte[] data = "what do ya want for nothing?".getBytes(StandardCharsets.UTF_8);
        assertEquals("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
            HexFormat.of().formatHex(signer.sign(key("Jefe"), data)));
    }

    @Test
    void shouldSignThePartsInTheirOrder() {
        final byte[] nonce = filled(1);
        final byte[] block = filled(2);
        final byte[] exporter = filled(3);
        final ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(new byte[] {'L', 'R', 'L', '1', 0x05, 0x01});
        all.writeBytes(nonce);
        all.write(block, 4, 20);
        all.writeBytes(exporter);
        assertArrayEquals(signer.sign(key("secret"), all.toByteArray()),
            signer.sign(key("secret"), 0x0105, nonce, new UnsafeBuffer(block), 4, 20, exporter));
    }

    @Test
    void shouldCompareAllBytes() {
        final byte[] one = filled(7);
        for (int bit = 0; bit < 256; bit++) {
            final byte[] other = one.clone();
            other[bit / 8] ^= (byte) (1 << bit % 8);
            assertFalse(Signer.same(one, other));
        }
        assertTrue(Signer.same(one, one.clone()));
    }

    @Test
    void shouldAnswerAStrangerWhereAKeyIsUnknown() {
        final Keys keys = new Keys(List.of(key("secret")));
        assertEquals("k", keys.findOrStranger("k").id());
        assertNotSame(keys.find("k"), keys.findOrStranger("x"));
        assertFalse(keys.findOrStranger("x").has(Key.SEND));
        assertTrue(Keys.none().isEmpty());
    }

    @Test
    void shouldRefuseKeysThatCannotBeUsed() {
        assertThrows(IllegalArgumentException.class, () -> key(""));
        assertThrows(IllegalArgumentException.class,
            () -> new Key("x".repeat(33), filled(1), Set.of(), Set.of()));
        assertThrows(IllegalArgumentException.class,
            () -> new Keys(List.of(key("a"), key("b"))));
    }

    @Test
    void shouldNotShowTheSecret() {
        assertFalse(key("hidden").toString().contains("hidden"));
    }

    private static byte[] filled(int value) {
        final byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
