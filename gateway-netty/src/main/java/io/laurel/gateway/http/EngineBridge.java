package io.laurel.gateway.http;

import io.laurel.engine.command.CommandWriter;
import io.laurel.engine.port.EngineGate;
import io.laurel.engine.query.EngineReads;
import io.laurel.gateway.ReplyRouter;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * Hands commands and reads of HTTP to the engine and their replies back. Where the ring or the
 * queue of reads is full, they wait their turn; nothing is dropped. Event loop only.
 */
final class EngineBridge implements ReplyRouter.Part {
    /** Commands of one conversation that can be told apart. */
    static final int MAX_INDEX = 1 << 16;

    private static final int INDEX_BITS = 16;
    private static final long RETRY_MS = 1;

    private final EngineGate gate;
    private final EventLoop loop;
    private final CommandWriter writer = new CommandWriter();
    private final Backlog commands = new Backlog();
    private final Backlog reads = new Backlog();
    private final List<Waiter> waiters = new ArrayList<>();
    private final Long2ObjectHashMap<Replies> conversations = new Long2ObjectHashMap<>();
    private long lastConversation;
    private boolean retryPlanned;

    /** Takes the replies of one conversation. */
    @FunctionalInterface
    interface Replies {
        /**
         * A command was applied and is durable.
         *
         * @param index as given with the command
         */
        void onReply(int index, long sequence, int code, long value);
    }

    /** A read that waits for a sequence. */
    private record Waiter(long sequence, long deadlineNs, Runnable start) {
    }

    EngineBridge(EngineGate gate, EventLoop loop) {
        this.gate = gate;
        this.loop = loop;
    }

    EngineGate gate() {
        return gate;
    }

    /** Begins a conversation; {@link #close} ends it. */
    long open(Replies replies) {
        conversations.put(++lastConversation, replies);
        return lastConversation;
    }

    void close(long conversation) {
        conversations.remove(conversation);
    }

    /** Starts handing over; goes on by itself where there is no room. */
    void submit(Backlog.Attempt attempt) {
        commands.submit(attempt);
        planRetry();
    }

    /**
     * Publishes one command of a conversation if there is room.
     *
     * @param index below {@link #MAX_INDEX}
     */
    boolean tryPublish(long conversation, int index, Consumer<CommandWriter> command) {
        command.accept(writer);
        return gate.tryPublish(writer.templateId(), writer.blockLength(), writer.buffer(), 0,
            writer.length(), ReplyRouter.token(ReplyRouter.HTTP,
            conversation << INDEX_BITS | index));
    }

    /**
     * Publishes one command.
     *
     * @param command writes it; called again where there was no room
     * @param fail takes what went wrong in writing it
     */
    void command(Consumer<CommandWriter> command, Replies then, Consumer<RuntimeException> fail) {
        submit(new Backlog.Attempt() {
            private long conversation;

            @Override
            public Backlog.Step proceed() {
                if (conversation == 0) {
                    conversation = open((index, sequence, code, value) -> {
                        close(conversation);
                        then.onReply(index, sequence, code, value);
                    });
                }
                return tryPublish(conversation, 0, command) ? Backlog.Step.DONE
                    : Backlog.Step.FULL;
            }

            @Override
            public void fail(RuntimeException failure) {
                close(conversation);
                fail.accept(failure);
            }
        });
    }

    /** Reads; the answer reflects every command that was answered before. */
    <T> void read(Function<EngineReads, T> function, EngineRead.Done<T> done) {
        final EngineRead<T> read = new EngineRead<>(function, done);
        reads.submit(new Backlog.Attempt() {
            @Override
            public Backlog.Step proceed() {
                return gate.tryQuery(read) ? Backlog.Step.DONE : Backlog.Step.FULL;
            }

            @Override
            public void fail(RuntimeException failure) {
                done.accept(null, 0, failure);
            }
        });
        planRetry();
    }

    /**
     * Reads once a sequence is durable, or when the time is up, whichever comes first; the reader
     * looks at what the answer reflects.
     */
    <T> void readFrom(long sequence, long waitNs, Function<EngineReads, T> function,
        EngineRead.Done<T> done) {
        if (sequence <= gate.durableSequence()) {
            read(function, done);
        } else {
            waiters.add(new Waiter(sequence, System.nanoTime() + waitNs,
                () -> read(function, done)));
            planRetry();
        }
    }

    /** Runs something on the event loop; any thread may call. */
    void later(Runnable work) {
        loop.execute(work);
    }

    @Override
    public void onReply(long token, long sequence, int code, long value) {
        final long number = ReplyRouter.number(token);
        final Replies replies = conversations.get(number >>> INDEX_BITS);
        if (replies != null) {
            replies.onReply((int) (number & MAX_INDEX - 1), sequence, code, value);
        }
    }

    @Override
    public void onBatchEnd(long durableSequence) {
        pump();
    }

    private void pump() {
        boolean more = commands.pump();
        if (!waiters.isEmpty()) {
            startReached();
        }
        more |= reads.pump();
        if (more) {
            pumpSoon();
        } else {
            planRetry();
        }
    }

    /** Slices of long work follow each other with other work of the loop in between. */
    private void pumpSoon() {
        if (!retryPlanned) {
            retryPlanned = true;
            loop.execute(this::retry);
        }
    }

    private void retry() {
        retryPlanned = false;
        pump();
    }

    private void startReached() {
        final long durable = gate.durableSequence();
        final long nowNs = System.nanoTime();
        final List<Waiter> ready = new ArrayList<>();
        waiters.removeIf(waiter -> {
            final boolean go = waiter.sequence <= durable || waiter.deadlineNs - nowNs <= 0;
            return go && ready.add(waiter);
        });
        ready.forEach(waiter -> waiter.start.run());
    }

    /** Room is not only made by replies, so whoever waits is looked at by time too. */
    private void planRetry() {
        if (!retryPlanned && commands.size() + reads.size() + waiters.size() > 0) {
            retryPlanned = true;
            loop.schedule(this::retry, RETRY_MS, TimeUnit.MILLISECONDS);
        }
    }

    /** Returns how many commands, batches and reads wait for room. */
    int waiting() {
        return commands.size() + reads.size();
    }
}
