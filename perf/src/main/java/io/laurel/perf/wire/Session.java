package io.laurel.perf.wire;

import io.laurel.protocol.Framing;
import io.laurel.protocol.wire.AckDecoder;
import io.laurel.protocol.wire.AckLevel;
import io.laurel.protocol.wire.ChallengeDecoder;
import io.laurel.protocol.wire.EstablishAckDecoder;
import io.laurel.protocol.wire.EventOutcomeDecoder;
import io.laurel.protocol.wire.MessageHeaderDecoder;
import io.laurel.protocol.wire.NegotiateResponseDecoder;
import io.laurel.protocol.wire.TerminateDecoder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One session of one version on one connection. The thread that made it writes; another reads and
 * moves what may be sent.
 */
final class Session implements AutoCloseable {
    private static final int BODY = Framing.MIN_FRAME_BYTES;
    private static final int IN_BYTES = 64 * 1_024;
    private static final long WAIT_NS = TimeUnit.MILLISECONDS.toNanos(5);

    private final SocketChannel channel;
    private final Frames frames;
    private final boolean byApplied;
    private final ByteBuffer in = ByteBuffer.allocateDirect(IN_BYTES);
    private final UnsafeBuffer view = new UnsafeBuffer(in);
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final AckDecoder ack = new AckDecoder();
    private final Thread writer = Thread.currentThread();
    private long sent;
    private int window;
    private volatile long acked;
    private volatile long allowed;
    private volatile long outcomes;
    private volatile boolean waiting;
    private volatile String failure;
    private volatile AckListener listener = AckListener.NONE;

    /** Connects and logs on. */
    Session(InetSocketAddress address, AckLevel level, long id) throws IOException {
        channel = SocketChannel.open(address);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        frames = new Frames(channel);
        byApplied = level == AckLevel.ACCEPTED;
        final long version = System.currentTimeMillis();
        await(ChallengeDecoder.TEMPLATE_ID);
        frames.negotiate(id, version, System.currentTimeMillis() * 1_000_000);
        frames.flush();
        await(NegotiateResponseDecoder.TEMPLATE_ID);
        frames.establish(id, version, System.currentTimeMillis() * 1_000_000, level);
        frames.flush();
        final int at = await(EstablishAckDecoder.TEMPLATE_ID);
        window = (int) new EstablishAckDecoder().wrap(view, at + BODY,
            EstablishAckDecoder.BLOCK_LENGTH, 0).windowMessages();
        allowed = window;
        consume(at);
        final Thread reader = new Thread(this::read, "acks");
        reader.setDaemon(true);
        reader.start();
    }

    private int await(int template) throws IOException {
        int at = nextFrame();
        while (header.wrap(view, at + Framing.HEADER_BYTES).templateId() != template) {
            if (header.templateId() == TerminateDecoder.TEMPLATE_ID) {
                throw new IOException("the node ends the session");
            }
            consume(at);
            at = nextFrame();
        }
        if (template != EstablishAckDecoder.TEMPLATE_ID) {
            consume(at);
        }
        return at;
    }

    /** Returns where the next whole frame lies; reads until there is one. */
    private int nextFrame() throws IOException {
        while (in.position() < BODY
            || in.position() < (int) Framing.frameBytes(view, 0)) {
            if (channel.read(in) < 0) {
                throw new IOException("the node has closed the connection");
            }
        }
        return 0;
    }

    private void consume(int at) {
        final int length = (int) Framing.frameBytes(view, at);
        in.flip().position(at + length);
        in.compact();
    }

    private void read() {
        TimerSlack.shorten();
        try {
            while (true) {
                int at = 0;
                while (in.position() - at >= BODY
                    && in.position() - at >= Framing.frameBytes(view, at)) {
                    onFrame(at);
                    at += (int) Framing.frameBytes(view, at);
                }
                in.flip().position(at);
                in.compact();
                if (channel.read(in) < 0) {
                    throw new IOException("the node has closed the connection");
                }
            }
        } catch (IOException e) {
            failure = e.toString();
            LockSupport.unpark(writer);
        }
    }

    private void onFrame(int at) throws IOException {
        header.wrap(view, at + Framing.HEADER_BYTES);
        switch (header.templateId()) {
            case AckDecoder.TEMPLATE_ID -> onAck(ack.wrap(view, at + BODY,
                header.blockLength(), header.version()));
            case EventOutcomeDecoder.TEMPLATE_ID -> outcomes = outcomes + 1;
            case TerminateDecoder.TEMPLATE_ID -> throw new IOException("the node ends the"
                + " session: " + new TerminateDecoder().wrap(view, at + BODY,
                    header.blockLength(), header.version()).code());
            default -> {
                // a heartbeat
            }
        }
    }

    private void onAck(AckDecoder from) {
        final long position = byApplied ? from.appliedSeqNo() : from.durableSeqNo();
        final long before = acked;
        allowed = position + Math.min(window, from.windowMessages());
        if (position > before) {
            listener.onAck(before + 1, position, System.nanoTime());
            acked = position;
        }
        if (waiting) {
            LockSupport.unpark(writer);
        }
    }

    /** Names who hears of acknowledgements from now on. */
    void listen(AckListener to) {
        listener = to;
    }

    /** Returns how many may be sent now, none where the window is closed. */
    long room() {
        return allowed - sent;
    }

    /** Waits until something may be sent, some milliseconds at most. */
    void awaitRoom() throws IOException {
        waiting = true;
        if (room() <= 0) {
            LockSupport.parkNanos(WAIT_NS);
        }
        waiting = false;
        check();
    }

    /** Waits until everything that was sent is acknowledged. */
    void awaitAll(long timeoutMs) throws IOException {
        final long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        waiting = true;
        while (acked < sent) {
            if (System.nanoTime() > deadline) {
                throw new IOException(sent - acked + " events are not acknowledged");
            }
            LockSupport.parkNanos(WAIT_NS);
            check();
        }
        waiting = false;
    }

    private void check() throws IOException {
        if (failure != null) {
            throw new IOException(failure);
        }
    }

    /** Takes the next seqNo for a frame that the caller appends. */
    long nextSeqNo() {
        return ++sent;
    }

    long sent() {
        return sent;
    }

    long acked() {
        return acked;
    }

    /** Returns how many events were not plainly accepted. */
    long outcomes() {
        return outcomes;
    }

    Frames frames() {
        return frames;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
