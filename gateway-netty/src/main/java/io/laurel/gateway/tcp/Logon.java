package io.laurel.gateway.tcp;

import io.laurel.engine.ResultCode;
import io.laurel.engine.port.IntakeState;
import io.laurel.engine.query.EngineReads;
import io.laurel.engine.query.SessionInfo;
import io.laurel.gateway.security.Key;
import io.laurel.gateway.security.Keys;
import io.laurel.gateway.security.Signer;
import io.laurel.protocol.wire.AckLevel;
import io.laurel.protocol.wire.EstablishDecoder;
import io.laurel.protocol.wire.NegotiateDecoder;
import io.laurel.protocol.wire.RejectCode;
import io.laurel.protocol.wire.TerminateCode;
import java.util.concurrent.TimeUnit;
import java.util.function.ObjLongConsumer;

/**
 * The way of one connection from Challenge to EstablishAck. Steps that ask the engine may find no
 * room; they are kept and tried again by {@link SessionHandler#attempt}.
 */
final class Logon {
    private final SessionHandler session;
    private final TcpContext context;
    private final byte[] nonce = new byte[Signer.NONCE_BYTES];
    private final byte[] exporter = Signer.noTls();
    private long challengedNs;
    private LogonRequest request;
    private Key key;
    private String keyName;
    private int source = -1;

    Logon(SessionHandler session, TcpContext context) {
        this.session = session;
        this.context = context;
    }

    void challenge() {
        context.random.nextBytes(nonce);
        challengedNs = context.ticker.nanoTime();
        session.writer().challenge(nonce, context.instanceId, context.wallClockNs.getAsLong());
        session.flush();
    }

    /** Returns the name that the key's connections are counted under, null before a logon. */
    String keyName() {
        return keyName;
    }

    Key key() {
        return key;
    }

    int source() {
        return source;
    }

    LogonRequest request() {
        return request;
    }

    void onNegotiate(LogonRequest asked, int version) {
        request = asked;
        if (version > NegotiateDecoder.SCHEMA_VERSION) {
            reject(RejectCode.PROTOCOL_VERSION, 0);
        } else if (authenticate() && mayEnter()) {
            final IntakeState intake = context.gate.intakeState();
            if (intake != IntakeState.OPEN) {
                reject(intake == IntakeState.CAPACITY ? RejectCode.CAPACITY
                    : RejectCode.STORAGE_LOW, 0);
                return;
            }
            session.moveTo(SessionState.NEGOTIATING);
            session.attempt(() -> context.sources.resolve(keyName, this::onSource));
        }
    }

    void onEstablish(LogonRequest asked, int version) {
        final LogonRequest negotiated = request;
        request = asked;
        if (version > EstablishDecoder.SCHEMA_VERSION) {
            reject(RejectCode.PROTOCOL_VERSION, 0);
        } else if (!authenticate()) {
            return;
        } else if (negotiated != null && (negotiated.sessionId != asked.sessionId
            || negotiated.sessionVerId != asked.sessionVerId)) {
            reject(RejectCode.UNNEGOTIATED, 0);
        } else if (asked.keepAliveMs < TcpSettings.MIN_KEEP_ALIVE_MS
            || asked.keepAliveMs > TcpSettings.MAX_KEEP_ALIVE_MS) {
            reject(RejectCode.KEEPALIVE_RANGE, 0);
        } else if (asked.ackLevel != AckLevel.DURABLE.value()
            && asked.ackLevel != AckLevel.ACCEPTED.value()) {
            session.terminate(TerminateCode.DECODE_ERROR);
        } else if (mayEnter() && mayHold()) {
            session.moveTo(SessionState.ESTABLISHING);
            session.attempt(() -> context.sources.resolve(keyName, this::onSource));
        }
    }

    private boolean authenticate() {
        if (request.sessionId == 0) {
            session.terminate(TerminateCode.DECODE_ERROR);
            return false;
        }
        if (context.keys.isEmpty()) {
            return true;
        }
        final long nowNs = context.ticker.nanoTime();
        final long waitNs = context.limiter.refusedForNs(request.keyId, session.address(), nowNs);
        if (waitNs > 0) {
            reject(RejectCode.ATTEMPTS_EXCEEDED, TimeUnit.NANOSECONDS.toMillis(waitNs) + 1);
            return false;
        }
        final Key claimed = context.keys.findOrStranger(request.keyId);
        final byte[] expected = context.signer.sign(claimed, request.templateId, nonce,
            request.signed, 0, request.signed.capacity(), exporter);
        final boolean genuine = Signer.same(expected, request.hmac) && claimed.has(Key.SEND);
        if (!genuine || key != null && key != claimed) {
            context.limiter.onFailure(request.keyId, session.address(), nowNs);
            reject(RejectCode.BAD_CREDENTIALS, 0);
            return false;
        }
        context.limiter.onSuccess(request.keyId, session.address());
        final long skewNs = context.wallClockNs.getAsLong() - request.timestampNs;
        if (skewNs > context.settings.clockToleranceNs()
            || skewNs < -context.settings.clockToleranceNs()
            || nowNs - challengedNs > context.settings.nonceLifeNs()) {
            reject(RejectCode.STALE_TIMESTAMP, 0);
            return false;
        }
        key = claimed;
        return true;
    }

