package io.laurel.gateway;

import io.laurel.engine.port.EngineQuery;
import io.laurel.engine.port.ReplyHandler;

/**
 * Shares the engine's replies out among the parts of the gateway: the highest byte of a token says
 * whose it is. A query that is a {@link Completion} is called back. Event loop only.
 */
public final class ReplyRouter implements ReplyHandler {
    /** Owner of tokens of TCP sessions. */
    public static final int TCP = 1;
    /** Owner of tokens of HTTP requests. */
    public static final int HTTP = 2;
    /** Owner of tokens of the node itself. */
    public static final int NODE = 3;

    private static final int OWNER_SHIFT = 56;

    private final Part[] parts = new Part[4];

    /** One part of the gateway. */
    public interface Part {
        /** As {@link ReplyHandler#onReply}. */
        void onReply(long token, long sequence, int code, long value);

        /** As {@link ReplyHandler#onBatchEnd}. */
        void onBatchEnd(long durableSequence);
    }

    /** A query that takes itself back when it is done. */
    public interface Completion {
        /** Runs on the event loop, after what the query saw is durable. */
        void onDone();
    }

    /** Returns a token of an owner; the number has 56 bits. */
    public static long token(int owner, long number) {
        return (long) owner << OWNER_SHIFT | number & (1L << OWNER_SHIFT) - 1;
    }

    /** Returns the number in a token. */
    public static long number(long token) {
        return token & (1L << OWNER_SHIFT) - 1;
    }

    /** Names the part that owns a kind of token. */
    public void register(int owner, Part part) {
        parts[owner] = part;
    }

    @Override
    public void onReply(long token, long sequence, int code, long value) {
        final Part part = parts[(int) (token >>> OWNER_SHIFT)];
        if (part != null) {
            part.onReply(token, sequence, code, value);
        }
    }

    @Override
    public void onQuery(EngineQuery query) {
        if (query instanceof Completion completion) {
            completion.onDone();
        }
    }

    @Override
    public void onBatchEnd(long durableSequence) {
        for (final Part part : parts) {
            if (part != null) {
                part.onBatchEnd(durableSequence);
            }
        }
    }
}
