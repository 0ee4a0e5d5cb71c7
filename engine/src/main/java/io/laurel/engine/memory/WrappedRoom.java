package io.laurel.engine.memory;

/** Room around another one, for whoever maps or closes it in another way: passes everything on. */
public abstract class WrappedRoom implements Room {
    private final Room room;

    /** Names the one inside, which is gone with this one. */
    protected WrappedRoom(Room room) {
        this.room = room;
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
        return room.grainBytes();
    }

    @Override
    public void map(long at, long bytes) {
        room.map(at, bytes);
    }

    @Override
    public void close() {
        room.close();
    }
}
