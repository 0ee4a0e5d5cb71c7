package io.laurel.engine.port;

import java.util.ArrayList;
import java.util.List;

/** Keeps everything that arrives. Event loop only. */
public final class RecordingReplies implements ReplyHandler {
    /** One reply. */
    public record Reply(long token, long sequence, int code, long value) {
    }

    private final List<Reply> replies = new ArrayList<>();
    private final List<EngineQuery> queries = new ArrayList<>();
    private final List<Long> batchEnds = new ArrayList<>();

    @Override
    public void onReply(long token, long sequence, int code, long value) {
        replies.add(new Reply(token, sequence, code, value));
    }

    @Override
    public void onQuery(EngineQuery query) {
        queries.add(query);
    }

    @Override
    public void onBatchEnd(long durableSequence) {
        batchEnds.add(durableSequence);
    }

    /** Returns the replies. */
    public List<Reply> replies() {
        return replies;
    }

    /** Returns the tokens of the replies. */
    public List<Long> tokens() {
        return replies.stream().map(Reply::token).toList();
    }

    /** Returns the finished reads. */
    public List<EngineQuery> queries() {
        return queries;
    }

    /** Returns the durable sequences that ended the bursts. */
    public List<Long> batchEnds() {
        return batchEnds;
    }
}
