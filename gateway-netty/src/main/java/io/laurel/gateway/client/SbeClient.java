package io.laurel.gateway.client;

import io.laurel.protocol.wire.RejectCode;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.agrona.DirectBuffer;

/**
 * A session with a node. Events are offered in any number of threads and get their seqNos in that
 * order; a lost connection is made again by itself, and what the node does not have is sent again.
 */
public final class SbeClient implements AutoCloseable {
    private final ClientSettings settings;
    private final ReplayBuffer replay;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final ClientLoop loop;
    private final Thread thread;
    private volatile long offered;
    private volatile long acked;
    private volatile IOException failure;
    private volatile boolean finishing;
    private volatile boolean finished;
    private volatile boolean live;

    private SbeClient(ClientSettings settings, ClientListener listener) throws IOException {
        this.settings = settings;
        replay = new ReplayBuffer(settings.kept());
        loop = new ClientLoop(this, settings, replay, listener);
        thread = new Thread(loop, "sbe-client-" + Long.toHexString(settings.sessionId()));
        thread.setDaemon(true);
    }

    /**
     * Opens a session version and returns once events may be sent.
     *
     * @throws ClientException where the node refuses, or cannot be reached for too long
     */
    public static SbeClient connect(ClientSettings settings, ClientListener listener)
        throws IOException {
        final SbeClient client = new SbeClient(settings, listener);
        client.thread.start();
        try {
            client.await(() -> client.live, Long.MAX_VALUE);
        } catch (final IOException e) {
            client.close();
            throw e;
        }
        return client;
    }

    /**
     * Takes an event, waiting while the window is full.
     *
     * @param event block and strings of a GameEvent of this schema version, without header; copied
     * @param offset first byte of the block
     * @param length bytes of block and strings
     * @return the seqNo that it got; what stands in the event does not count
     * @throws IOException where the session cannot go on
     */
    public long offer(DirectBuffer event, int offset, int length) throws IOException {
        lock.lock();
        try {
            while (true) {
                final long seqNo = tryOffer(event, offset, length);
                if (seqNo > 0) {
                    return seqNo;
                }
                waitForMove(Long.MAX_VALUE);
            }
        } finally {
            lock.unlock();
        }
    }

    /** As {@link #offer}, but returns 0 instead of waiting. */
    public long tryOffer(DirectBuffer event, int offset, int length) throws IOException {
        lock.lock();
        try {
            check();
            if (finishing) {
                throw new IllegalStateException("the client has finished sending");
            }
            final long seqNo = offered + 1;
            if (seqNo - acked > settings.window()) {
                return 0;
            }
            replay.put(seqNo, event, offset, length);
            offered = seqNo;
            loop.wake();
            return seqNo;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Says that no more events will come, and returns once all of them are durable and applied.
     *
     * @return false where that takes longer
     * @throws IOException where the session cannot go on
     */
    public boolean finish(long timeoutMs) throws IOException {
        finishing = true;
        loop.wake();
        return await(() -> finished, TimeUnit.MILLISECONDS.toNanos(timeoutMs));
    }

    /** Waits until all offered so far is acknowledged; returns false where it takes longer. */
    public boolean awaitAcked(long timeoutMs) throws IOException {
        final long target = offered;
        return await(() -> acked >= target, TimeUnit.MILLISECONDS.toNanos(timeoutMs));
    }

    /** Returns the figures; any thread. */
    public ClientStats stats() {
        return loop.stats(offered, acked);
    }

    /** Cuts the connection as a broken network would; it is made again. For tests. */
    public void cut() {
        loop.cut();
    }

    /** Ends the connection; what is not acknowledged is abandoned. */
    @Override
    public void close() {
        loop.stop();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (final InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    // ---- what the loop tells

    long offered() {
        return offered;
    }

    long acked() {
        return acked;
    }

    boolean isFinishing() {
        return finishing;
    }

    void onLive() {
        update(() -> live = true);
    }

    void onFinished() {
        update(() -> finished = true);
    }

    boolean isFinished() {
        return finished;
    }

    void onFailure(IOException cause) {
        update(() -> {
            // what follows from the first failure would only hide it
            if (failure == null) {
                failure = cause;
            }
        });
    }

    /** The acknowledged position moves, back as well where the node has lost something. */
    void onPosition(long seqNo) {
        update(() -> acked = seqNo);
    }

    private void update(Runnable change) {
        lock.lock();
        try {
            change.run();
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean await(BooleanSupplier done, long timeoutNs)
        throws IOException {
        lock.lock();
        try {
            final long startNs = System.nanoTime();
            while (!done.getAsBoolean()) {
                check();
                final long leftNs = timeoutNs - (System.nanoTime() - startNs);
                if (leftNs <= 0) {
                    return false;
                }
                waitForMove(leftNs);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void waitForMove(long mostNs) throws IOException {
        check();
        try {
            moved.awaitNanos(mostNs);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClientException("interrupted while waiting", e);
        }
    }

    private void check() throws IOException {
        final IOException cause = failure;
        if (cause != null) {
            throw new ClientException(cause.getMessage(),
                cause instanceof ClientException known ? known.code()
                    : RejectCode.NULL_VAL);
        }
    }
}
