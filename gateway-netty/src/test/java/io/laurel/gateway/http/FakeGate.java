package io.laurel.gateway.http;

import io.laurel.engine.ResultCode;
import io.laurel.engine.port.EngineGate;
import io.laurel.engine.port.EngineQuery;
import io.laurel.engine.port.IntakeState;
import io.laurel.gateway.ReplyRouter;
import io.laurel.protocol.storage.AdvanceTimeDecoder;
import io.laurel.protocol.storage.ContestActionDecoder;
import io.laurel.protocol.storage.ErasePlayerDecoder;
import io.laurel.protocol.storage.EventCommandDecoder;
import io.laurel.protocol.storage.EventRefusedDecoder;
import io.laurel.protocol.storage.PlayerActionDecoder;
import io.laurel.protocol.storage.PlayerProfileDecoder;
import io.laurel.protocol.storage.PublishContestDecoder;
import io.laurel.protocol.storage.PublishFxDecoder;
import io.laurel.protocol.storage.RegisterSourceDecoder;
import io.laurel.protocol.storage.TakeSnapshotDecoder;
import io.laurel.protocol.wire.GameEventDecoder;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A gate with a scripted engine behind it. An event whose id begins with the token of a result and
 * a dash ends in that result; other commands end in {@link #next}. Replies come later on the loop.
 */
final class FakeGate implements EngineGate {
    final List<String> log = Collections.synchronizedList(new ArrayList<>());
    final FakeReads reads = new FakeReads();
    volatile ResultCode next = ResultCode.ACCEPTED;
    volatile long nextValue = 1;
    volatile int room = Integer.MAX_VALUE;
    volatile int queryRoom = Integer.MAX_VALUE;
    volatile IntakeState intake = IntakeState.OPEN;
    volatile long sequence;
    volatile boolean holdsReplies;
    private final ArrayDeque<Runnable> held = new ArrayDeque<>();
    private final EventLoop loop;
    private final ReplyRouter router;
    private int sources;

    FakeGate(EventLoop loop, ReplyRouter router) {
        this.loop = loop;
        this.router = router;
    }

    @Override
    public boolean tryPublish(int templateId, int blockLength, DirectBuffer buffer, int offset,
        int length, long token) {
        if (room <= 0) {
            return false;
        }
        room--;
        sequence++;
        final DirectBuffer copy = new UnsafeBuffer(new byte[length]);
        buffer.getBytes(offset, copy.byteArray(), 0, length);
        apply(templateId, blockLength, copy, token, sequence);
        return true;
    }

    private void apply(int templateId, int block, DirectBuffer body, long token, long at) {
        ResultCode code = next;
        long value = nextValue;
        switch (templateId) {
            case EventCommandDecoder.TEMPLATE_ID -> {
                final String id = eventId(body, block);
                code = scripted(id);
                value = code == ResultCode.DUPLICATE ? 7 : at;
                log.add("event " + id);
            }
            case EventRefusedDecoder.TEMPLATE_ID -> {
                code = ResultCode.of(new EventRefusedDecoder().wrap(body, 0, block, 0).code());
                value = at;
                log.add("refused " + code.token());
            }
            case RegisterSourceDecoder.TEMPLATE_ID -> {
                code = ResultCode.ACCEPTED;
                value = ++sources;
                log.add("source "
                    + new RegisterSourceDecoder().wrap(body, 0, block, 0).name());
            }
            default -> log.add(describe(templateId, body, block));
        }
        final int result = code.code();
        final long withIt = value;
        reply(() -> {
            router.onReply(token, at, result, withIt);
            router.onBatchEnd(at);
        });
    }

    private static String eventId(DirectBuffer body, int block) {
        final int at = block + EventCommandDecoder.payloadHeaderLength();
        final EventCommandDecoder command = new EventCommandDecoder().wrap(body, 0, block, 0);
        return new GameEventDecoder().wrap(body, at, command.eventBlockLength(),
            command.eventVersion()).eventId();
    }

    private static ResultCode scripted(String eventId) {
        for (final ResultCode code : ResultCode.values()) {
            if (eventId.startsWith(code.token() + "-")) {
                return code;
            }
        }
        return ResultCode.ACCEPTED;
    }

    private static String describe(int templateId, DirectBuffer body, int block) {
        return switch (templateId) {
            case ContestActionDecoder.TEMPLATE_ID -> {
                final var from = new ContestActionDecoder().wrap(body, 0, block, 0);
                yield "contest " + from.operation() + " " + from.contest() + " " + from.actor()
                    + " " + from.reason();
            }
            case PlayerActionDecoder.TEMPLATE_ID -> {
                final var from = new PlayerActionDecoder().wrap(body, 0, block, 0);
                yield "player " + from.operation() + " " + from.contest() + " " + from.user()
                    + " " + from.actor() + " " + from.reason();
            }
            case TakeSnapshotDecoder.TEMPLATE_ID -> {
                final TakeSnapshotDecoder take =
                    new TakeSnapshotDecoder().wrap(body, 0, block, 0);
                yield "snapshot " + take.actor() + " " + take.reason();
            }
            case ErasePlayerDecoder.TEMPLATE_ID -> {
                final var from = new ErasePlayerDecoder().wrap(body, 0, block, 0);
                yield "erase " + from.user() + " " + from.actor() + " " + from.reason();
            }
            case AdvanceTimeDecoder.TEMPLATE_ID -> {
                final var from = new AdvanceTimeDecoder().wrap(body, 0, block, 0);
                yield "time " + from.toNs() + " " + from.actor() + " " + from.reason();
            }
            case PublishContestDecoder.TEMPLATE_ID -> {
                final var from = new PublishContestDecoder().wrap(body, 0, block, 0);
                final String actor = from.actor();
                from.skipDefinition();
                yield "publish contest by " + actor + " " + from.reason();
            }
            case PublishFxDecoder.TEMPLATE_ID -> {
                final var from = new PublishFxDecoder().wrap(body, 0, block, 0);
                final String actor = from.actor();
                from.skipTable();
                yield "publish fx by " + actor + " " + from.reason();
            }
            case PlayerProfileDecoder.TEMPLATE_ID -> {
                final var from = new PlayerProfileDecoder().wrap(body, 0, block, 0);
                final String user = from.user();
                from.skipAlias();
                from.skipLocale();
                from.skipSegments();
                yield "profile " + user + " " + from.actor() + " " + from.reason();
            }
            default -> "template " + templateId;
        };
    }

    @Override
    public boolean tryQuery(EngineQuery query) {
        if (queryRoom <= 0) {
            return false;
        }
        queryRoom--;
        ((EngineRead<?>) query).run(reads, sequence);
        reply(() -> router.onQuery(query));
        return true;
    }

    private void reply(Runnable reply) {
        if (holdsReplies) {
            held.add(reply);
        } else {
            loop.execute(reply);
        }
    }

    /** Lets the replies go that were held back. */
    void release() {
        loop.execute(() -> {
            holdsReplies = false;
            while (!held.isEmpty()) {
                held.poll().run();
            }
        });
    }

    @Override
    public long remainingCapacity() {
        return Math.min(room, 1000);
    }

    @Override
    public IntakeState intakeState() {
        return intake;
    }

    @Override
    public long durableSequence() {
        return sequence;
    }
}