    private boolean mayEnter() {
        if (keyName == null) {
            final String name = key == null ? Keys.LOCAL_SOURCE : key.id();
            if (!context.registry.enter(name, context.settings.maxSessionsPerKey())) {
                reject(RejectCode.TOO_MANY_SESSIONS, 0);
                return false;
            }
            keyName = name;
        }
        return true;
    }

    // one connection per session: an open one keeps it, a closed one gives it up
    private boolean mayHold() {
        final SessionHandler holder = context.registry.holder(request.sessionId);
        if (holder != null && holder != session && holder.isOpen()) {
            reject(holder.sessionVerId() == request.sessionVerId ? RejectCode.ALREADY_ESTABLISHED
                : RejectCode.UNNEGOTIATED, 0);
            return false;
        }
        return true;
    }

    private void onSource(int number) {
        if (session.state() == SessionState.TERMINATED) {
            return;
        }
        if (number < 0) {
            reject(RejectCode.CAPACITY, 0);
            return;
        }
        source = number;
        if (session.state() == SessionState.NEGOTIATING) {
            session.attempt(() -> ask((standing, sequence) -> open(standing.info())));
        } else if (mayHold()) {
            final SessionHandler before = context.registry.hold(request.sessionId, session);
            session.attempt(() -> (before == null || before == session || before.owed() == 0)
                && ask(this::establish));
        }
    }

    private boolean ask(ObjLongConsumer<Standing> then) {
        final long sessionId = request.sessionId;
        return context.gate.tryQuery(new Ask<>(reads -> Standing.of(reads, sessionId),
            (standing, sequence) -> {
                if (session.state() != SessionState.TERMINATED) {
                    then.accept(standing, sequence);
                }
            }));
    }

    /** A session, null where there is none, and what the outcome of its last event named. */
    private record Standing(SessionInfo info, long lastSequence) {
        static Standing of(EngineReads reads, long sessionId) {
            final SessionInfo info = reads.session(sessionId);
            return new Standing(info, info == null || info.lastSeqNo() == 0 ? 0
                : reads.sessionProbe(sessionId, info.sessionVerId(), info.lastSeqNo(), 0)
                    .sequence());
        }
    }

    // a session belongs to the source that opened it: no other may fence it
    private void open(SessionInfo info) {
        if (info != null && info.source() != source) {
            reject(RejectCode.BAD_CREDENTIALS, 0);
        } else {
            session.attempt(() -> {
                context.commands.openSession(request.sessionId, request.sessionVerId, source);
                return session.publish(TcpContext.OPEN, 0);
            });
        }
    }

    void onOpened(int code) {
        if (code == ResultCode.ACCEPTED.code()) {
            final SessionHandler before = context.registry.hold(request.sessionId, session);
            if (before != null && before != session && before.isOpen()) {
                before.terminate(TerminateCode.FENCED);
            }
            session.moveTo(SessionState.NEGOTIATED);
            session.writer().negotiateResponse(request, context.signer, key, exporter);
            session.flush();
        } else {
            reject(code == ResultCode.SESSION_VERSION.code() ? RejectCode.VERSION_NOT_GREATER
                : code == ResultCode.STORAGE_LOW.code() ? RejectCode.STORAGE_LOW
                : code == ResultCode.FORBIDDEN.code() ? RejectCode.BAD_CREDENTIALS
                : RejectCode.CAPACITY, 0);
        }
    }

    private void establish(Standing standing, long sequence) {
        final SessionInfo info = standing.info();
        if (info == null || info.sessionVerId() != request.sessionVerId
            || info.source() != source) {
            reject(RejectCode.UNNEGOTIATED, 0);
            return;
        }
        // what is told as durable has to be on disk, also where replies come earlier than that
        session.attempt(() -> {
            if (context.gate.durableSequence() < sequence) {
                return false;
            }
            if (Long.compareUnsigned(request.nextSeqNo, info.lastSeqNo() + 1) > 0) {
                reject(RejectCode.GAP, info.lastSeqNo());
            } else {
                session.onEstablished(info.lastSeqNo(), standing.lastSequence());
            }
            return true;
        });
    }

    // the detail is the time to wait in ms, or for GAP where the session stands
    private void reject(RejectCode code, long detail) {
        context.metrics.onReject(code);
        if (request.templateId == NegotiateDecoder.TEMPLATE_ID) {
            session.writer().negotiateReject(request, code, detail);
        } else {
            session.writer().establishReject(request, code,
                code == RejectCode.GAP ? detail : 0);
        }
        session.hangUp();
    }
}
