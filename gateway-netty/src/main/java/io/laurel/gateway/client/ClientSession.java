package io.laurel.gateway.client;

import io.laurel.gateway.security.Signer;
import io.laurel.protocol.Framing;
import io.laurel.protocol.wire.AckDecoder;
import io.laurel.protocol.wire.AckLevel;
import io.laurel.protocol.wire.ChallengeDecoder;
import io.laurel.protocol.wire.EstablishAckDecoder;
import io.laurel.protocol.wire.EstablishRejectDecoder;
import io.laurel.protocol.wire.EventOutcomeDecoder;
import io.laurel.protocol.wire.FinishedReceivingDecoder;
import io.laurel.protocol.wire.MessageHeaderDecoder;
import io.laurel.protocol.wire.NegotiateRejectDecoder;
import io.laurel.protocol.wire.NegotiateResponseDecoder;
import io.laurel.protocol.wire.RejectCode;
import io.laurel.protocol.wire.ResendRequestDecoder;
import io.laurel.protocol.wire.TerminateCode;
import io.laurel.protocol.wire.TerminateDecoder;
import java.io.IOException;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.SystemEpochNanoClock;

/** What the client knows of its session; on the client's own thread. */
final class ClientSession {
    private static final int BODY = Framing.MIN_FRAME_BYTES;

    private final SbeClient client;
    private final ClientSettings settings;
    private final ClientMessages messages;
    private final ClientListener listener;
    private final SystemEpochNanoClock clock = new SystemEpochNanoClock();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final AckDecoder ack = new AckDecoder();
    private final EventOutcomeDecoder outcome = new EventOutcomeDecoder();
    private final byte[] nonce = new byte[Signer.NONCE_BYTES];
    private final long[] told;
    private int negotiations;
    private boolean negotiated;
    private boolean live;
    private boolean over;
    private boolean finishTold;
    private long sent;
    private long allowed;
    private volatile long durable;
    private volatile long applied;
    private volatile long lastSequence;
    private volatile long outcomes;
    private volatile long resends;
    private volatile long connections;
    private volatile long regressions;

    ClientSession(SbeClient client, ClientSettings settings, ClientMessages messages,
        ClientListener listener, int remembered) {
        this.client = client;
        this.settings = settings;
        this.messages = messages;
        this.listener = listener;
        told = new long[remembered];
    }

    ClientStats stats(long offered, long sentFrames, long acked) {
        return new ClientStats(offered, sentFrames, acked, durable, applied,
            lastSequence, outcomes, resends,
            Math.max(0, connections - 1), regressions);
    }

    void onConnecting() {
        live = false;
        over = false;
        finishTold = false;
    }

    boolean isLive() {
        return live;
    }

    /** Returns whether the last connection got as far as to carry events. */
    boolean wasLive() {
        return live;
    }

    boolean isOver() {
        return over;
    }

    boolean canSend(long offered) {
        return live && !over && sent < offered && sent < allowed;
    }

    long nextToSend() {
        return sent + 1;
    }

    void onSent() {
        sent++;
    }

    /** Returns whether something could be written now. */
    boolean hasWork(long offered) {
        return canSend(offered) || mustFinish();
    }

    private boolean mustFinish() {
        return live && !over && !finishTold && client.isFinishing() && sent == client.offered();
    }

    /** Says that all is sent, once it is. */
    void finishWhenSent() {
        if (mustFinish()) {
            finishTold = true;
            messages.finishedSending(sent);
        }
    }

    /** Ends the connection on the caller's wish. */
    void leave() {
        if (!over && live && messages.hasRoom()) {
            messages.terminate(sent);
        }
        over = true;
    }

    String end(String what) {
        return live ? what : what + " during the logon";
    }

    void onFrame(DirectBuffer frame) throws IOException {
        header.wrap(frame, Framing.HEADER_BYTES);
        final int block = header.blockLength();
        final int version = header.version();
        switch (header.templateId()) {
            case ChallengeDecoder.TEMPLATE_ID -> onChallenge(
                new ChallengeDecoder().wrap(frame, BODY, block, version));
            case NegotiateResponseDecoder.TEMPLATE_ID -> onNegotiated(frame);
            case NegotiateRejectDecoder.TEMPLATE_ID -> onReject(
                new NegotiateRejectDecoder().wrap(frame, BODY, block, version).code());
            case EstablishAckDecoder.TEMPLATE_ID -> onEstablished(
                new EstablishAckDecoder().wrap(frame, BODY, block, version));
            case EstablishRejectDecoder.TEMPLATE_ID -> onEstablishReject(
                new EstablishRejectDecoder().wrap(frame, BODY, block, version));
            case AckDecoder.TEMPLATE_ID -> onAck(ack.wrap(frame, BODY, block, version));
            case EventOutcomeDecoder.TEMPLATE_ID -> onOutcome(
                outcome.wrap(frame, BODY, block, version));
            case ResendRequestDecoder.TEMPLATE_ID -> onResend(
                new ResendRequestDecoder().wrap(frame, BODY, block, version).expectedSeqNo());
            case FinishedReceivingDecoder.TEMPLATE_ID -> onFinished(
                new FinishedReceivingDecoder().wrap(frame, BODY, block, version));
            case TerminateDecoder.TEMPLATE_ID -> onTerminate(
                new TerminateDecoder().wrap(frame, BODY, block, version).code());
            default -> {
                // a heartbeat, or what a later version of the schema adds
            }
        }
    }

