package io.laurel.gateway.tcp;

import io.laurel.protocol.wire.TerminateCode;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Everything that happens to a connection because time passes. */
final class SessionTimers {
    private static final long RETRY_NS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long GRACE_NS = TimeUnit.MILLISECONDS.toNanos(500);

    private final SessionHandler session;
    private final TcpContext context;
    private ChannelHandlerContext channel;
    private Future<?> step;
    private Future<?> retry;
    private Future<?> ack;
    private Future<?> keepAlive;
    private Future<?> slow;
    private long keepAliveNs;
    private long receivedNs;
    private long sentNs;

    SessionTimers(SessionHandler session, TcpContext context) {
        this.session = session;
        this.context = context;
    }

    void bind(ChannelHandlerContext bound) {
        channel = bound;
    }

    void onReceived() {
        receivedNs = context.ticker.nanoTime();
    }

    void onSent() {
        sentNs = context.ticker.nanoTime();
    }

    /** Gives the present step of the logon its time. */
    void startStep() {
        cancel(step);
        step = in(context.settings.stepTimeoutNs(), () -> {
            if (session.state().isLogon()) {
                session.terminate(TerminateCode.LOGON_TIMEOUT);
            }
        });
    }

    /** Looks for room again soon, also where no reply comes that would say so. */
    void startRetry() {
        if (retry == null && session.isOpen()) {
            retry = in(RETRY_NS, () -> {
                retry = null;
                session.onBatchEnd(context.gate.durableSequence());
                if (session.decoder().isPaused() || session.isDraining()) {
                    startRetry();
                }
            });
        }
    }

    void startAck(long delayNs) {
        if (ack == null) {
            ack = in(delayNs, () -> {
                ack = null;
                session.egress().acknowledge();
            });
        }
    }

    void startKeepAlive(long periodMs) {
        cancel(step);
        keepAliveNs = TimeUnit.MILLISECONDS.toNanos(periodMs);
        onReceived();
        keepAlive = channel.executor().scheduleAtFixedRate(this::beat, keepAliveNs / 4,
            keepAliveNs / 4, TimeUnit.NANOSECONDS);
    }

    // half the promised silence leaves room for a late timer
    private void beat() {
        final long nowNs = context.ticker.nanoTime();
        if (session.decoder().isPaused()) {
            receivedNs = nowNs;
        }
        if (nowNs - receivedNs > 2 * keepAliveNs + GRACE_NS) {
            session.terminate(TerminateCode.KEEPALIVE_LAPSED);
        } else if (nowNs - sentNs >= keepAliveNs / 2) {
            session.writer().sequence(session.lastSeqNo() + 1);
            session.flush();
        }
    }

    void onWritable(boolean writable) {
        if (writable) {
            cancel(slow);
            slow = null;
        } else if (slow == null && session.isOpen()) {
            slow = in(context.settings.slowConsumerNs(),
                () -> {
                    session.terminate(TerminateCode.SLOW_CONSUMER);
                    channel.close();
                });
        }
    }

    void stop() {
        cancel(step);
        cancel(retry);
        cancel(ack);
        cancel(keepAlive);
        cancel(slow);
    }

    private Future<?> in(long delayNs, Runnable task) {
        return channel.executor().schedule(task, delayNs, TimeUnit.NANOSECONDS);
    }

    private static void cancel(Future<?> task) {
        if (task != null) {
            task.cancel(false);
        }
    }
}
