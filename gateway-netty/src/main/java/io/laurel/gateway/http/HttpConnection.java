package io.laurel.gateway.http;

import io.laurel.gateway.http.Problem.ProblemException;
import io.laurel.gateway.security.Tls;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;

/**
 * One connection: reads one request, has it answered, and only then reads on. Times are deadlines
 * that a sweep looks at; they do not move while bytes trickle in.
 */
final class HttpConnection extends ChannelInboundHandlerAdapter {
    private static final System.Logger LOG = System.getLogger(HttpConnection.class.getName());
    private static final byte[] NO_BODY = new byte[0];
    private static final int FIRST_BODY_BYTES = 1024;
    /** How long a refused client may go on sending before it is cut off. */
    private static final long LINGER_NS = 2_000_000_000L;

    private final HttpContext context;
    private final boolean admin;
    private ChannelHandlerContext channel;
    private InetAddress peer;
    private ConnectionTable.Address address;
    private State state = State.IDLE;
    private long deadlineNs;
    private HttpRequest request;
    private RequestGuard.Admission admission;
    private byte[] body = NO_BODY;
    private int bodyLength;
    private int reserved;
    private String traceId = "";
    private boolean headOnly;

    /** Where a connection stands. */
    private enum State {
        /** Between two requests. */
        IDLE,
        /** Some of the headers are there. */
        HEADERS,
        /** Some of the body is there. */
        BODY,
        /** The request is being answered. */
        HANDLING,
        /** The answer is on its way. */
        WRITING,
        /** Nothing more is read from it but to be thrown away. */
        CLOSING
    }

    HttpConnection(HttpContext context, boolean admin) {
        this.context = context;
        this.admin = admin;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        channel = ctx;
        peer = ((InetSocketAddress) ctx.channel().remoteAddress()).getAddress();
        address = ConnectionTable.Address.of(peer);
        if (!context.table().tryAdd(this, address)) {
            turnAway(ctx);
            return;
        }
        enter(State.IDLE, context.limits().idle().toNanos());
    }

    /** Nobody watches over this one, so it may not linger. */
    private void turnAway(ChannelHandlerContext ctx) {
        state = State.CLOSING;
        if (ctx.pipeline().get(SslHandler.class) != null) {
            // an answer would have to wait for the handshake
            ctx.close();
            return;
        }
        traceId = TraceIds.of(null);
        context.counters().onAnswer(503);
        ctx.writeAndFlush(Responses.of(Problem.later(503, "too_many_connections", "")
            .toAnswer(traceId), false, false, traceId)).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (address != null) {
            context.table().remove(this, address);
        }
        releaseBody();
        state = State.CLOSING;
    }

    private void startRequest(HttpRequest head) {
        request = head;
        traceId = TraceIds.of(head.headers().get("traceparent"));
        headOnly = "HEAD".equals(head.method().name());
        context.counters().onRequest();
    }

    /** Bytes have arrived, perhaps not yet a request. */
    void onBytes() {
        if (state == State.IDLE) {
            enter(State.HEADERS, context.limits().headers().toNanos());
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (state == State.CLOSING) {
                return;
            }
            if (message instanceof HttpRequest head) {
                begin(head);
            }
            if (message instanceof HttpContent content && state == State.BODY) {
                take(content);
            }
        } catch (final ProblemException e) {
            refuse(e.problem());
        } catch (final RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "request failed, trace_id " + traceId, e);
            refuse(Problem.of(500, "internal", "Something broke; it is in the node's log."));
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void begin(HttpRequest head) {
        startRequest(head);
        checkDecoded(head.decoderResult().cause());
        admission = context.guard().admit(head, admin, peer, address, System.nanoTime());
        if (context.isDraining()) {
            throw Problem.later(503, "draining", "The node is stopping.").toException();
        }
        enter(State.BODY, context.limits().body().toNanos());
        if (HttpUtil.is100ContinueExpected(head)) {
            channel.writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1,
                HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
        }
    }

    private static void checkDecoded(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            throw Problem.of(414, "too_large", "The request line is too long.").toException();
        }
        if (cause instanceof TooLongHttpHeaderException) {
            throw Problem.of(431, "too_large", "The headers are too long.").toException();
        }
        if (cause != null) {
            throw Problem.malformed("This is not HTTP/1.1 as it should be.").toException();
        }
    }

    private void take(HttpContent content) {
        checkDecoded(content.decoderResult().cause());
        final ByteBuf bytes = content.content();
        final int more = bytes.readableBytes();
        if (more > admission.bodyLimitBytes() - bodyLength) {
            throw RequestGuard.tooLarge(admission.bodyLimitBytes());
        }
        if (bodyLength + more > body.length) {
            grow(bodyLength + more);
        }
        bytes.readBytes(body, bodyLength, more);
        bodyLength += more;
        if (content instanceof LastHttpContent) {
            dispatch();
        }
    }

