package io.laurel.gateway.http;

import io.laurel.gateway.security.Tls;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.ssl.SslContext;

/**
 * Sets a new connection up:
 *
 * <pre>
 *   bytes → (TLS →) StrictDecoder → FlowControlHandler → HttpConnection
 *   bytes ← (TLS ←) HttpResponseEncoder  ←────────────────┘
 * </pre>
 *
 * The flow control holds back what was decoded beyond the request in flight.
 */
final class HttpPipeline extends ChannelInitializer<SocketChannel> {
    private final HttpContext context;
    private final boolean admin;
    private final SslContext tls;

    HttpPipeline(HttpContext context, boolean admin, SslContext tls) {
        this.context = context;
        this.admin = admin;
        this.tls = tls;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
        final HttpConnection connection = new HttpConnection(context, admin);
        channel.pipeline()
            .addLast(new ByteWatch(connection))
            .addLast(new StrictDecoder(new HttpDecoderConfig()
                .setMaxInitialLineLength(context.limits().requestLineBytes())
                .setMaxHeaderSize(context.limits().headerBytes())
                .setStrictLineParsing(true)
                .setUseRfc9112TransferEncoding(true)
                .setAllowDuplicateContentLengths(false)))
            .addLast(new HttpResponseEncoder())
            .addLast(new FlowControlHandler())
            .addLast(connection);
        Tls.addTo(channel, tls);
    }

    /** Tells when the first byte of a request is there. */
    private static final class ByteWatch extends ChannelInboundHandlerAdapter {
        private final HttpConnection connection;

        ByteWatch(HttpConnection connection) {
            this.connection = connection;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object bytes) {
            connection.onBytes();
            ctx.fireChannelRead(bytes);
        }
    }

    /** Takes no message whose length two parties could see differently. */
    private static final class StrictDecoder extends HttpRequestDecoder {
        StrictDecoder(HttpDecoderConfig config) {
            super(config);
        }

        @Override
        protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
            throw new IllegalArgumentException("both Transfer-Encoding and Content-Length");
        }
    }
}
