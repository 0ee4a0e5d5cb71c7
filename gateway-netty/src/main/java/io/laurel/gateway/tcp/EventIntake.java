package io.laurel.gateway.tcp;

import io.laurel.engine.ResultCode;
import io.laurel.engine.command.ContentHash;
import io.laurel.engine.query.SessionProbe;
import io.laurel.gateway.event.EventDecoder;
import io.laurel.gateway.security.Key;
import io.laurel.protocol.wire.GameEventDecoder;
import io.laurel.protocol.wire.MatchResultDecoder;
import io.laurel.protocol.wire.TerminateCode;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/**
 * Takes the events of an established session in the order of their seqNos (interfaces 4, exactly
 * once) and publishes one command for each, valid or not.
 */
final class EventIntake {
    private static final int MAX_PROBES = 64;
    private static final int MATCH_STRINGS = 4;

    private final SessionHandler session;
    private final TcpContext context;
    private final long sessionId;
    private final long sessionVerId;
    private final int source;
    private final byte[][] brands;
    private final long[] hashes;
    private final ResendGuard resends = new ResendGuard();
    private final ContentHash matchHash = new ContentHash();
    private long expected;
    private int probes;

    EventIntake(SessionHandler session, TcpContext context, LogonRequest request, int source,
        Key key, long lastSeqNo) {
        this.session = session;
        this.context = context;
        this.source = source;
        sessionId = request.sessionId;
        sessionVerId = request.sessionVerId;
        brands = key == null ? new byte[0][] : key.brands().stream()
            .map(brand -> brand.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
        hashes = new long[context.settings.windowMessages()];
        expected = lastSeqNo + 1;
    }

    /** Returns the next seqNo that will be taken. */
    long expected() {
        return expected;
    }

    boolean isProbing() {
        return probes > 0;
    }

    /**
     * Takes a GameEvent or a MatchResult.
     *
     * @param length bytes of block and strings
     * @return false where there is no room for it now
     */
    boolean onEvent(int templateId, DirectBuffer buffer, int offset, int length, int blockLength,
        int version) {
        final long seqNo = EventDecoder.seqNo(buffer, offset);
        if (seqNo == expected && session.egress().isBeyondWindow(seqNo)) {
            session.terminate(TerminateCode.WINDOW_EXCEEDED);
            return true;
        }
        if (seqNo == expected && !hasRoom()) {
            return false;
        }
        return templateId == GameEventDecoder.TEMPLATE_ID
            ? gameEvent(seqNo, buffer, offset, length, blockLength, version)
            : matchResult(seqNo, buffer, offset, length, blockLength, version);
    }

    private boolean gameEvent(long seqNo, DirectBuffer buffer, int offset, int length,
        int blockLength, int version) {
        final EventStage stage = context.events;
        if (!stage.take(buffer, offset, length, blockLength, version)) {
            session.terminate(TerminateCode.DECODE_ERROR);
            return true;
        }
        if (seqNo != expected) {
            return outOfOrder(seqNo, stage.hash());
        }
        if (!stage.isValid()) {
            return refuse(stage.hash(), ResultCode.INVALID);
        }
        if (!stage.isForOneOf(brands)) {
            return refuse(stage.hash(), ResultCode.FORBIDDEN);
        }
        context.commands.event(sessionId, sessionVerId, source, stage.blockLength(),
            stage.version(), stage.bytes(), 0, stage.length());
        return publish(stage.hash());
    }

    /** Nothing scores a match yet. */
    private boolean matchResult(long seqNo, DirectBuffer buffer, int offset, int length,
        int blockLength, int version) {
        if (!EventDecoder.isWellFormed(buffer, offset, length, blockLength, version,
            MatchResultDecoder.BLOCK_LENGTH, MATCH_STRINGS)) {
            session.terminate(TerminateCode.DECODE_ERROR);
            return true;
        }
        final long hash = matchHash.of(buffer, offset + Long.BYTES, length - Long.BYTES);
        return seqNo == expected ? refuse(hash, ResultCode.UNSUPPORTED) : outOfOrder(seqNo, hash);
    }

    /** Takes the seqNo that a client says it is at; returns whether nothing is missing before. */
    boolean isComplete(long nextSeqNo) {
        if (Long.compareUnsigned(nextSeqNo, expected) > 0) {
            requestResend();
            return false;
        }
        return true;
    }

    private boolean hasRoom() {
        return context.gate.intakeOpen() && context.gate.remainingCapacity() > 0
            && session.mayTake(expected);
    }

    private boolean refuse(long hash, ResultCode code) {
        context.commands.eventRefused(sessionId, sessionVerId, expected, hash, source,
            code.code());
        if (publish(hash)) {
            context.metrics.refusedEvents++;
            return true;
        }
        return false;
    }

    private boolean publish(long hash) {
        if (!session.publish(TcpContext.EVENT, expected)) {
            return false;
        }
        hashes[(int) expected & hashes.length - 1] = hash;
        expected++;
        context.metrics.events++;
        resends.onExpected();
        return true;
    }

    private boolean outOfOrder(long seqNo, long hash) {
        if (Long.compareUnsigned(seqNo, expected) > 0) {
            context.metrics.discardedEvents++;
            requestResend();
            return true;
        }
        if (Long.compareUnsigned(seqNo, session.egress().applied()) > 0) {
            if (hashes[(int) seqNo & hashes.length - 1] != hash) {
                session.terminate(TerminateCode.SEQ_REUSED);
            }
            context.metrics.repeatedEvents++;
            return true;
        }
        return probe(seqNo, hash);
    }

    private void requestResend() {
        if (resends.isWaiting()) {
            return;
        }
        if (resends.request(context.ticker.nanoTime())) {
            context.metrics.resendRequests++;
            session.writer().resendRequest(expected);
            session.flush();
        } else {
            session.terminate(TerminateCode.RESEND_LOOP);
        }
    }

    private boolean probe(long seqNo, long hash) {
        if (probes >= MAX_PROBES) {
            return false;
        }
        final Ask<SessionProbe> ask = new Ask<>(
            reads -> reads.sessionProbe(sessionId, sessionVerId, seqNo, hash),
            (probe, sequence) -> onProbe(seqNo, probe));
        if (!context.gate.tryQuery(ask)) {
            return false;
        }
        probes++;
        context.metrics.repeatedEvents++;
        return true;
    }

    private void onProbe(long seqNo, SessionProbe probe) {
        probes--;
        if (!session.state().isLive()) {
            return;
        }
        if (probe.known() && !probe.sameContent()) {
            session.terminate(TerminateCode.SEQ_REUSED);
            return;
        }
        session.egress().repeat(seqNo, probe.known() ? probe.code() : ResultCode.ACCEPTED.code(),
            probe.sequence());
    }
}
