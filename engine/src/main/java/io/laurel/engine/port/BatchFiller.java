package io.laurel.engine.port;

import io.laurel.engine.port.JournalReader.BatchHandler;
import org.agrona.DirectBuffer;

/** Gathers records into one batch, and hands it on whenever it is full. */
final class BatchFiller {
    private final RecordBatch batch = new RecordBatch();
    private final BatchHandler handler;
    private boolean more = true;

    BatchFiller(BatchHandler handler) {
        this.handler = handler;
    }

    boolean take(DirectBuffer buffer, int offset, int length) {
        if (!batch.add(buffer, offset, length)) {
            handOn();
            batch.add(buffer, offset, length);
        }
        return more;
    }

    void handOn() {
        if (more && batch.size() > 0) {
            // also where the handler throws
            more = false;
            more = handler.onBatch(batch);
        }
        batch.clear();
    }
}
