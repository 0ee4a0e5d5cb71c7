package io.laurel.snapshot;

import io.laurel.engine.memory.PageImage;
import io.laurel.engine.port.MemoryAdvice;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * The memory of the next image. It is asked for by whoever wants a snapshot, mapped by the writer's
 * thread, and only then is the cut logged: so the engine never waits for the system to give it
 * memory. Nor is it logged while the engine copies to it ahead, unless that takes too long. The
 * engine claims it as soon as it has time for that, or at the cut.
 *
 * <pre>
 *   free ──ask──► being mapped ──► mapped ──claim──► ahead ──cut──► out ──back──► free
 *                      └─ no memory, too slow ──┴─ nobody claims it, outgrown ──────► free
 * </pre>
 *
 * <p>Where no cut comes although it might, the engine keeps the room, and the next snapshot that is
 * asked for is made in it.
 */
final class ImageRoom {
    /** How long mapping a GiB may take, and how long what is mapped waits for its cut. */
    static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(120);
    /** What takes longer than this has no more rests: a snapshot late is better than none. */
    private static final long RESTING_NS = TimeUnit.SECONDS.toNanos(60);
    private static final long GIB = 1L << 30;

    private static final long LOOK_NS = 500_000;
    /** Between two rests: at most some tenths of a millisecond of a core. */
    private static final long STEP_BYTES = 256L << 10;
    /** The state grows until the cut, and the engine would have to wait for what is not mapped. */
    static final long AHEAD_BYTES = 16L << 20;
    /** So much of it for each byte more: the thread that maps may have to wait, too. */
    private static final int AHEAD_PART = 32;
    /** Twice as much rest as work: nobody waits for the image but whoever asked for it. */
    private static final int REST = 2;

    /** An engine that does not claim it until then has nothing to do, and copies fast. */
    private static final long CLAIM_NS = TimeUnit.MILLISECONDS.toNanos(100);
    /** No longer than this is copied ahead: an engine that always has to do copies none. */
    private static final long AHEAD_NS = TimeUnit.SECONDS.toNanos(20);

    private final LongSupplier stateBytes;
    private final MemoryAdvice advice;
    private final long limitNs;
    private final AtomicReference<PageImage> mapped = new AtomicReference<>();
    /** Null = nobody asks. */
    private volatile CompletableFuture<Void> asked;
    /** The engine's, or the image's that was made of it; null = there is none. */
    private volatile PageImage claimed;
    private volatile boolean settled;
    private volatile boolean outgrown;
    private volatile long bytes;

    /**
     * Begins free.
     *
     * @param stateBytes how much of the state is used, for any thread
     */
    ImageRoom(LongSupplier stateBytes, MemoryAdvice advice, long limitNs) {
        this.stateBytes = stateBytes;
        this.advice = advice;
        this.limitNs = limitNs;
    }

    /**
     * Asks for room, or joins whoever has asked; any thread. Done when it is mapped, and copied to
     * ahead.
     */
    synchronized CompletableFuture<Void> ask() {
        if (isOut()) {
            return CompletableFuture.failedFuture(
                new IllegalStateException("an image is being made"));
        }
        if (asked == null) {
            asked = new CompletableFuture<>();
        }
        return asked;
    }

    private boolean isOut() {
        final PageImage room = claimed;
        return room != null && room.isCut();
    }

    /** Returns whether somebody waits for what {@link #make} does; writer's thread. */
    boolean isWanted() {
        return asked != null;
    }

    /** Returns whether nothing is asked for, mapped or out; any thread. */
    boolean isFree() {
        return asked == null && !isOut();
    }

    /** Returns the memory that is mapped now; any thread. */
    long bytes() {
        return bytes;
    }

    /** Hands the room out, null where none is mapped or it is too small; engine's thread. */
    PageImage claim(long usedBytes) {
        final PageImage room = mapped.get();
        if (room == null || room.roomBytes() < usedBytes) {
            return null;
        }
        // first: whoever sees the room gone must not take it for free
        claimed = room;
        if (!mapped.compareAndSet(room, null)) {
            claimed = null;
            return null;
        }
        return room;
    }

    /** What is copied ahead is copied; engine's thread. */
    void settled() {
        settled = true;
    }

    /** What was claimed has become too small ahead of its cut; engine's thread. */
    void giveBack() {
        outgrown = true;
    }

    /** What was claimed is closed; any thread. */
    void back() {
        bytes = 0;
        outgrown = false;
        claimed = null;
    }

