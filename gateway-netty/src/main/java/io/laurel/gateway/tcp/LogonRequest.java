package io.laurel.gateway.tcp;

import io.laurel.gateway.security.Signer;
import io.laurel.protocol.wire.EstablishDecoder;
import io.laurel.protocol.wire.NegotiateDecoder;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/** What a client asks for in Negotiate or Establish, copied out of its frame. */
final class LogonRequest {
    final int templateId;
    final String keyId;
    final long sessionId;
    final long sessionVerId;
    final long timestampNs;
    final byte[] clientNonce;
    final long keepAliveMs;
    final int ackLevel;
    final long nextSeqNo;
    final byte[] hmac = new byte[Signer.MAC_BYTES];
    /** All bytes of the block before the hmac. */
    final UnsafeBuffer signed;

    private LogonRequest(NegotiateDecoder from, UnsafeBuffer frame, int offset) {
        templateId = NegotiateDecoder.TEMPLATE_ID;
        sessionId = from.sessionId();
        sessionVerId = from.sessionVerId();
        timestampNs = from.timestampNs();
        clientNonce = new byte[Signer.NONCE_BYTES];
        from.getClientNonce(clientNonce, 0, clientNonce.length);
        keepAliveMs = 0;
        ackLevel = 0;
        nextSeqNo = 0;
        from.getHmac(hmac, 0, hmac.length);
        signed = copy(frame, offset, NegotiateDecoder.hmacEncodingOffset());
        keyId = keyId(frame, offset + NegotiateDecoder.keyIdEncodingOffset());
    }

    private LogonRequest(EstablishDecoder from, UnsafeBuffer frame, int offset) {
        templateId = EstablishDecoder.TEMPLATE_ID;
        sessionId = from.sessionId();
        sessionVerId = from.sessionVerId();
        timestampNs = from.timestampNs();
        clientNonce = new byte[0];
        keepAliveMs = from.keepAliveMs();
        ackLevel = frame.getByte(offset + EstablishDecoder.ackLevelEncodingOffset()) & 0xFF;
        nextSeqNo = frame.getLong(offset + EstablishDecoder.nextSeqNoEncodingOffset(),
            ByteOrder.LITTLE_ENDIAN);
        from.getHmac(hmac, 0, hmac.length);
        signed = copy(frame, offset, EstablishDecoder.hmacEncodingOffset());
        keyId = keyId(frame, offset + EstablishDecoder.keyIdEncodingOffset());
    }

    static LogonRequest negotiate(UnsafeBuffer frame, int offset, int blockLength, int version) {
        return new LogonRequest(new NegotiateDecoder().wrap(frame, offset, blockLength, version),
            frame, offset);
    }

    static LogonRequest establish(UnsafeBuffer frame, int offset, int blockLength, int version) {
        return new LogonRequest(new EstablishDecoder().wrap(frame, offset, blockLength, version),
            frame, offset);
    }

    private static UnsafeBuffer copy(UnsafeBuffer frame, int offset, int length) {
        final byte[] bytes = new byte[length];
        frame.getBytes(offset, bytes);
        return new UnsafeBuffer(bytes);
    }

    private static String keyId(UnsafeBuffer frame, int offset) {
        int length = 0;
        while (length < NegotiateDecoder.keyIdLength() && frame.getByte(offset + length) != 0) {
            length++;
        }
        final byte[] bytes = new byte[length];
        frame.getBytes(offset, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
