package io.laurel.engine.contest;

import io.laurel.engine.memory.Allocator;
import io.laurel.engine.memory.Pages;
import io.laurel.engine.state.Slot;
import io.laurel.engine.state.State;
import io.laurel.engine.state.Store;

/**
 * Work on whole boards that would be too much for one command: done a slice per command, in the
 * order in which it was asked for, and kept in the state like everything else. All boards of one
 * command share one slice; what still fits into it is done at once.
 *
 * <pre>
 * in the contest's record (24 B): 0 jobs u32 · 4 next contest in the queue u32
 *   8 hashed entries i64 · 16 hashes of slices u32 · 20 bytes of them i32
 * </pre>
 */
final class BoardJobs {
    /** Entries that one command touches at most. */
    static final int SLICE = 4_096;

    /** Bit of the job that hashes the main board. */
    static final int HASH = 1;
    /** Bit of the job that lets the trees catch up after a freeze. */
    static final int THAW = 2;

    private static final int JOBS = 0;
    private static final int NEXT = 4;
    private static final int HASHED = 8;
    private static final int HASHES = 16;
    private static final int HASHES_BYTES = 20;

    private final State state;
    private final Pages pages;
    private final Allocator allocator;
    private final Contests contests;
    private final Boards boards;
    private final BoardDigest digest;
    private final Catalogue catalogue;
    private final Participants participants;
    private Listener listener;
    private int left = SLICE;

    BoardJobs(State state, Contests contests, Boards boards, BoardDigest digest,
        Catalogue catalogue, Participants participants) {
        this.state = state;
        this.contests = contests;
        this.boards = boards;
        this.digest = digest;
        this.catalogue = catalogue;
        this.participants = participants;
        pages = state.pages();
        allocator = state.allocator();
    }

    /** Names who goes on when a job is done. */
    void setListener(Listener listener) {
        this.listener = listener;
    }

    /** Returns whether a job waits. */
    boolean pending() {
        return state.get(Slot.JOBS) != 0;
    }

    /** Returns whether a contest waits for a job. */
    boolean pending(int contest, int job) {
        return (jobs(contest) & job) != 0;
    }

    /** Hashes the main board of a contest, anew where that was under way. */
    void hash(int contest) {
        dropHashes(contest);
        pages.putLong(contests.jobsAt(contest) + HASHED, 0);
        contests.setBoardHash(contest, new byte[Contests.HASH_BYTES]);
        final long size = boards.size(contests.mainBoard(contest));
        final long slices = (size + SLICE - 1) / SLICE;
        if (slices > 1) {
            final int bytes = (int) slices * Contests.HASH_BYTES;
            setHashes(contest, allocator.allocate(Store.CONTESTS.id(), bytes), bytes);
        }
        start(contest, HASH);
        if (slices <= 1 && costOfHash(contest) <= left) {
            hashSlice(contest);
        }
    }

    /** An empty board is work too. */
    private int costOfHash(int contest) {
        final long size = boards.size(contests.mainBoard(contest));
        final long hashed = pages.getLong(contests.jobsAt(contest) + HASHED);
        return (int) Math.max(1, Math.min(SLICE, size - hashed));
    }

    /** Calls off the hash of a board that will be another one, or of no use. */
    void dropHash(int contest) {
        dropHashes(contest);
        setJobs(contest, jobs(contest) & ~HASH);
    }

    /** Lets the trees of a contest catch up. */
    void thaw(int contest) {
        start(contest, THAW);
        thawSlice(contest);
    }

    /** Uses up what a command has left of its slice for the oldest jobs; ends every command. */
    void runSlice() {
        int contest = (int) state.get(Slot.JOBS);
        while (contest != 0 && left > 0) {
            // what was done at once, or called off, has left its contest in the queue
            if (pending(contest, THAW)) {
                thawSlice(contest);
            } else if (pending(contest, HASH)) {
                if (costOfHash(contest) > left) {
                    break;
                }
                hashSlice(contest);
            }
            if (jobs(contest) == 0) {
                contest = takeFirst(contest);
            }
        }
        left = SLICE;
    }

    private int takeFirst(int contest) {
        final int next = pages.getInt(contests.jobsAt(contest) + NEXT);
        state.set(Slot.JOBS, next);
        pages.putInt(contests.jobsAt(contest) + NEXT, 0);
        if (next == 0) {
            state.set(Slot.LAST_JOB, 0);
        }
        return next;
    }

    private void start(int contest, int job) {
        setJobs(contest, jobs(contest) | job);
        final int last = (int) state.get(Slot.LAST_JOB);
        if (last == contest || pages.getInt(contests.jobsAt(contest) + NEXT) != 0) {
            return;
        }
        if (last == 0) {
            state.set(Slot.JOBS, contest);
        } else {
            pages.putInt(contests.jobsAt(last) + NEXT, contest);
        }
        state.set(Slot.LAST_JOB, contest);
    }

    private void done(int contest, int job) {
        setJobs(contest, jobs(contest) & ~job);
        listener.onJobDone(contest, job);
    }

    private void hashSlice(int contest) {
        left -= costOfHash(contest);
        final int board = contests.mainBoard(contest);
        final long size = boards.size(board);
        final long from = pages.getLong(contests.jobsAt(contest) + HASHED);
        final byte[] slice = digest.sliceHash(board, from, SLICE);
        final long next = from + SLICE;
        pages.putLong(contests.jobsAt(contest) + HASHED, next);
        if (size <= SLICE) {
            contests.setBoardHash(contest, digest.boardHash(size, slice));
            done(contest, HASH);
            return;
        }
        final long hashes = hashes(contest);
        pages.putBytes(hashes + from / SLICE * Contests.HASH_BYTES, slice, 0, slice.length);
        if (next >= size) {
            final byte[] all = new byte[pages.getInt(contests.jobsAt(contest) + HASHES_BYTES)];
            pages.getBytes(hashes, all, 0, all.length);
            contests.setBoardHash(contest, digest.boardHash(size, all));
            dropHashes(contest);
            done(contest, HASH);
        }
    }

    private void thawSlice(int contest) {
        left -= boards.catchUp(catalogue.compiled(contest), participants::isVisible, left);
        if (contests.changed(contest) == 0) {
            done(contest, THAW);
        }
    }

    private void dropHashes(int contest) {
        final int bytes = pages.getInt(contests.jobsAt(contest) + HASHES_BYTES);
        if (bytes > 0) {
            allocator.free(Store.CONTESTS.id(), hashes(contest), bytes);
            setHashes(contest, 0, 0);
        }
    }

    private int jobs(int contest) {
        return pages.getInt(contests.jobsAt(contest) + JOBS);
    }

    private void setJobs(int contest, int jobs) {
        pages.putInt(contests.jobsAt(contest) + JOBS, jobs);
    }

    private long hashes(int contest) {
        return Allocator.at(pages.getInt(contests.jobsAt(contest) + HASHES));
    }

    private void setHashes(int contest, long at, int bytes) {
        pages.putInt(contests.jobsAt(contest) + HASHES, Allocator.ref(at));
        pages.putInt(contests.jobsAt(contest) + HASHES_BYTES, bytes);
    }

    /** Goes on when a job is done. */
    @FunctionalInterface
    interface Listener {
        /** A job of a contest is done; may be called before the asking call returns. */
        void onJobDone(int contest, int job);
    }
}
