package io.laurel.gateway.tcp;

import io.laurel.protocol.Framing;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Cuts the stream into frames and hands them over one by one, without copying where they arrive
 * whole. A frame that the sink does not take stays here, and reading stops until {@link #resume()}:
 * so at most one read is ever buffered, and nothing is lost. A frame of impossible length or of
 * another encoding closes the connection.
 */
final class SofhFrameDecoder extends ChannelInboundHandlerAdapter {
    private final FrameSink sink;
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private ChannelHandlerContext context;
    private ByteBuf pending = Unpooled.EMPTY_BUFFER;
    private boolean busy;
    private boolean paused;
    private boolean retrying;
    private boolean stopped;

    /** Takes frames. */
    interface FrameSink {
        /** Something came in, whole frames or not. */
        void onBytes();

        /**
         * Takes a frame, which lies at offset 0 of the view, SOFH included, for this call only.
         *
         * @return false where there is no room for it now
         */
        boolean onFrame(UnsafeBuffer frame, int length);

        /** The last frame was not taken: reading stops. */
        void onPause();

        /** The stream is not made of frames; the connection closes. */
        void onBadFrame();
    }

    SofhFrameDecoder(FrameSink sink) {
        this.sink = sink;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        stopped = true;
        if (!busy) {
            drop();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        final ByteBuf bytes = (ByteBuf) message;
        if (stopped) {
            bytes.release();
            return;
        }
        pending = pending.isReadable()
            ? ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), pending, bytes) : bytes;
        sink.onBytes();
        run();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        stop();
        ctx.fireChannelInactive();
    }

    /** Returns whether a frame waits for room. */
    boolean isPaused() {
        return paused;
    }

    /** Offers the waiting frame again; reading goes on once it and those behind it are taken. */
    void resume() {
        if (paused && !stopped && !busy) {
            paused = false;
            retrying = true;
            run();
            retrying = false;
            if (!paused && !stopped) {
                context.channel().config().setAutoRead(true);
            }
        }
    }

    /** Throws away what is here and all that follows; reads on, so that the end is seen. */
    void stop() {
        stopped = true;
        if (!busy) {
            drop();
        }
        if (paused && context.channel().isActive()) {
            paused = false;
            context.channel().config().setAutoRead(true);
        }
    }

    private void run() {
        if (busy || paused) {
            return;
        }
        busy = true;
        try {
            while (!stopped && !paused && nextFrame()) {
                // the work is done in the condition
            }
        } finally {
            busy = false;
            if (stopped || !pending.isReadable()) {
                drop();
            }
        }
    }

    private boolean nextFrame() {
        final int readable = pending.readableBytes();
        if (readable < Framing.HEADER_BYTES) {
            return false;
        }
        final int at = pending.readerIndex();
        final long length = pending.getUnsignedInt(at);
        if (length < Framing.MIN_FRAME_BYTES || length > Framing.MAX_FRAME_BYTES
            || pending.getUnsignedShort(at + Integer.BYTES) != Framing.ENCODING_SBE_LE) {
            stopped = true;
            sink.onBadFrame();
            return false;
        }
        if (readable < length) {
            return false;
        }
        Views.wrap(view, pending, at, (int) length);
        if (sink.onFrame(view, (int) length)) {
            pending.skipBytes((int) length);
            retrying = false;
            return true;
        }
        if (!stopped) {
            paused = true;
            if (!retrying) {
                sink.onPause();
            }
            context.channel().config().setAutoRead(false);
        }
        return false;
    }

    private void drop() {
        pending.release();
        pending = Unpooled.EMPTY_BUFFER;
    }
}