    private void grow(int atLeast) {
        final int size = Math.min(admission.bodyLimitBytes(),
            Math.max(FIRST_BODY_BYTES, Math.max(atLeast, body.length * 2)));
        if (!context.table().tryReserve(size - reserved)) {
            throw Problem.later(503, "capacity", "Too much is being received.").toException();
        }
        reserved = size;
        body = Arrays.copyOf(body, size);
    }

    private void dispatch() {
        final byte[] whole = bodyLength == body.length ? body : Arrays.copyOf(body, bodyLength);
        enter(State.HANDLING, Long.MAX_VALUE);
        // what the client sends behind this request stays where it is until this one is answered
        channel.channel().config().setAutoRead(false);
        final Caller caller = context.guard().authenticate(request, admission, admin, whole);
        final Exchange exchange = new Exchange(new Request(admin, request.method().name(),
            admission.target(), admission.match().variables(), request.headers(), whole, caller),
            traceId, this::answer);
        exchange.run(() -> admission.match().route().handler().handle(exchange));
    }

    /** Sends an answer and reads on once it is gone. */
    private void answer(Answer answer) {
        context.counters().onAnswer(answer.status());
        releaseBody();
        if (!channel.channel().isActive()) {
            return;
        }
        send(answer, HttpUtil.isKeepAlive(request) && !context.isDraining());
    }

    private void send(Answer answer, boolean keepAlive) {
        enter(State.WRITING, context.limits().idle().toNanos());
        final ChannelFuture written =
            channel.writeAndFlush(Responses.of(answer, keepAlive, headOnly, traceId));
        written.addListener(done -> {
            if (!done.isSuccess()) {
                channel.close();
            } else if (keepAlive) {
                // not at once: a client with many requests in one packet would grow the stack
                channel.executor().execute(this::next);
            } else {
                linger();
            }
        });
    }

    private void next() {
        if (context.isDraining()) {
            channel.close();
        } else if (state == State.WRITING) {
            request = null;
            traceId = "";
            enter(State.IDLE, context.limits().idle().toNanos());
            channel.channel().config().setAutoRead(true);
        }
    }

    /** Answers before the handler has seen the request. */
    private void refuse(Problem problem) {
        if (state == State.CLOSING || !channel.channel().isActive()) {
            return;
        }
        context.counters().onAnswer(problem.status());
        final boolean ended = state == State.HANDLING || state != State.BODY && request != null
            && request.decoderResult().isSuccess() && !HttpUtil.isTransferEncodingChunked(request)
            && "0".equals(request.headers().get("Content-Length", "0"));
        releaseBody();
        if (traceId.isEmpty()) {
            traceId = TraceIds.of(null);
        }
        if (ended) {
            channel.channel().config().setAutoRead(false);
            send(problem.toAnswer(traceId), HttpUtil.isKeepAlive(request)
                && !context.isDraining());
        } else {
            // nothing that follows can be trusted to be a request
            enter(State.CLOSING, LINGER_NS);
            channel.writeAndFlush(
                Responses.of(problem.toAnswer(traceId), false, headOnly, traceId))
                .addListener(done -> linger());
        }
    }

    /** A close with unread bytes would destroy the answer on its way, so they are read first. */
    private void linger() {
        enter(State.CLOSING, LINGER_NS);
        if (channel.channel() instanceof SocketChannel socket && socket.isActive()) {
            Tls.shutdownOutput(socket);
            socket.config().setAutoRead(true);
        } else {
            channel.close();
        }
    }

    private void enter(State next, long forNs) {
        state = next;
        deadlineNs = forNs == Long.MAX_VALUE ? Long.MAX_VALUE : System.nanoTime() + forNs;
    }

    private void releaseBody() {
        context.table().release(reserved);
        reserved = 0;
        bodyLength = 0;
        body = NO_BODY;
    }

    /** Looks at the deadline. */
    void sweep(long nowNs) {
        if (deadlineNs == Long.MAX_VALUE || nowNs - deadlineNs < 0) {
            return;
        }
        if (state == State.HEADERS || state == State.BODY) {
            refuse(Problem.of(408, "timeout", "The request came too slowly."));
        } else {
            channel.close();
        }
    }

    /** Closes at once where nothing is under way. */
    void drain() {
        if (state == State.IDLE) {
            channel.close();
        }
    }

    /** Closes whatever is under way. */
    void abort() {
        channel.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.log(System.Logger.Level.DEBUG, "connection broke", cause);
        ctx.close();
    }
}
