package io.laurel.journal;

import io.laurel.engine.memory.Room;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Room that waits for the next one who needs some when it is closed.
 *
 * @param spare where it waits; where another one does already, it is gone
 */
record KeptRoom(Room room, AtomicReference<Room> spare) implements Room {
    @Override
    public long address() {
        return room.address();
    }

    @Override
    public long bytes() {
        return room.bytes();
    }

    @Override
    public long grainBytes() {
        return room.grainBytes();
    }

    @Override
    public void map(long at, long length) {
        room.map(at, length);
    }

    @Override
    public void close() {
        if (!spare.compareAndSet(null, room)) {
            room.close();
        }
    }
}