    private void onChallenge(ChallengeDecoder from) {
        from.getServerNonce(nonce, 0, nonce.length);
        if (negotiated) {
            establish();
        } else {
            negotiations++;
            messages.negotiate(nonce, clock.nanoTime());
        }
    }

    private void onNegotiated(DirectBuffer frame) throws IOException {
        if (!messages.isProven(frame)) {
            throw new ClientException("the node does not know the key's secret",
                RejectCode.NULL_VAL);
        }
        negotiated = true;
        establish();
    }

    private void establish() {
        messages.establish(nonce, clock.nanoTime(), client.acked() + 1);
    }

    // an answer that was lost may have opened the version: then it only has to be established
    private void onReject(RejectCode code) throws IOException {
        switch (code) {
            case VERSION_NOT_GREATER -> {
                if (negotiations < 2) {
                    throw new ClientException("refused: " + code, code);
                }
                negotiated = true;
                throw new IOException("refused: " + code);
            }
            case ALREADY_ESTABLISHED, DRAINING, STORAGE_LOW, CAPACITY, STALE_TIMESTAMP ->
                throw new IOException("refused: " + code);
            default -> throw new ClientException("refused: " + code, code);
        }
    }

    private void onEstablishReject(EstablishRejectDecoder from) throws IOException {
        if (from.code() == RejectCode.GAP) {
            onRegressed(from.lastDurableSeqNo());
            throw new IOException("the node is behind");
        }
        onReject(from.code());
    }

    private void onRegressed(long serverSeqNo) throws ClientException {
        final long acked = client.acked();
        regressions++;
        listener.onRegressed(acked, serverSeqNo);
        if (client.offered() - serverSeqNo > told.length) {
            throw new ClientException("SERVER_REGRESSED to " + serverSeqNo
                + ", further back than what is kept", RejectCode.NULL_VAL);
        }
        client.onPosition(serverSeqNo);
    }

    private void onEstablished(EstablishAckDecoder from) throws ClientException {
        final long before = client.acked();
        final boolean byDurable = settings.ackLevel() != AckLevel.ACCEPTED;
        final long position =
            byDurable ? from.lastDurableSeqNo() : from.lastAppliedSeqNo();
        if (from.lastAppliedSeqNo() > client.offered()) {
            throw new ClientException("the session is ahead of this client", RejectCode.GAP);
        }
        durable = from.lastDurableSeqNo();
        applied = from.lastAppliedSeqNo();
        if (position < before) {
            onRegressed(position);
        } else {
            advance(position);
        }
        // again from the last acknowledged one on: outcomes that were lost are told once more
        sent = Math.min(before, position);
        allowed = position + Math.min(settings.window(), from.windowMessages());
        live = true;
        connections++;
        if (connections > 1) {
            listener.onReconnect();
        }
        client.onLive();
    }

    private void onAck(AckDecoder from) {
        durable = Math.max(durable, from.durableSeqNo());
        applied = Math.max(applied, from.appliedSeqNo());
        final long position =
            settings.ackLevel() == AckLevel.ACCEPTED ? applied : durable;
        allowed = position + Math.min(settings.window(), from.windowMessages());
        advance(position);
    }

    private void advance(long position) {
        final long acked = client.acked();
        if (position > acked) {
            listener.onAck(acked + 1, position, System.nanoTime());
            client.onPosition(position);
        }
    }

    private void onOutcome(EventOutcomeDecoder from) {
        final long seqNo = from.refSeqNo();
        final int slot = (int) seqNo & told.length - 1;
        if (told[slot] != seqNo) {
            told[slot] = seqNo;
            outcomes++;
            lastSequence = Math.max(lastSequence, from.sequence());
            listener.onOutcome(seqNo, from.code(), from.sequence());
        }
    }

    private void onFinished(FinishedReceivingDecoder from) {
        lastSequence = Math.max(lastSequence, from.sequence());
        messages.terminate(sent);
        over = true;
        client.onFinished();
    }

    private void onResend(long expectedSeqNo) throws IOException {
        if (expectedSeqNo > sent + 1 || expectedSeqNo + told.length <= client.offered()) {
            throw new IOException("the node asks for what is not kept: " + expectedSeqNo);
        }
        resends++;
        sent = expectedSeqNo - 1;
        finishTold = false;
    }

    private void onTerminate(TerminateCode code) throws IOException {
        over = true;
        switch (code) {
            case SEQ_REUSED, FENCED, DECODE_ERROR, UNKNOWN_TEMPLATE, BAD_STATE,
                WINDOW_EXCEEDED, RESEND_LOOP ->
                throw new ClientException("terminated: " + code, RejectCode.NULL_VAL);
            default -> throw new IOException("terminated: " + code);
        }
    }
}
