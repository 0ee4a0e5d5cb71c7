package io.laurel.server;

import io.laurel.engine.command.CommandWriter;
import io.laurel.engine.port.EngineGate;
import io.laurel.engine.port.EngineQuery;
import io.laurel.engine.query.EngineReads;
import io.laurel.engine.query.Read;
import io.laurel.gateway.ReplyRouter;
import io.netty.channel.EventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.HashMap;
import java.util.Map;

/** What the node itself says to its engine, and asks of it. Any thread may call. */
final class NodeCommands implements ReplyRouter.Part {
    private static final long RETRY_MS = 1;

    private final EventLoop loop;
    private final EngineGate gate;
    private final CommandWriter writer = new CommandWriter();
    private final Map<Long, CompletableFuture<Reply>> waiting = new HashMap<>();
    private long lastNumber;

    /** A durable answer of the engine; see {@code ReplyHandler}. */
    record Reply(long sequence, int code, long value) {
    }

    NodeCommands(EventLoop loop, EngineGate gate) {
        this.loop = loop;
        this.gate = gate;
    }

    /** Logs a command; done when it is applied and durable. */
    CompletableFuture<Reply> send(Consumer<CommandWriter> command) {
        final CompletableFuture<Reply> done = new CompletableFuture<>();
        loop.execute(() -> publish(++lastNumber, command, done));
        return done;
    }

    private void publish(long number, Consumer<CommandWriter> command,
        CompletableFuture<Reply> done) {
        command.accept(writer);
        waiting.put(number, done);
        if (!gate.tryPublish(writer.templateId(), writer.blockLength(), writer.buffer(), 0,
            writer.length(), ReplyRouter.token(ReplyRouter.NODE, number))) {
            waiting.remove(number);
            loop.schedule(() -> publish(number, command, done), RETRY_MS, TimeUnit.MILLISECONDS);
        }
    }

    /** Asks the engine; done when what the answer reflects is durable. */
    <T> CompletableFuture<T> read(Function<EngineReads, T> function) {
        final NodeRead<T> read = new NodeRead<>(function);
        ask(read);
        return read.done;
    }

    /** Asks for sequence and state root, which belong together. */
    CompletableFuture<RootQuery> root() {
        final RootQuery query = new RootQuery();
        ask(query);
        return query.done();
    }

    /** Asks a question that knows itself what to do with its answer. */
    <Q extends EngineQuery & ReplyRouter.Completion> void ask(Q query) {
        loop.execute(() -> put(query));
    }

    private void put(EngineQuery query) {
        if (!gate.tryQuery(query)) {
            loop.schedule(() -> put(query), RETRY_MS, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void onReply(long token, long sequence, int code, long value) {
        final CompletableFuture<Reply> done = waiting.remove(ReplyRouter.number(token));
        if (done != null) {
            done.complete(new Reply(sequence, code, value));
        }
    }

    @Override
    public void onBatchEnd(long durableSequence) {
        // replies are complete one by one
    }

    private static final class NodeRead<T> extends Read<T> implements ReplyRouter.Completion {
        private final CompletableFuture<T> done = new CompletableFuture<>();

        NodeRead(Function<EngineReads, T> function) {
            super(function);
        }

        @Override
        public void onDone() {
            done.complete(answer());
        }
    }
}
