package io.laurel.snapshot;

/** Is told what became of images; on the writer's thread. */
public interface SnapshotListener {
    /** A snapshot lies on disk and counts from now on. */
    void onWritten(Snapshot snapshot, long durationNs);

    /**
     * As many good snapshots as are to be kept lie on disk; no start needs anything of the log
     * before this one.
     */
    default void onKept(Snapshot newest, long oldestSequence) {
        // who gives nothing of the log back need not know
    }

    /** There was no memory for an image, or nobody made one; no cut was logged, nothing is lost. */
    void onNoRoom(Throwable cause);

    /** An image could not be written; the log has everything all the same. */
    void onFailed(long sequence, Throwable cause);
}
