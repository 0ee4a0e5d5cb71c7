package io.laurel.gateway.tcp;

import io.laurel.engine.ResultCode;
import io.laurel.engine.port.EngineGate;
import io.laurel.engine.port.EngineQuery;
import io.laurel.engine.port.IntakeState;
import io.laurel.engine.port.ReplyHandler;
import io.laurel.protocol.storage.EventCommandDecoder;
import io.laurel.protocol.storage.EventRefusedDecoder;
import io.laurel.protocol.storage.OpenSessionDecoder;
import io.laurel.protocol.storage.RegisterSourceDecoder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * An engine in memory behind the gate: {@link FakeSessions} apply commands in log order. Nothing
 * moves unless {@link #pump()} is called, so tests decide when the ring fills, when commands are
 * applied and when they become durable.
 */
public final class FakeEngineGate implements EngineGate {
    private final FakeSessions sessions = new FakeSessions();
    private final ArrayDeque<Command> ring = new ArrayDeque<>();
    private final ArrayDeque<Reply> undurable = new ArrayDeque<>();
    private final ArrayDeque<EngineQuery> queries = new ArrayDeque<>();
    private final ReplyHandler replies;
    private int capacity = 16_384;
    private int queryCapacity = 1_024;
    private IntakeState intake = IntakeState.OPEN;
    private boolean holdDurable;
    private boolean replyEarly;
    private long sequence;
    private long durable;

    private record Command(int templateId, byte[] body, long token) {
    }

    private record Reply(long token, long sequence, int code, long value) {
    }

    /** A gate that answers to a handler. */
    public FakeEngineGate(ReplyHandler replies) {
        this.replies = replies;
    }

    /** Returns what was applied. */
    public FakeSessions sessions() {
        return sessions;
    }

    /** Sets how many commands may wait. */
    public void capacity(int commands) {
        capacity = commands;
    }

    /** Sets how many reads may wait. */
    public void queryCapacity(int reads) {
        queryCapacity = reads;
    }

    /** Opens or closes intake. */
    public void intake(IntakeState value) {
        intake = value;
    }

    /** Stops the disk, so that nothing new becomes durable. */
    public void holdDurable(boolean value) {
        holdDurable = value;
    }

    /** Lets replies come before their commands are durable (ack level accepted of the node). */
    public void replyEarly(boolean value) {
        replyEarly = value;
    }

    /** Returns how many commands wait. */
    public int waiting() {
        return ring.size();
    }

    /** Makes everything applied so far durable, without telling anybody. */
    public void forceQuietly() {
        durable = sequence;
    }

    /** Applies at most so many commands, runs reads, and lets out what is durable. */
    public void pump(int most) {
        for (int i = 0; i < most && !ring.isEmpty(); i++) {
            apply(ring.poll());
        }
        final List<EngineQuery> run = new ArrayList<>(queries);
        queries.clear();
        for (final EngineQuery query : run) {
            if (query instanceof Ask<?> ask) {
                ask.runOn(sessions, sequence);
            } else {
                throw new IllegalStateException("a read of another kind: " + query);
            }
        }
        if (!holdDurable) {
            durable = sequence;
        }
        while (!undurable.isEmpty() && (replyEarly || undurable.peek().sequence() <= durable)) {
            final Reply reply = undurable.poll();
            replies.onReply(reply.token(), reply.sequence(), reply.code(), reply.value());
        }
        run.forEach(replies::onQuery);
        replies.onBatchEnd(durable);
    }

    /** Applies everything. */
    public void pump() {
        pump(Integer.MAX_VALUE);
    }

    private void apply(Command command) {
        sequence++;
        sessions.at(sequence);
        final DirectBuffer body = new UnsafeBuffer(command.body());
        final int code = switch (command.templateId()) {
            case RegisterSourceDecoder.TEMPLATE_ID -> sessions.registerSource(body);
            case OpenSessionDecoder.TEMPLATE_ID -> sessions.openSession(body);
            case EventCommandDecoder.TEMPLATE_ID -> sessions.event(body);
            case EventRefusedDecoder.TEMPLATE_ID -> sessions.refused(body);
            default -> ResultCode.UNSUPPORTED.code();
        };
        undurable.add(new Reply(command.token(), sequence, code, sessions.value()));
    }

    @Override
    public boolean tryPublish(int templateId, int blockLength, DirectBuffer buffer, int offset,
        int length, long token) {
        if (remainingCapacity() <= 0) {
            return false;
        }
        final byte[] body = new byte[length];
        buffer.getBytes(offset, body);
        ring.add(new Command(templateId, body, token));
        return true;
    }

    @Override
    public boolean tryQuery(EngineQuery query) {
        return queries.size() < queryCapacity && queries.add(query);
    }

    @Override
    public long remainingCapacity() {
        return Math.max(0, capacity - ring.size());
    }

    @Override
    public IntakeState intakeState() {
        return intake;
    }

    @Override
    public long durableSequence() {
        return durable;
    }
}
