package io.laurel.engine.memory;

import java.util.function.LongConsumer;

/**
 * Room whose mapping is told instead of done.
 *
 * @param mapping takes how many bytes are mapped
 */
public record MappedRoom(Room room, LongConsumer mapping) implements Room {
    /** From the C library. */
    public MappedRoom(long bytes, LongConsumer mapping) {
        this(Room.plain(bytes), mapping);
    }

    @Override
    public long address() {
        return room.address();
    }

    @Override
    public long bytes() {
        return room.bytes();
    }

    @Override
    public void map(long at, long bytes) {
        mapping.accept(bytes);
    }

    @Override
    public void close() {
        room.close();
    }
}
