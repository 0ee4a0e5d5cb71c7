package io.laurel.gateway.tcp;

import io.netty.buffer.ByteBuf;
import org.agrona.concurrent.UnsafeBuffer;

/** Lays a flyweight over the memory of a Netty buffer. */
final class Views {
    private Views() {
    }

    /** Lets the view cover {@code length} bytes from {@code index} on; valid while both live. */
    static void wrap(UnsafeBuffer view, ByteBuf buffer, int index, int length) {
        if (buffer.hasMemoryAddress()) {
            view.wrap(buffer.memoryAddress() + index, length);
        } else if (buffer.hasArray()) {
            view.wrap(buffer.array(), buffer.arrayOffset() + index, length);
        } else {
            view.wrap(buffer.nioBuffer(index, length));
        }
    }
}
