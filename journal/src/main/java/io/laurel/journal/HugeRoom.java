package io.laurel.journal;

import io.laurel.engine.memory.Room;

/** Room for which Linux is asked for huge pages, and mapped as such. */
final class HugeRoom implements Room {
    private final Room room;

    HugeRoom(Room room) {
        this.room = room;
        ReadyMemory.askForHugePages(room.address(), room.bytes());
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
    public long grainBytes() {
        return ReadyMemory.STRETCH_BYTES;
    }

    @Override
    public void map(long at, long length) {
        ReadyMemory.populateAll(address() + at, length, ReadyMemory.STRETCH_BYTES);
    }

    @Override
    public void close() {
        room.close();
    }
}
