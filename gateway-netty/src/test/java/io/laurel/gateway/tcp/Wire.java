package io.laurel.gateway.tcp;

import io.laurel.gateway.event.EventDraft;
import io.laurel.gateway.event.EventEncoder;
import io.laurel.gateway.event.Events;
import io.laurel.gateway.security.Key;
import io.laurel.gateway.security.Signer;
import io.laurel.protocol.Framing;
import io.laurel.protocol.wire.AckLevel;
import io.laurel.protocol.wire.EstablishEncoder;
import io.laurel.protocol.wire.FinishedSendingEncoder;
import io.laurel.protocol.wire.GameEventEncoder;
import io.laurel.protocol.wire.MessageHeaderEncoder;
import io.laurel.protocol.wire.NegotiateEncoder;
import io.laurel.protocol.wire.SequenceEncoder;
import io.laurel.protocol.wire.TerminateCode;
import io.laurel.protocol.wire.TerminateEncoder;
import java.util.Arrays;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;

/** A client's messages as whole frames. */
final class Wire {
    static final int BODY = Framing.MIN_FRAME_BYTES;
    static final byte[] NO_NONCE = new byte[Signer.NONCE_BYTES];

    private Wire() {
    }

    static byte[] frame(int templateId, int blockLength, int bodyLength,
        Consumer<UnsafeBuffer> body) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[BODY + bodyLength]);
        Framing.write(buffer, 0, BODY + bodyLength);
        new MessageHeaderEncoder().wrap(buffer, Framing.HEADER_BYTES).blockLength(blockLength)
            .templateId(templateId).schemaId(MessageHeaderEncoder.SCHEMA_ID).version(0);
        body.accept(buffer);
        return buffer.byteArray();
    }

    static byte[] negotiate(Key key, byte[] serverNonce, long sessionId, long version,
        long timestampNs) {
        final int block = NegotiateEncoder.BLOCK_LENGTH;
        return frame(NegotiateEncoder.TEMPLATE_ID, block, block, buffer -> {
            final NegotiateEncoder to = new NegotiateEncoder().wrap(buffer, BODY)
                .keyId(key == null ? "" : key.id()).sessionId(sessionId).sessionVerId(version)
                .timestampNs(timestampNs).putClientNonce(NO_NONCE, 0, NO_NONCE.length);
            to.putHmac(sign(key, NegotiateEncoder.TEMPLATE_ID, serverNonce, buffer,
                NegotiateEncoder.hmacEncodingOffset()), 0, Signer.MAC_BYTES);
        });
    }

    static byte[] establish(Key key, byte[] serverNonce, long sessionId, long version,
        long timestampNs, long nextSeqNo, int keepAliveMs, AckLevel level) {
        final int block = EstablishEncoder.BLOCK_LENGTH;
        return frame(EstablishEncoder.TEMPLATE_ID, block, block, buffer -> {
            final EstablishEncoder to = new EstablishEncoder().wrap(buffer, BODY)
                .sessionId(sessionId).sessionVerId(version).timestampNs(timestampNs)
                .keepAliveMs(keepAliveMs).ackLevel(level).nextSeqNo(nextSeqNo)
                .keyId(key == null ? "" : key.id());
            to.putHmac(sign(key, EstablishEncoder.TEMPLATE_ID, serverNonce, buffer,
                EstablishEncoder.hmacEncodingOffset()), 0, Signer.MAC_BYTES);
        });
    }

    private static byte[] sign(Key key, int templateId, byte[] nonce, UnsafeBuffer buffer,
        int length) {
        return key == null ? new byte[Signer.MAC_BYTES] : new Signer().sign(key, templateId,
            nonce, buffer, BODY, length, Signer.noTls());
    }

    static byte[] event(long seqNo, Consumer<EventDraft> change) {
        final EventDraft draft = Events.spin(new EventDraft(), "e" + seqNo);
        change.accept(draft);
        final UnsafeBuffer body = new UnsafeBuffer(new byte[EventEncoder.MAX_BYTES]);
        final int length = new EventEncoder().encode(draft, seqNo, body, 0);
        return frame(GameEventEncoder.TEMPLATE_ID, GameEventEncoder.BLOCK_LENGTH, length,
            buffer -> buffer.putBytes(BODY, body, 0, length));
    }

    static byte[] event(long seqNo) {
        return event(seqNo, draft -> draft.traceId().set("t"));
    }

    static byte[] sequence(long nextSeqNo) {
        final int block = SequenceEncoder.BLOCK_LENGTH;
        return frame(SequenceEncoder.TEMPLATE_ID, block, block,
            buffer -> new SequenceEncoder().wrap(buffer, BODY).nextSeqNo(nextSeqNo));
    }

    static byte[] finishedSending(long lastSeqNo) {
        final int block = FinishedSendingEncoder.BLOCK_LENGTH;
        return frame(FinishedSendingEncoder.TEMPLATE_ID, block, block,
            buffer -> new FinishedSendingEncoder().wrap(buffer, BODY).lastSeqNo(lastSeqNo));
    }

    static byte[] terminate() {
        final int block = TerminateEncoder.BLOCK_LENGTH;
        return frame(TerminateEncoder.TEMPLATE_ID, block, block,
            buffer -> new TerminateEncoder().wrap(buffer, BODY).lastSeqNo(0)
                .code(TerminateCode.FINISHED));
    }

    static byte[] join(byte[]... frames) {
        final int length = Arrays.stream(frames).mapToInt(frame -> frame.length).sum();
        final byte[] all = new byte[length];
        int at = 0;
        for (final byte[] frame : frames) {
            System.arraycopy(frame, 0, all, at, frame.length);
            at += frame.length;
        }
        return all;
    }
}