    /**
     * Maps what was asked for and waits until its cut; writer's thread.
     *
     * @param ended whether to give up
     * @param hurried whether to go without rests
     * @return why it was given up; null = the cut has come, or the engine keeps it for the next one
     */
    Throwable make(BooleanSupplier ended, BooleanSupplier hurried) {
        final CompletableFuture<Void> waiting = asked;
        PageImage room = kept();
        Throwable cause = null;
        try {
            if (room == null) {
                settled = false;
                room = new PageImage(stateBytes.getAsLong(), advice::image);
                map(room, ended, hurried);
                mapped.set(room);
                awaitSettled(room, () -> ended.getAsBoolean() || hurried.getAsBoolean());
            }
            waiting.complete(null);
            awaitCut(room, ended);
        } catch (RuntimeException | OutOfMemoryError e) {
            cause = e;
            if (room != null && takeBack(room)) {
                room.close();
                back();
            }
        }
        asked = null;
        if (cause != null) {
            // whoever hears of it may ask again
            waiting.completeExceptionally(cause);
        }
        return cause;
    }

    /** Returns the room that the engine has kept, null where there is none. */
    private PageImage kept() {
        if (outgrown) {
            claimed.close();
            back();
        }
        return claimed;
    }

    /** Returns whether a room is not the engine's; it will not be from then on. */
    private boolean takeBack(PageImage room) {
        return mapped.compareAndSet(room, null) || claimed != room || outgrown;
    }

    private void map(PageImage room, BooleanSupplier ended, BooleanSupplier hurried) {
        final long begunNs = System.nanoTime();
        long deadline = begunNs + limitNs;
        long restedNs = 0;
        long wanted = wantedBytes();
        // a state that grows so much meanwhile would outgrow its room if there were more rests
        final long halfOutgrown = wanted + (room.roomBytes() - wanted) / 2;
        while (room.mappedBytes() < wanted) {
            if (room.mappedBytes() == room.roomBytes()) {
                throw outgrown(room);
            }
            if (ended.getAsBoolean() || System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("only " + room.mappedBytes()
                    + " bytes of memory for an image were mapped in time");
            }
            room.map(Math.min(STEP_BYTES, wanted - room.mappedBytes()));
            final long nowNs = System.nanoTime();
            if (room.mappedBytes() / GIB > bytes / GIB) {
                deadline = nowNs + limitNs;
            }
            bytes = room.mappedBytes();
            wanted = wantedBytes();
            final long restNs = REST * (nowNs - begunNs - restedNs) - restedNs;
            if (restNs > LOOK_NS && nowNs - begunNs < RESTING_NS && wanted < halfOutgrown
                && !hurried.getAsBoolean()) {
                LockSupport.parkNanos(this, restNs);
                restedNs += System.nanoTime() - nowNs;
            }
        }
    }

    /** Little beyond it, so that an image takes no more than the state. */
    private long wantedBytes() {
        final long used = stateBytes.getAsLong();
        return used + used / AHEAD_PART + AHEAD_BYTES;
    }

    /** Until the engine has copied ahead, or has not so much as begun. */
    private void awaitSettled(PageImage room, BooleanSupplier ended) {
        final long begunNs = System.nanoTime();
        boolean ready = false;
        while (!ready && !ended.getAsBoolean()
            && System.nanoTime() - begunNs < (claimed == null ? CLAIM_NS : AHEAD_NS)) {
            goOnMapping(room);
            ready = settled && room.mappedBytes() >= Math.min(wantedBytes(), room.roomBytes());
        }
    }

    private void awaitCut(PageImage room, BooleanSupplier ended) {
        final long deadline = System.nanoTime() + limitNs;
        while (!room.isCut()) {
            if (ended.getAsBoolean() || System.nanoTime() - deadline > 0) {
                if (takeBack(room)) {
                    throw new IllegalStateException("no cut came for the memory that was mapped");
                }
                return;
            }
            goOnMapping(room);
        }
    }

    /** What the state has grown by meanwhile, or nothing for a while. */
    private void goOnMapping(PageImage room) {
        if (outgrown) {
            throw outgrown(room);
        }
        if (room.mappedBytes() < Math.min(wantedBytes(), room.roomBytes())) {
            room.map(STEP_BYTES);
            bytes = room.mappedBytes();
        } else {
            LockSupport.parkNanos(this, LOOK_NS);
        }
    }

    private static IllegalStateException outgrown(PageImage room) {
        return new IllegalStateException("the state has outgrown the " + room.roomBytes()
            + " bytes of memory for its image");
    }
}
