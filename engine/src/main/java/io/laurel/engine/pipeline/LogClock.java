package io.laurel.engine.pipeline;

import io.laurel.protocol.storage.AdvanceTimeDecoder;
import io.laurel.protocol.storage.EventCommandDecoder;
import io.laurel.protocol.wire.GameEventDecoder;
import java.nio.ByteOrder;
import java.util.function.LongSupplier;

/**
 * Log time (semantics 1.8), never decreasing. Mode system: wall time, read once per block. Mode
 * event: the highest {@code ts} of any event so far, its own included, moved on by AdvanceTime.
 * Journal stage only.
 */
final class LogClock {
    private final boolean eventClock;
    private final LongSupplier wallClockNs;
    private long timeNs;

    LogClock(boolean eventClock, long lastTimeNs, LongSupplier wallClockNs) {
        this.eventClock = eventClock;
        this.timeNs = lastTimeNs;
        this.wallClockNs = wallClockNs;
    }

    /** A new block begins. */
    void startBlock() {
        if (!eventClock) {
            timeNs = Math.max(timeNs, wallClockNs.getAsLong());
        }
    }

    /** Returns the time of the command in the slot. */
    long timeFor(CommandSlot slot) {
        if (eventClock) {
            if (slot.templateId() == EventCommandDecoder.TEMPLATE_ID) {
                moveTo(slot, slot.blockLength() + EventCommandDecoder.payloadHeaderLength()
                    + GameEventDecoder.tsEncodingOffset());
            } else if (slot.templateId() == AdvanceTimeDecoder.TEMPLATE_ID) {
                moveTo(slot, AdvanceTimeDecoder.toNsEncodingOffset());
            }
        }
        return timeNs;
    }

    private void moveTo(CommandSlot slot, int at) {
        // a body too short for its time keeps the time as it is; the engine judges the body
        if (at + Long.BYTES <= slot.length()) {
            timeNs = Math.max(timeNs,
                slot.buffer().getLong(slot.offset() + at, ByteOrder.LITTLE_ENDIAN));
        }
    }
}
