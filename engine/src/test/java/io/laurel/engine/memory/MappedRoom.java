package io.laurel.engine.memory;

import java.util.function.LongConsumer;

/** Room whose mapping is told instead of done. */
public final class MappedRoom extends WrappedRoom {
    private final LongConsumer mapping;

    /**
     * Wraps a room.
     *
     * @param mapping takes how many bytes are mapped
     */
    public MappedRoom(Room room, LongConsumer mapping) {
        super(room);
        this.mapping = mapping;
    }

    /** From the C library. */
    public MappedRoom(long bytes, LongConsumer mapping) {
        this(Room.plain(bytes), mapping);
    }

    @Override
    public void map(long at, long bytes) {
        mapping.accept(bytes);
    }
}
