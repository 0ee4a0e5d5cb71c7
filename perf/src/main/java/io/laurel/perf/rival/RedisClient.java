package io.laurel.perf.rival;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/** One connection, one command at a time. */
public final class RedisClient implements AutoCloseable {
    private static final long LOOK_NS = 2_000_000;

    private final SocketChannel channel;
    private final Resp out;
    private final Replies replies;
    private long asked;

    /** Connects; waits for the server, so many seconds at most. */
    public RedisClient(Path socket, int seconds) throws IOException {
        channel = connect(socket, seconds);
        out = new Resp(channel);
        replies = new Replies(channel);
    }

    static SocketChannel connect(Path socket, int seconds) throws IOException {
        final long deadline = System.nanoTime() + seconds * 1_000_000_000L;
        while (true) {
            try {
                return SocketChannel.open(UnixDomainSocketAddress.of(socket));
            } catch (IOException e) {
                if (System.nanoTime() > deadline) {
                    throw new IOException("no Redis at " + socket, e);
                }
                LockSupport.parkNanos(LOOK_NS);
            }
        }
    }

    /** Sends a command and returns its reply; of a list the last text. */
    public String ask(String... parts) throws IOException {
        out.command(parts.length);
        for (final String part : parts) {
            out.part(Resp.ascii(part));
        }
        out.flush();
        replies.await(++asked);
        return replies.last();
    }

    /** Waits until what was on disk is loaded; until then every command is refused. */
    public void awaitLoaded(int seconds) throws IOException {
        final long deadline = System.nanoTime() + seconds * 1_000_000_000L;
        while (!ask("INFO", "persistence").contains("\nloading:0")) {
            if (System.nanoTime() > deadline) {
                throw new IOException("Redis does not finish loading");
            }
            LockSupport.parkNanos(LOOK_NS);
        }
    }

    /** Returns the memory that it uses for data. */
    public long usedBytes() throws IOException {
        for (final String line : ask("INFO", "memory").lines().toList()) {
            if (line.startsWith("used_memory:")) {
                return Long.parseLong(line.substring(12).strip());
            }
        }
        throw new IOException("Redis does not say how much memory it uses");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
