package io.laurel.gateway.tcp;

import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * How much TCP may hold of a connection before the gateway reads it. With less than a session's
 * window of usual events TCP closes its own window before the session's is full. Linux would grow
 * the buffer by itself, but late: windows of zero are seen at the beginning. So it is asked for
 * where the system grants it; where it does not, asking would only keep the buffer from growing.
 */
final class ReceiveBuffer {
    /** 8,192 events of 150 bytes, with what the kernel needs to keep them. */
    static final int BYTES = 2 * 1_024 * 1_024;

    private static final Path LIMIT = Path.of("/proc/sys/net/core/rmem_max");

    private ReceiveBuffer() {
    }

    /** Returns the option of a listener, or none. */
    static Map<ChannelOption<Integer>, Integer> option() {
        return option(LIMIT);
    }

    static Map<ChannelOption<Integer>, Integer> option(Path limit) {
        return isGranted(limit) ? Map.of(ChannelOption.SO_RCVBUF, BYTES) : Map.of();
    }

    private static boolean isGranted(Path limit) {
        try {
            return Long.parseLong(Files.readString(limit).strip()) >= BYTES;
        } catch (IOException | NumberFormatException e) {
            // no such limit: not a Linux
            return true;
        }
    }
}
