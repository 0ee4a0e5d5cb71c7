package io.laurel.gateway.http;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Answers as messages of HTTP. */
final class Responses {
    private static final DateTimeFormatter DATE = DateTimeFormatter
        .ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final int NOT_MODIFIED = 304;

    private Responses() {
    }

    /**
     * Returns the message.
     *
     * @param headOnly whether the length is told and the body kept back
     */
    static FullHttpResponse of(Answer answer, boolean keepAlive, boolean headOnly,
        String traceId) {
        final FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(answer.status()),
            headOnly ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(answer.body()));
        final HttpHeaders headers = response.headers();
        if (answer.status() != NOT_MODIFIED) {
            headers.set("Content-Type", answer.contentType());
            headers.set("Content-Length", answer.body().length);
        }
        headers.set("Date", DATE.format(Instant.now()));
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Cache-Control", "no-store");
        headers.set("Trace-Id", traceId);
        answer.headers().forEach(headers::set);
        headers.set("Connection", keepAlive ? "keep-alive" : "close");
        return response;
    }
}
