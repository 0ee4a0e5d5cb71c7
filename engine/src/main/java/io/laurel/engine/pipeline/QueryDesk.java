package io.laurel.engine.pipeline;

import io.laurel.engine.port.EngineQuery;
import io.laurel.engine.port.ReplyHandler;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jctools.queues.varhandle.SpscVarHandleArrayQueue;

/**
 * Reads on their way in and answers on their way out. Whoever puts a read rings once; the engine,
 * when it hears the bell, sees every read that was put before.
 */
final class QueryDesk {
    private final Queue<EngineQuery> waiting;
    private final Queue<EngineQuery> answered;
    // read-modify-write on both sides, so that a read put behind a pending bell is never missed
    private final AtomicBoolean bell = new AtomicBoolean();
    private final int limit;
    private int open;

    QueryDesk(int limit) {
        this.limit = limit;
        waiting = new SpscVarHandleArrayQueue<>(limit);
        answered = new SpscVarHandleArrayQueue<>(limit);
    }

    /** Returns whether another read may come in; event loop. */
    boolean hasRoom() {
        return open < limit;
    }

    /** Takes a read in; there must be room. Returns whether the bell must be rung; event loop. */
    boolean put(EngineQuery query) {
        open++;
        waiting.add(query);
        return !bell.getAndSet(true);
    }

    /** The bell was heard; engine. */
    void heard() {
        bell.getAndSet(false);
    }

    /** Returns the next read to answer, or null; engine. */
    EngineQuery next() {
        return waiting.poll();
    }

    /** Returns most reads that can wait at once. */
    int limit() {
        return limit;
    }

    /** Lays an answered read out; engine. */
    void answered(EngineQuery query) {
        answered.add(query);
    }

    /**
     * Hands out what was answered from states up to a sequence; event loop.
     *
     * @return how many
     */
    int deliver(ReplyHandler replies, long releasedSequence, FailStop failStop) {
        int count = 0;
        EngineQuery query = answered.peek();
        while (query != null && query.sequence() <= releasedSequence && !failStop.failed()) {
            answered.poll();
            open--;
            count++;
            replies.onQuery(query);
            query = answered.peek();
        }
        return count;
    }

    /** Returns how many reads are without their answer; event loop. */
    int open() {
        return open;
    }
}
