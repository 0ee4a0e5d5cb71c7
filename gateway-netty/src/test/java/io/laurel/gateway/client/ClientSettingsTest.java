package io.laurel.gateway.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.laurel.protocol.wire.AckLevel;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class ClientSettingsTest {
    private final ClientSettings usual =
        ClientSettings.of(InetSocketAddress.createUnresolved("node", 9400), null, 7, 1);

    @Test
    void shouldKeepAWindowMoreThanMayBeOnTheWayWhereAcknowledgedIsDurable() {
        assertEquals(16_384, usual.kept());
        assertEquals(128, usual.with(AckLevel.DURABLE, 64).kept());
    }

    @Test
    void shouldKeepAllThatANodeMayLoseWhereAcknowledgedIsAccepted() {
        // three windows of the node ahead of its disk, and one of the client's
        assertEquals(32_768, usual.with(AckLevel.ACCEPTED, 8_192).kept());
        assertEquals(32_768, usual.with(AckLevel.ACCEPTED, 64).kept());
    }
}
