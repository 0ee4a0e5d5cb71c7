package io.laurel.engine.command;

import io.laurel.engine.ResultCode;
import io.laurel.engine.intake.EventView;
import io.laurel.protocol.storage.EventCommandDecoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * What is applied in the place of a command that is passed. It does the due work of its time and
 * nothing else; but an event of a session takes its place there, refused as {@code skipped}, since
 * the ones behind it in the log were acknowledged and must count.
 */
public final class StandIn {
    private final CommandWriter writer = new CommandWriter();
    private final EventView event = new EventView();
    private final EventCommandDecoder command = new EventCommandDecoder();
    private final ContentHash contentHash = new ContentHash();

    /** Returns the command that stands in for one whose body lies at an offset. */
    public CommandWriter of(int templateId, int version, int blockLength, DirectBuffer buffer,
        int offset) {
        if (templateId != EventCommandDecoder.TEMPLATE_ID) {
            return writer.tick();
        }
        command.wrap(buffer, offset, blockLength, version);
        final int at = offset + blockLength;
        final int length = buffer.getShort(at, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
        if (command.sessionId() == 0 || !event.wrap(buffer,
            at + EventCommandDecoder.payloadHeaderLength(), command.eventBlockLength(), length)) {
            return writer.tick();
        }
        return writer.eventRefused(command.sessionId(), command.sessionVerId(), event.seqNo(),
            contentHash.of(buffer, event.contentOffset(),
                event.contentEnd() - event.contentOffset()),
            command.source(), ResultCode.SKIPPED.code());
    }
}
