package io.laurel.gateway.tcp;

import io.laurel.gateway.event.EventDecoder;
import io.laurel.gateway.event.EventDraft;
import io.laurel.gateway.event.EventEncoder;
import io.laurel.gateway.event.EventValidator;
import io.laurel.protocol.wire.GameEventDecoder;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Turns received bytes into a valid event in canonical form, or says that they are none. Holds one
 * event at a time; the hash is over the canonical bytes where the event is valid, else over the
 * bytes as they came, so that the same bytes always give the same hash.
 */
final class EventStage {
    private final EventDraft draft = new EventDraft();
    private final EventValidator validator = new EventValidator();
    private final EventEncoder encoder = new EventEncoder();
    private final UnsafeBuffer canonical = new UnsafeBuffer(new byte[EventEncoder.MAX_BYTES]);
    private int length;
    private long hash;
    private boolean valid;

    /** Takes the bytes of a GameEvent; returns false where they are not one at all. */
    boolean take(DirectBuffer buffer, int offset, int lengthBytes, int blockLength, int version) {
        if (!EventDecoder.decode(buffer, offset, lengthBytes, blockLength, version, draft)) {
            return false;
        }
        valid = validator.validate(draft);
        if (valid) {
            length = encoder.encode(draft, EventDecoder.seqNo(buffer, offset), canonical, 0);
            hash = EventDecoder.contentHash(canonical, 0, length);
        } else {
            hash = EventDecoder.contentHash(buffer, offset, lengthBytes, blockLength);
        }
        return true;
    }

    boolean isValid() {
        return valid;
    }

    long hash() {
        return hash;
    }

    DirectBuffer bytes() {
        return canonical;
    }

    int length() {
        return length;
    }

    int blockLength() {
        return GameEventDecoder.BLOCK_LENGTH;
    }

    int version() {
        return GameEventDecoder.SCHEMA_VERSION;
    }

    /** Returns whether the event is for one of these brands; none at all means any. */
    boolean isForOneOf(byte[][] brands) {
        if (brands.length == 0) {
            return true;
        }
        final byte[] bytes = draft.brand().bytes();
        final int size = draft.brand().length();
        for (final byte[] brand : brands) {
            if (Arrays.equals(brand, 0, brand.length, bytes, 0, size)) {
                return true;
            }
        }
        return false;
    }
}
