package io.laurel.gateway.tcp;

import io.laurel.engine.ResultCode;
import io.laurel.gateway.security.Tls;
import io.laurel.protocol.wire.TerminateCode;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLException;

/**
 * One connection: its state, its way to the engine and back, and its end. What comes in goes
 * through {@link Ingress}, what goes out through {@link Egress}.
 */
final class SessionHandler extends ChannelInboundHandlerAdapter {
    private static final int KIND_SHIFT = 22;
    private static final int SEQ_NO_MASK = (1 << KIND_SHIFT) - 1;
    private static final long LINGER_NS = TimeUnit.SECONDS.toNanos(1);

    private final TcpContext context;
    private final Logon logon;
    private final SessionTimers timers;
    private final Ingress ingress;
    private final SofhFrameDecoder decoder;
    private ChannelHandlerContext channel;
    private MessageWriter writer;
    private Egress egress;
    private SessionState state = SessionState.CONNECTED;
    private BooleanSupplier waitingStep;
    private String address = "";
    private int number;
    private int owed;
    private boolean draining;

    SessionHandler(TcpContext context) {
        this.context = context;
        logon = new Logon(this, context);
        timers = new SessionTimers(this, context);
        ingress = new Ingress(this, context, logon, timers);
        decoder = new SofhFrameDecoder(ingress);
    }

    SofhFrameDecoder decoder() {
        return decoder;
    }

    int number() {
        return number;
    }

    SessionState state() {
        return state;
    }

    MessageWriter writer() {
        return writer;
    }

    Egress egress() {
        return egress;
    }

    String address() {
        return address;
    }

    long sessionVerId() {
        return logon.request() == null ? 0 : logon.request().sessionVerId;
    }

    /** Returns the last seqNo that was taken. */
    long lastSeqNo() {
        return ingress.expected() - 1;
    }

    /** Returns whether outcomes of repeated events are still being looked up. */
    boolean isProbing() {
        return ingress.isProbing();
    }

    boolean isOpen() {
        return state != SessionState.TERMINATED;
    }

    boolean isDraining() {
        return draining;
    }

    /** Returns how many commands of this connection the engine has not answered. */
    int owed() {
        return owed;
    }

    /** Returns whether an event may be taken: not while stopping, nor while the client is slow. */
    boolean mayTake(long seqNo) {
        return !draining && channel.channel().isWritable() && egress.hasPlaceFor(seqNo);
    }

    /** Publishes what the shared writer holds; returns false where there is no room. */
    boolean publish(int kind, long seqNo) {
        final int detail = kind << KIND_SHIFT | (int) seqNo & SEQ_NO_MASK;
        if (context.publish(TcpContext.token(number, detail))) {
            owed++;
            return true;
        }
        return false;
    }

    void moveTo(SessionState next) {
        if (!state.canMoveTo(next)) {
            throw new IllegalStateException(state + " does not lead to " + next);
        }
        state = next;
        if (next.isLogon()) {
            timers.startStep();
        }
    }

    /** Runs a step that may find no room; then it is tried again until it does. */
    void attempt(BooleanSupplier step) {
        if (isOpen() && !step.getAsBoolean()) {
            waitingStep = step;
            timers.startRetry();
        }
    }

    void flush() {
        timers.onSent();
        channel.flush();
    }

    /** The engine has said where the session stands. */
    void onEstablished(long position, long lastSequence) {
        moveTo(SessionState.ESTABLISHED);
        context.metrics.liveSessions++;
        ingress.open(position);
        egress = new Egress(this, context, timers, logon.request(), position,
            lastSequence);
        timers.startKeepAlive(logon.request().keepAliveMs);
    }

    /** Ends the connection with a reason; the session lives on. */
    void terminate(TerminateCode code) {
        if (isOpen()) {
            context.metrics.onTerminate(code);
            writer.terminate(lastSeqNo(), code);
            hangUp();
        }
    }

    /**
     * Ends the connection after what was written. Only the sending half is closed at first: to
     * close both with bytes unread would reset the connection, and the reason would be lost.
     */
    void hangUp() {
        if (!isOpen()) {
            return;
        }
        leaveState();
        decoder.stop();
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> {
            if (channel.channel() instanceof DuplexChannel duplex) {
                Tls.shutdownOutput(duplex);
            } else {
                channel.close();
            }
        });
        if (channel.channel().isActive()) {
            channel.executor().schedule(this::abort, LINGER_NS, TimeUnit.NANOSECONDS);
        }
    }

    /** Closes at once. */
    void abort() {
        channel.close();
    }

    private void leaveState() {
        if (state.isLive()) {
            context.metrics.liveSessions--;
        }
        moveTo(SessionState.TERMINATED);
        timers.stop();
        waitingStep = null;
        if (logon.keyName() != null) {
            context.registry.leave(logon.keyName());
        }
        forgetIfDone();
    }

    private void forgetIfDone() {
        if (!isOpen() && owed == 0) {
            context.registry.remove(this,
                logon.request() == null ? 0 : logon.request().sessionId);
        }
    }

    void onReply(int detail, long sequence, int code, long value) {
        owed--;
        if (!isOpen()) {
            forgetIfDone();
        } else if (detail >>> KIND_SHIFT == TcpContext.OPEN) {
            logon.onOpened(code);
        } else if (code == ResultCode.SESSION_VERSION.code()) {
            terminate(TerminateCode.FENCED);
        } else if (code == ResultCode.SESSION_SEQUENCE.code()
            || (egress.applied() + 1 & SEQ_NO_MASK) != (detail & SEQ_NO_MASK)) {
            terminate(TerminateCode.UNSPECIFIED);
        } else {
            egress.onResult(sequence, code, value);
        }
    }

    /** A burst of replies is over, or some time has passed. */
    void onBatchEnd(long durableSequence) {
        if (state.isLive()) {
            egress.onDurable(durableSequence);
        }
        retry();
        if (state.isLive()) {
            egress.acknowledge();
        }
        if (draining && isOpen() && owed == 0 && (egress == null || egress.isSafe())) {
            terminate(TerminateCode.SHUTDOWN);
        }
    }

    // tries again what found no room
    private void retry() {
        final BooleanSupplier step = waitingStep;
        waitingStep = null;
        if (step != null) {
            attempt(step);
        }
        if (decoder.isPaused() && isOpen()) {
            timers.onReceived();
            decoder.resume();
        }
    }

    /** Takes no more events, and ends the connection once the client knows of all it has sent. */
    void drain() {
        draining = true;
        timers.startRetry();
        onBatchEnd(context.gate.durableSequence());
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        channel = ctx;
        writer = new MessageWriter(ctx);
        timers.bind(ctx);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        if (ctx.channel().remoteAddress() instanceof InetSocketAddress remote) {
            address = remote.getAddress().getHostAddress();
        }
        number = context.registry.add(this);
        context.metrics.connections++;
        context.metrics.openConnections++;
        if (ctx.pipeline().get(SslHandler.class) == null) {
            begin();
        }
    }

    private void begin() {
        timers.startStep();
        logon.challenge();
    }

    /** Under TLS the times of the logon begin behind the handshake, which has its own. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent done && done.isSuccess() && isOpen()) {
            begin();
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        context.metrics.openConnections--;
        context.registry.onClosed(this);
        if (isOpen()) {
            leaveState();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        timers.onWritable(ctx.channel().isWritable());
        if (ctx.channel().isWritable() && isOpen()) {
            retry();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException || cause.getCause() instanceof SSLException) {
            abort();
        } else {
            terminate(TerminateCode.UNSPECIFIED);
            ctx.fireExceptionCaught(cause);
        }
    }
}
