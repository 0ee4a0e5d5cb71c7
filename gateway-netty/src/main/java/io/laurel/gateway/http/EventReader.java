package io.laurel.gateway.http;

import io.laurel.engine.ResultCode;
import io.laurel.engine.command.CommandWriter;
import io.laurel.engine.command.ContentHash;
import io.laurel.gateway.event.EventDraft;
import io.laurel.gateway.event.EventEncoder;
import io.laurel.gateway.json.EventJson;
import io.laurel.protocol.wire.GameEventEncoder;
import java.util.Set;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Turns the JSON of one event into the command that stands for it: the event, or where it is
 * invalid that one was refused, so that every outcome is counted in the log. Shared by all
 * requests, which use it one after another.
 */
final class EventReader {
    private final EventJson json = new EventJson();
    private final EventDraft draft = new EventDraft();
    private final EventEncoder encoder = new EventEncoder();
    private final ContentHash hash = new ContentHash();
    private final ExpandableArrayBuffer encoded = new ExpandableArrayBuffer();
    private final UnsafeBuffer text = new UnsafeBuffer(0, 0);
    private EventJson.Verdict verdict;
    private boolean foreignBrand;
    private int encodedLength;
    private long contentHash;

    /** Reads one event; the other methods tell about it until the next call. */
    EventJson.Verdict read(byte[] body, int offset, int length, Set<String> brands) {
        verdict = json.read(body, offset, length, draft);
        foreignBrand = verdict == EventJson.Verdict.VALID && !brands.isEmpty()
            && !brands.contains(draft.brand().toString());
        if (verdict == EventJson.Verdict.VALID) {
            encodedLength = encoder.encode(draft, 0, encoded, 0);
        } else if (length > 0) {
            text.wrap(body, offset, length);
            contentHash = hash.of(text, 0, length);
        }
        return verdict;
    }

    /** Returns why the event is refused before the log; ACCEPTED where it is not. */
    ResultCode refusal() {
        return verdict == EventJson.Verdict.INVALID ? ResultCode.INVALID
            : foreignBrand ? ResultCode.FORBIDDEN : ResultCode.ACCEPTED;
    }

    String field() {
        return foreignBrand ? "brand" : json.field();
    }

    String message() {
        return foreignBrand ? "is none that the key may send for" : json.message();
    }

    /** Writes the command. */
    void write(CommandWriter to, int source) {
        final ResultCode refusal = refusal();
        if (refusal == ResultCode.ACCEPTED) {
            to.event(0, 0, source, GameEventEncoder.BLOCK_LENGTH,
                GameEventEncoder.SCHEMA_VERSION, encoded, 0, encodedLength);
        } else {
            to.eventRefused(0, 0, 0, contentHash, source, refusal.code());
        }
    }
}
