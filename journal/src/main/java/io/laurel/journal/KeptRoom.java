package io.laurel.journal;

import io.laurel.engine.memory.Room;
import io.laurel.engine.memory.WrappedRoom;
import java.util.concurrent.atomic.AtomicReference;

/** Room that waits for the next one who needs some when it is closed. */
final class KeptRoom extends WrappedRoom {
    private final Room room;
    private final AtomicReference<Room> spare;

    /**
     * Names the room.
     *
     * @param spare where it waits; where another one does already, it is gone
     */
    KeptRoom(Room room, AtomicReference<Room> spare) {
        super(room);
        this.room = room;
        this.spare = spare;
    }

    @Override
    public void close() {
        if (!spare.compareAndSet(null, room)) {
            super.close();
        }
    }
}
