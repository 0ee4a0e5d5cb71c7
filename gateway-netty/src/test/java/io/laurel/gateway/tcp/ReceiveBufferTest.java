package io.laurel.gateway.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiveBufferTest {
    private static final Map<ChannelOption<Integer>, Integer> ASKED =
        Map.of(ChannelOption.SO_RCVBUF, ReceiveBuffer.BYTES);

    @TempDir
    private Path directory;

    private Path limit(String text) throws IOException {
        return Files.writeString(directory.resolve("rmem_max"), text);
    }

    @Test
    void shouldLeaveTheBufferToTheSystemWhereItWouldBeCut() throws IOException {
        assertEquals(Map.of(), ReceiveBuffer.option(limit("212992\n")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2097152\n", "4194304\n", "99999999999\n", "unlimited\n"})
    void shouldAskWhereTheSystemGrantsIt(String text) throws IOException {
        assertEquals(ASKED, ReceiveBuffer.option(limit(text)));
    }

    @Test
    void shouldAskWhereThereIsNoSuchLimit() {
        assertEquals(ASKED, ReceiveBuffer.option(directory.resolve("none")));
    }
}
