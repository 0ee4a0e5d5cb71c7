package io.laurel.gateway.client;

import io.laurel.protocol.Framing;
import io.laurel.protocol.wire.RejectCode;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.agrona.concurrent.UnsafeBuffer;

/** The client's own thread: connects, reads, writes, waits, and connects again. */
final class ClientLoop implements Runnable {
    private static final int OUT_BYTES = 256 * 1_024;
    private static final int IN_BYTES = 64 * 1_024;
    private static final long FIRST_PAUSE_MS = 10;
    private static final long LONGEST_PAUSE_MS = 500;
    /** A node that was never met and refuses may be starting, but most likely is not there. */
    private static final long REFUSALS_MS = 1_000;

    private final SbeClient client;
    private final ClientSettings settings;
    private final ClientSession session;
    private final ReplayBuffer replay;
    private final Selector selector;
    private final ByteBuffer in = ByteBuffer.allocateDirect(IN_BYTES);
    private final ByteBuffer out = ByteBuffer.allocateDirect(OUT_BYTES);
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private final ClientMessages messages;
    private final long keepAliveNs;
    private volatile boolean idle;
    private volatile boolean stopped;
    private volatile boolean cut;
    private volatile long sentFrames;
    private long lastReadNs;
    private long lastWriteNs;

    ClientLoop(SbeClient client, ClientSettings settings, ReplayBuffer replay,
        ClientListener listener) throws IOException {
        this.client = client;
        this.settings = settings;
        this.replay = replay;
        selector = Selector.open();
        messages = new ClientMessages(settings, out);
        session = new ClientSession(client, settings, messages, listener, replay.slots());
        keepAliveNs = TimeUnit.MILLISECONDS.toNanos(settings.keepAliveMs());
    }

    void wake() {
        if (idle) {
            selector.wakeup();
        }
    }

    void stop() {
        stopped = true;
        selector.wakeup();
    }

    void cut() {
        cut = true;
        selector.wakeup();
    }

    ClientStats stats(long offered, long acked) {
        return session.stats(offered, sentFrames, acked);
    }

    @Override
    public void run() {
        long lostNs = System.nanoTime();
        long pauseMs = FIRST_PAUSE_MS;
        boolean met = false;
        try {
            while (!stopped && !client.isFinished()) {
                try {
                    connection();
                } catch (final ClientException e) {
                    client.onFailure(e);
                    return;
                } catch (final IOException e) {
                    if (session.wasLive()) {
                        met = true;
                        lostNs = System.nanoTime();
                        pauseMs = FIRST_PAUSE_MS;
                    }
                    final long triedMs =
                        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lostNs);
                    if (triedMs >= patienceMs(met, e)) {
                        client.onFailure(new ClientException("no session with "
                            + settings.address() + ": " + e.getMessage(), e));
                        return;
                    }
                    selector.select(pauseMs);
                    pauseMs = Math.min(LONGEST_PAUSE_MS, 2 * pauseMs);
                }
            }
        } catch (final IOException | RuntimeException e) {
            client.onFailure(new ClientException("the client's thread failed: " + e, e));
        } finally {
            if (!client.isFinished()) {
                client.onFailure(new ClientException("the client is closed",
                    RejectCode.NULL_VAL));
            }
            closeSelector();
        }
    }

    private long patienceMs(boolean met, IOException failure) {
        return met || !(failure instanceof ConnectException) ? settings.reconnectForMs()
            : Math.min(REFUSALS_MS, settings.reconnectForMs());
    }

    private void closeSelector() {
        try {
            selector.close();
        } catch (final IOException e) {
            client.onFailure(new ClientException("cannot close the selector", e));
        }
    }

    private void connection() throws IOException {
        session.onConnecting();
        try (Transport channel = Transport.connect(settings)) {
            final SelectionKey key = channel.register(selector);
            in.clear();
            out.clear();
            cut = false;
            lastReadNs = System.nanoTime();
            lastWriteNs = lastReadNs;
            final long startNs = lastReadNs;
            while (!session.isOver()) {
                turn(channel, key);
                final long nowNs = System.nanoTime();
                if (!session.isLive() && nowNs - startNs
                    > TimeUnit.MILLISECONDS.toNanos(settings.logonTimeoutMs())) {
                    throw new IOException("the logon takes too long");
                }
            }
        } catch (final SSLException e) {
            // a node that asks for a certificate refuses behind the handshake
            throw session.isLive() ? e : Transport.refusal(e);
        } finally {
            selector.selectNow();
        }
    }

    private void turn(Transport channel, SelectionKey key) throws IOException {
        if (cut) {
            throw new IOException("the connection was cut");
        }
        read(channel);
        if (stopped) {
            session.leave();
        }
        fill();
        heartbeat();
        write(channel);
        if (session.isOver()) {
            return;
        }
        idle = true;
        try {
            final boolean blocked = out.position() > 0 || channel.hasPending();
            if (blocked || !session.hasWork(client.offered())) {
                key.interestOps(blocked ? SelectionKey.OP_READ | SelectionKey.OP_WRITE
                    : SelectionKey.OP_READ);
                selector.select(Math.min(50, settings.keepAliveMs() / 4));
                selector.selectedKeys().clear();
            }
        } finally {
            idle = false;
        }
    }

    private void read(Transport channel) throws IOException {
        int count = channel.read(in);
        while (count > 0) {
            lastReadNs = System.nanoTime();
            in.flip();
            frames();
            in.compact();
            count = channel.read(in);
        }
        if (count < 0 && !session.isOver()) {
            throw new IOException(session.end("the node has closed the connection"));
        }
    }

    private void frames() throws IOException {
        while (in.remaining() >= Framing.HEADER_BYTES && !session.isOver()) {
            final int length = in.getInt(in.position());
            if (length < Framing.MIN_FRAME_BYTES || length > Framing.MAX_FRAME_BYTES) {
                throw new IOException("the node does not speak in frames");
            }
            if (in.remaining() < length) {
                return;
            }
            view.wrap(in, in.position(), length);
            in.position(in.position() + length);
            session.onFrame(view);
        }
    }

    private void fill() {
        while (session.canSend(client.offered())) {
            if (!replay.copy(session.nextToSend(), out)) {
                return;
            }
            session.onSent();
            sentFrames++;
        }
        if (messages.hasRoom()) {
            session.finishWhenSent();
        }
    }

    private void heartbeat() throws IOException {
        final long nowNs = System.nanoTime();
        if (!session.isLive()) {
            return;
        }
        if (nowNs - lastReadNs > 2 * keepAliveNs + TimeUnit.MILLISECONDS.toNanos(500)) {
            throw new IOException("nothing was heard from the node");
        }
        if (nowNs - lastWriteNs >= keepAliveNs / 2 && messages.hasRoom()) {
            messages.sequence(session.nextToSend());
        }
    }

    private void write(Transport channel) throws IOException {
        if (out.position() > 0 || channel.hasPending()) {
            out.flip();
            if (channel.write(out) > 0) {
                lastWriteNs = System.nanoTime();
            }
            out.compact();
        }
    }
}
