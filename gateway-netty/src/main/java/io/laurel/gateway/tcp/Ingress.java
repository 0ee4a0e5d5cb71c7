package io.laurel.gateway.tcp;

import io.laurel.protocol.Framing;
import io.laurel.protocol.wire.EstablishDecoder;
import io.laurel.protocol.wire.FinishedSendingDecoder;
import io.laurel.protocol.wire.MessageHeaderDecoder;
import io.laurel.protocol.wire.NegotiateDecoder;
import io.laurel.protocol.wire.SequenceDecoder;
import io.laurel.protocol.wire.TerminateCode;
import io.laurel.protocol.wire.TerminateDecoder;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Sends each message of a client to where it belongs in the present state, and ends the connection
 * where it belongs nowhere.
 */
final class Ingress implements SofhFrameDecoder.FrameSink {
    private static final int BODY = Framing.MIN_FRAME_BYTES;

    private final SessionHandler session;
    private final TcpContext context;
    private final Logon logon;
    private final SessionTimers timers;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private EventIntake events;

    Ingress(SessionHandler session, TcpContext context, Logon logon, SessionTimers timers) {
        this.session = session;
        this.context = context;
        this.logon = logon;
        this.timers = timers;
    }

    /** The session is established, its last event known. */
    void open(long lastSeqNo) {
        events = new EventIntake(session, context, logon.request(), logon.source(), logon.key(),
            lastSeqNo);
    }

    /** Returns the next seqNo that will be taken, 1 before a session is established. */
    long expected() {
        return events == null ? 1 : events.expected();
    }

    boolean isProbing() {
        return events != null && events.isProbing();
    }

    @Override
    public void onBytes() {
        timers.onReceived();
    }

    @Override
    public void onPause() {
        context.metrics.stalls++;
        timers.startRetry();
    }

    @Override
    public void onBadFrame() {
        context.metrics.badFrames++;
        session.abort();
    }

    @Override
    public boolean onFrame(UnsafeBuffer frame, int length) {
        header.wrap(frame, Framing.HEADER_BYTES);
        final int blockLength = header.blockLength();
        final int version = header.version();
        final int templateId = header.templateId();
        final int known = MessageTable.blockLength(templateId);
        if (header.schemaId() != MessageHeaderDecoder.SCHEMA_ID) {
            session.terminate(TerminateCode.DECODE_ERROR);
        } else if (known < 0) {
            session.terminate(TerminateCode.UNKNOWN_TEMPLATE);
        } else if (blockLength < known || blockLength > length - BODY) {
            session.terminate(TerminateCode.DECODE_ERROR);
        } else if (!MessageTable.belongs(templateId, session.state())) {
            session.terminate(TerminateCode.BAD_STATE);
        } else if (MessageTable.hasStrings(templateId)) {
            return events.onEvent(templateId, frame, BODY, length - BODY, blockLength, version);
        } else if (version <= MessageHeaderDecoder.SCHEMA_VERSION
            && (blockLength != known || length != BODY + known)) {
            session.terminate(TerminateCode.DECODE_ERROR);
        } else {
            onMessage(frame, templateId, blockLength, version);
        }
        return true;
    }

    private void onMessage(UnsafeBuffer frame, int templateId, int blockLength, int version) {
        switch (templateId) {
            case NegotiateDecoder.TEMPLATE_ID -> logon.onNegotiate(
                LogonRequest.negotiate(frame, BODY, blockLength, version), version);
            case EstablishDecoder.TEMPLATE_ID -> logon.onEstablish(
                LogonRequest.establish(frame, BODY, blockLength, version), version);
            case SequenceDecoder.TEMPLATE_ID ->
                events.isComplete(number(frame, SequenceDecoder.nextSeqNoEncodingOffset()));
            case FinishedSendingDecoder.TEMPLATE_ID -> onFinishedSending(
                number(frame, FinishedSendingDecoder.lastSeqNoEncodingOffset()));
            case TerminateDecoder.TEMPLATE_ID -> session.terminate(TerminateCode.FINISHED);
            default -> session.terminate(TerminateCode.UNKNOWN_TEMPLATE);
        }
    }

    private static long number(UnsafeBuffer frame, int offset) {
        return frame.getLong(BODY + offset, ByteOrder.LITTLE_ENDIAN);
    }

    private void onFinishedSending(long last) {
        if (events.isComplete(last + 1)) {
            if (last + 1 == events.expected()) {
                session.moveTo(SessionState.FINISHING);
                session.egress().acknowledge();
            } else {
                session.terminate(TerminateCode.BAD_STATE);
            }
        }
    }
}
