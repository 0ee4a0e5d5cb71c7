package io.laurel.perf.wire;

import io.laurel.protocol.Framing;
import io.laurel.protocol.wire.EstablishEncoder;
import io.laurel.protocol.wire.AckLevel;
import io.laurel.protocol.wire.GameEventEncoder;
import io.laurel.protocol.wire.MessageHeaderEncoder;
import io.laurel.protocol.wire.NegotiateEncoder;
import io.laurel.protocol.wire.SequenceEncoder;
import io.laurel.perf.load.RoundWriter;
import io.laurel.perf.load.Rounds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import org.agrona.concurrent.UnsafeBuffer;

/** What a session without keys sends, gathered and then written at once. */
final class Frames {
    private static final int BUFFER_BYTES = 256 * 1_024;
    private static final int BODY = Framing.MIN_FRAME_BYTES;
    private static final int KEEP_ALIVE_MS = 60_000;
    private static final int MAC_BYTES = 32;

    private final SocketChannel channel;
    private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final UnsafeBuffer view = new UnsafeBuffer(out);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final RoundWriter rounds = new RoundWriter();
    private final UnsafeBuffer eventHead = new UnsafeBuffer(new byte[BODY]);
    private final int eventBytes;
    private int at;

    Frames(SocketChannel channel) {
        this.channel = channel;
        eventBytes = BODY + rounds.length();
        head(eventHead, 0, GameEventEncoder.TEMPLATE_ID, GameEventEncoder.BLOCK_LENGTH,
            eventBytes);
    }

    private void head(UnsafeBuffer to, int offset, int template, int block, int length) {
        Framing.write(to, offset, length);
        header.wrap(to, offset + Framing.HEADER_BYTES).blockLength(block).templateId(template)
            .schemaId(MessageHeaderEncoder.SCHEMA_ID)
            .version(MessageHeaderEncoder.SCHEMA_VERSION);
    }

    private int begin(int template, int block) {
        final int offset = at;
        view.setMemory(offset, BODY + block, (byte) 0);
        head(view, offset, template, block, BODY + block);
        at += BODY + block;
        return offset + BODY;
    }

    void negotiate(long sessionId, long versionId, long nowNs) {
        new NegotiateEncoder().wrap(view,
            begin(NegotiateEncoder.TEMPLATE_ID, NegotiateEncoder.BLOCK_LENGTH)).keyId("")
            .sessionId(sessionId).sessionVerId(versionId).timestampNs(nowNs);
    }

    void establish(long sessionId, long versionId, long nowNs, AckLevel level) {
        new EstablishEncoder().wrap(view,
            begin(EstablishEncoder.TEMPLATE_ID, EstablishEncoder.BLOCK_LENGTH))
            .sessionId(sessionId).sessionVerId(versionId).timestampNs(nowNs)
            .keepAliveMs(KEEP_ALIVE_MS).ackLevel(level).nextSeqNo(1).keyId("")
            .putHmac(new byte[MAC_BYTES], 0, MAC_BYTES);
    }

    void heartbeat(long nextSeqNo) {
        new SequenceEncoder().wrap(view,
            begin(SequenceEncoder.TEMPLATE_ID, SequenceEncoder.BLOCK_LENGTH))
            .nextSeqNo(nextSeqNo);
    }

    /** Appends a round, and writes what is gathered where there is no room for another. */
    void event(Rounds round, long player, long ts, long seqNo) throws IOException {
        if (at + eventBytes > BUFFER_BYTES) {
            flush();
        }
        view.putBytes(at, eventHead, 0, BODY);
        rounds.write(round, player, ts, view, at + BODY);
        view.putLong(at + BODY, seqNo, ByteOrder.LITTLE_ENDIAN);
        at += eventBytes;
    }

    int eventBytes() {
        return eventBytes;
    }

    /** Writes all that is gathered; the channel blocks. */
    void flush() throws IOException {
        out.limit(at).position(0);
        while (out.hasRemaining()) {
            channel.write(out);
        }
        out.clear();
        at = 0;
    }
}
