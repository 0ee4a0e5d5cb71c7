package io.laurel.engine.port;

/**
 * Where replies arrive: on the gateway's event loop, in log order, and never before the command,
 * or what a read has seen, is durable at the configured level.
 */
public interface ReplyHandler {
    /**
     * One command was applied.
     *
     * @param token as given to {@link EngineGate#tryPublish}
     * @param sequence of the command in the log
     * @param code a {@link io.laurel.engine.ResultCode} number
     * @param value depends on the command: the original sequence of an event that came before,
     *     taken or refused, the version of a published document or profile, the number of a
     *     source; otherwise the sequence
     */
    void onReply(long token, long sequence, int code, long value);

    /** A read is done. */
    void onQuery(EngineQuery query);

    /**
     * A burst of replies is over: time to flush.
     *
     * @param durableSequence last sequence that is forced to disk
     */
    void onBatchEnd(long durableSequence);
}
