package io.laurel.journal;

import io.laurel.engine.memory.Room;
import io.laurel.engine.memory.WrappedRoom;

/** Room for which Linux is asked for huge pages, and mapped as such. */
final class HugeRoom extends WrappedRoom {
    HugeRoom(Room room) {
        super(room);
        ReadyMemory.askForHugePages(room.address(), room.bytes());
    }

    @Override
    public long grainBytes() {
        return ReadyMemory.STRETCH_BYTES;
    }

    @Override
    public void map(long at, long length) {
        ReadyMemory.populateAll(address() + at, length, ReadyMemory.STRETCH_BYTES);
    }
}
