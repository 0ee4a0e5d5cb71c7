package io.laurel.gateway.client;

import io.laurel.gateway.security.Key;
import io.laurel.gateway.security.Signer;
import io.laurel.protocol.Framing;
import io.laurel.protocol.wire.EstablishEncoder;
import io.laurel.protocol.wire.FinishedSendingEncoder;
import io.laurel.protocol.wire.MessageHeaderEncoder;
import io.laurel.protocol.wire.NegotiateEncoder;
import io.laurel.protocol.wire.NegotiateResponseDecoder;
import io.laurel.protocol.wire.SequenceEncoder;
import io.laurel.protocol.wire.TerminateCode;
import io.laurel.protocol.wire.TerminateEncoder;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Appends a client's own messages to what is to be sent. */
final class ClientMessages {
    private static final int BODY = Framing.MIN_FRAME_BYTES;
    private static final int LONGEST = 256;

    private final ClientSettings settings;
    private final ByteBuffer out;
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final Signer signer = new Signer();
    private final SecureRandom random = new SecureRandom();
    private final byte[] clientNonce = new byte[Signer.NONCE_BYTES];
    private int length;

    ClientMessages(ClientSettings settings, ByteBuffer out) {
        this.settings = settings;
        this.out = out;
    }

    /** Returns whether any of these messages fits behind what is already there. */
    boolean hasRoom() {
        return out.remaining() >= LONGEST;
    }

    void negotiate(byte[] serverNonce, long nowNs) {
        begin(NegotiateEncoder.TEMPLATE_ID, NegotiateEncoder.BLOCK_LENGTH);
        random.nextBytes(clientNonce);
        final NegotiateEncoder to = new NegotiateEncoder().wrap(view, BODY).keyId(keyId())
            .sessionId(settings.sessionId()).sessionVerId(settings.sessionVerId())
            .timestampNs(nowNs).putClientNonce(clientNonce, 0, clientNonce.length);
        to.putHmac(sign(NegotiateEncoder.TEMPLATE_ID, serverNonce, view, BODY,
            NegotiateEncoder.hmacEncodingOffset()), 0, Signer.MAC_BYTES);
        end();
    }

    /** Returns whether the node has proven that it knows the secret too. */
    boolean isProven(DirectBuffer frame) {
        final NegotiateResponseDecoder from = new NegotiateResponseDecoder().wrap(frame, BODY,
            NegotiateResponseDecoder.BLOCK_LENGTH, 0);
        final byte[] proof = new byte[Signer.MAC_BYTES];
        from.getServerProof(proof, 0, proof.length);
        return Signer.same(proof, sign(NegotiateResponseDecoder.TEMPLATE_ID, clientNonce, frame,
            BODY, NegotiateResponseDecoder.serverProofEncodingOffset()));
    }

    void establish(byte[] serverNonce, long nowNs, long nextSeqNo) {
        begin(EstablishEncoder.TEMPLATE_ID, EstablishEncoder.BLOCK_LENGTH);
        final EstablishEncoder to = new EstablishEncoder().wrap(view, BODY)
            .sessionId(settings.sessionId()).sessionVerId(settings.sessionVerId())
            .timestampNs(nowNs).keepAliveMs(settings.keepAliveMs())
            .ackLevel(settings.ackLevel()).nextSeqNo(nextSeqNo).keyId(keyId());
        to.putHmac(sign(EstablishEncoder.TEMPLATE_ID, serverNonce, view, BODY,
            EstablishEncoder.hmacEncodingOffset()), 0, Signer.MAC_BYTES);
        end();
    }

    void sequence(long nextSeqNo) {
        begin(SequenceEncoder.TEMPLATE_ID, SequenceEncoder.BLOCK_LENGTH);
        new SequenceEncoder().wrap(view, BODY).nextSeqNo(nextSeqNo);
        end();
    }

    void finishedSending(long lastSeqNo) {
        begin(FinishedSendingEncoder.TEMPLATE_ID, FinishedSendingEncoder.BLOCK_LENGTH);
        new FinishedSendingEncoder().wrap(view, BODY).lastSeqNo(lastSeqNo);
        end();
    }

    void terminate(long lastSeqNo) {
        begin(TerminateEncoder.TEMPLATE_ID, TerminateEncoder.BLOCK_LENGTH);
        new TerminateEncoder().wrap(view, BODY).lastSeqNo(lastSeqNo)
            .code(TerminateCode.FINISHED);
        end();
    }

    private String keyId() {
        return settings.key() == null ? "" : settings.key().id();
    }

    private byte[] sign(int templateId, byte[] nonce, DirectBuffer buffer, int offset,
        int lengthBytes) {
        final Key key = settings.key();
        return key == null ? new byte[Signer.MAC_BYTES]
            : signer.sign(key, templateId, nonce, buffer, offset, lengthBytes, Signer.noTls());
    }

    private void begin(int templateId, int blockLength) {
        length = BODY + blockLength;
        view.wrap(out, out.position(), length);
        Framing.write(view, 0, length);
        header.wrap(view, Framing.HEADER_BYTES).blockLength(blockLength).templateId(templateId)
            .schemaId(MessageHeaderEncoder.SCHEMA_ID)
            .version(MessageHeaderEncoder.SCHEMA_VERSION);
    }

    private void end() {
        out.position(out.position() + length);
    }
}
