package io.laurel.gateway.tcp;

import io.laurel.gateway.security.Key;
import io.laurel.gateway.security.Signer;
import io.laurel.protocol.Framing;
import io.laurel.protocol.wire.AckEncoder;
import io.laurel.protocol.wire.ChallengeEncoder;
import io.laurel.protocol.wire.EstablishAckEncoder;
import io.laurel.protocol.wire.EstablishRejectEncoder;
import io.laurel.protocol.wire.EventOutcomeEncoder;
import io.laurel.protocol.wire.FinishedReceivingEncoder;
import io.laurel.protocol.wire.MessageHeaderEncoder;
import io.laurel.protocol.wire.NegotiateRejectEncoder;
import io.laurel.protocol.wire.NegotiateResponseEncoder;
import io.laurel.protocol.wire.OutcomeCode;
import io.laurel.protocol.wire.RejectCode;
import io.laurel.protocol.wire.ResendRequestEncoder;
import io.laurel.protocol.wire.SequenceEncoder;
import io.laurel.protocol.wire.TerminateCode;
import io.laurel.protocol.wire.TerminateEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes the server's messages to one connection; nothing is flushed here. */
final class MessageWriter {
    private static final int BODY = Framing.MIN_FRAME_BYTES;

    private final ChannelHandlerContext channel;
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final AckEncoder ack = new AckEncoder();
    private final EventOutcomeEncoder outcome = new EventOutcomeEncoder();
    private ByteBuf buffer;

    MessageWriter(ChannelHandlerContext channel) {
        this.channel = channel;
    }

    void challenge(byte[] nonce, long instanceId, long timeNs) {
        begin(ChallengeEncoder.TEMPLATE_ID, ChallengeEncoder.BLOCK_LENGTH);
        final ChallengeEncoder to = new ChallengeEncoder().wrap(view, BODY);
        to.putServerNonce(nonce, 0, nonce.length).instanceId(instanceId).serverTimeNs(timeNs)
            .minVersion(0).maxVersion(ChallengeEncoder.SCHEMA_VERSION)
            .maxFrame(Framing.MAX_FRAME_BYTES);
        send();
    }

    /** Writes the answer to Negotiate; without a key the proof is zeros. */
    void negotiateResponse(LogonRequest request, Signer signer, Key key, byte[] exporter) {
        begin(NegotiateResponseEncoder.TEMPLATE_ID, NegotiateResponseEncoder.BLOCK_LENGTH);
        final NegotiateResponseEncoder to = new NegotiateResponseEncoder().wrap(view, BODY);
        to.sessionId(request.sessionId).sessionVerId(request.sessionVerId)
            .requestTimestampNs(request.timestampNs);
        final byte[] proof = key == null ? new byte[Signer.MAC_BYTES]
            : signer.sign(key, to.sbeTemplateId(), request.clientNonce, view, BODY,
                NegotiateResponseEncoder.serverProofEncodingOffset(), exporter);
        to.putServerProof(proof, 0, proof.length);
        send();
    }

    void negotiateReject(LogonRequest request, RejectCode code, long retryAfterMs) {
        begin(NegotiateRejectEncoder.TEMPLATE_ID, NegotiateRejectEncoder.BLOCK_LENGTH);
        new NegotiateRejectEncoder().wrap(view, BODY).sessionId(request.sessionId)
            .sessionVerId(request.sessionVerId).requestTimestampNs(request.timestampNs)
            .retryAfterMs(retryAfterMs).code(code);
        send();
    }

    void establishAck(LogonRequest request, long window, long position) {
        begin(EstablishAckEncoder.TEMPLATE_ID, EstablishAckEncoder.BLOCK_LENGTH);
        new EstablishAckEncoder().wrap(view, BODY).sessionId(request.sessionId)
            .sessionVerId(request.sessionVerId).requestTimestampNs(request.timestampNs)
            .keepAliveMs(request.keepAliveMs).windowMessages(window)
            .lastDurableSeqNo(position).lastAppliedSeqNo(position);
        send();
    }

    void establishReject(LogonRequest request, RejectCode code, long lastDurableSeqNo) {
        begin(EstablishRejectEncoder.TEMPLATE_ID, EstablishRejectEncoder.BLOCK_LENGTH);
        new EstablishRejectEncoder().wrap(view, BODY).sessionId(request.sessionId)
            .sessionVerId(request.sessionVerId).requestTimestampNs(request.timestampNs)
            .lastDurableSeqNo(lastDurableSeqNo).code(code);
        send();
    }

    void ack(long durableSeqNo, long appliedSeqNo, long window, long timeNs) {
        begin(AckEncoder.TEMPLATE_ID, AckEncoder.BLOCK_LENGTH);
        ack.wrap(view, BODY).durableSeqNo(durableSeqNo).appliedSeqNo(appliedSeqNo)
            .windowMessages(window)
            .serverTimeNs(timeNs);
        send();
    }

    void eventOutcome(long seqNo, OutcomeCode code, long sequence) {
        begin(EventOutcomeEncoder.TEMPLATE_ID, EventOutcomeEncoder.BLOCK_LENGTH);
        outcome.wrap(view, BODY).refSeqNo(seqNo).sequence(sequence).code(code);
        send();
    }

    void resendRequest(long expectedSeqNo) {
        begin(ResendRequestEncoder.TEMPLATE_ID, ResendRequestEncoder.BLOCK_LENGTH);
        new ResendRequestEncoder().wrap(view, BODY).expectedSeqNo(expectedSeqNo);
        send();
    }

    void sequence(long nextSeqNo) {
        begin(SequenceEncoder.TEMPLATE_ID, SequenceEncoder.BLOCK_LENGTH);
        new SequenceEncoder().wrap(view, BODY).nextSeqNo(nextSeqNo);
        send();
    }

    void finishedReceiving(long lastSeqNo, long sequence) {
        begin(FinishedReceivingEncoder.TEMPLATE_ID, FinishedReceivingEncoder.BLOCK_LENGTH);
        new FinishedReceivingEncoder().wrap(view, BODY).lastSeqNo(lastSeqNo).sequence(sequence);
        send();
    }

    void terminate(long lastSeqNo, TerminateCode code) {
        begin(TerminateEncoder.TEMPLATE_ID, TerminateEncoder.BLOCK_LENGTH);
        new TerminateEncoder().wrap(view, BODY).lastSeqNo(lastSeqNo).code(code);
        send();
    }

    private void begin(int templateId, int blockLength) {
        final int length = BODY + blockLength;
        buffer = channel.alloc().buffer(length, length);
        Views.wrap(view, buffer, 0, length);
        Framing.write(view, 0, length);
        header.wrap(view, Framing.HEADER_BYTES).blockLength(blockLength).templateId(templateId)
            .schemaId(MessageHeaderEncoder.SCHEMA_ID)
            .version(MessageHeaderEncoder.SCHEMA_VERSION);
    }

    private void send() {
        buffer.writerIndex(buffer.capacity());
        channel.write(buffer, channel.voidPromise());
        buffer = null;
    }
}
