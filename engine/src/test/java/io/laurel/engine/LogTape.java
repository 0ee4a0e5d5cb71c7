package io.laurel.engine;

import io.laurel.engine.command.RecordHasher;
import io.laurel.engine.intake.EventHashes;
import io.laurel.engine.port.JournalReader;
import io.laurel.engine.port.LogRecord;
import io.laurel.engine.port.RecordBatch;
import io.laurel.engine.query.ContestInfo;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The commands of a log as bytes, to be played as often as wanted. */
final class LogTape {
    /** One command. */
    record Entry(long sequence, long timeNs, int templateId, int version, int blockLength,
        byte[] body) {
        void applyTo(Engine engine) {
            engine.apply(sequence, timeNs, templateId, version, blockLength,
                new UnsafeBuffer(body), 0, body.length);
        }
    }

    /** What a play came to: roots by sequence, and at the end the digest of each contest. */
    record Result(TreeMap<Long, String> roots, TreeMap<String, String> digests) {
    }

    private final List<Entry> entries = new ArrayList<>();

    /** Returns all that a journal holds. */
    static LogTape of(JournalReader reader) throws IOException {
        final LogTape tape = new LogTape();
        reader.read(1, (buffer, offset, length) -> {
            tape.entries.add(entry(buffer, offset, length));
            return true;
        });
        return tape;
    }

    private static Entry entry(DirectBuffer buffer, int offset, int length) {
        final byte[] body = new byte[length - LogRecord.HEADER_BYTES];
        buffer.getBytes(offset + LogRecord.HEADER_BYTES, body);
        return new Entry(
            buffer.getLong(offset + LogRecord.SEQUENCE_OFFSET, ByteOrder.LITTLE_ENDIAN),
            buffer.getLong(offset + LogRecord.TIME_OFFSET, ByteOrder.LITTLE_ENDIAN),
            buffer.getShort(offset + LogRecord.TEMPLATE_OFFSET, ByteOrder.LITTLE_ENDIAN) & 0xFFFF,
            buffer.getShort(offset + LogRecord.VERSION_OFFSET, ByteOrder.LITTLE_ENDIAN) & 0xFFFF,
            buffer.getShort(offset + LogRecord.BLOCK_LENGTH_OFFSET, ByteOrder.LITTLE_ENDIAN)
                & 0xFFFF, body);
    }

    void add(Entry entry) {
        entries.add(entry);
    }

    List<Entry> entries() {
        return entries;
    }

    /** Plays all of it through a fresh engine. */
    Result play(long memoryBytes, int rootEvery) {
        try (Engine engine = new Engine(memoryBytes)) {
            final TreeMap<Long, String> roots = new TreeMap<>();
            for (final Entry entry : entries) {
                entry.applyTo(engine);
                if (entry.sequence % rootEvery == 0 || entry.sequence == entries.size()) {
                    roots.put(entry.sequence, root(engine));
                }
            }
            return new Result(roots, digests(engine));
        }
    }

    /**
     * Plays all of it through a fresh engine that looks ahead, over groups of all sizes; most of
     * the events are hashed before, as by a reader of the log.
     */
    Result playAhead(long memoryBytes, int rootEvery) {
        final List<DirectBuffer> bodies = new ArrayList<>();
        entries.forEach(entry -> bodies.add(new UnsafeBuffer(entry.body)));
        final List<EventHashes> hashes = hashes();
        try (Engine engine = new Engine(memoryBytes)) {
            final TreeMap<Long, String> roots = new TreeMap<>();
            int seen = 0;
            for (int i = 0; i < entries.size(); i++) {
                if (i >= seen) {
                    seen = lookAhead(engine, bodies, hashes, i, 2 + i % 50);
                }
                final Entry entry = entries.get(i);
                engine.apply(entry.sequence, entry.timeNs, entry.templateId, entry.version,
                    entry.blockLength, bodies.get(i), 0, entry.body.length);
                if (entry.sequence % rootEvery == 0 || entry.sequence == entries.size()) {
                    roots.put(entry.sequence, root(engine));
                }
            }
            return new Result(roots, digests(engine));
        }
    }

    private List<EventHashes> hashes() {
        final RecordHasher hasher = new RecordHasher();
        final List<EventHashes> hashes = new ArrayList<>();
        RecordBatch batch = new RecordBatch();
        for (final Entry entry : entries) {
            final UnsafeBuffer record =
                new UnsafeBuffer(new byte[LogRecord.HEADER_BYTES + entry.body.length]);
            record.putShort(LogRecord.TEMPLATE_OFFSET, (short) entry.templateId,
                ByteOrder.LITTLE_ENDIAN);
            record.putShort(LogRecord.VERSION_OFFSET, (short) entry.version,
                ByteOrder.LITTLE_ENDIAN);
            record.putShort(LogRecord.BLOCK_LENGTH_OFFSET, (short) entry.blockLength,
                ByteOrder.LITTLE_ENDIAN);
            record.putBytes(LogRecord.HEADER_BYTES, entry.body);
            if (!batch.add(record, 0, record.capacity())) {
                batch = new RecordBatch();
                batch.add(record, 0, record.capacity());
            }
            hasher.prepare(batch, batch.size() - 1);
            hashes.add(entry.sequence % 5 == 0 ? EventHashes.UNKNOWN
                : batch.hashes(batch.size() - 1));
        }
        return hashes;
    }

    private int lookAhead(Engine engine, List<DirectBuffer> bodies, List<EventHashes> hashes,
        int from, int most) {
        engine.beginLookahead();
        int next = from;
        boolean more = true;
        while (more && next < Math.min(from + most, entries.size())) {
            final Entry entry = entries.get(next);
            more = engine.lookAhead(entry.sequence, entry.templateId, entry.version,
                entry.blockLength, bodies.get(next), 0, hashes.get(next));
            next++;
        }
        engine.endLookahead();
        return next;
    }

    static String root(Engine engine) {
        return HexFormat.of().formatHex(engine.stateRoot());
    }

    static TreeMap<String, String> digests(Engine engine) {
        final TreeMap<String, String> digests = new TreeMap<>();
        for (final ContestInfo contest : engine.reads().contests()) {
            digests.put(contest.id(),
                HexFormat.of().formatHex(engine.contestDigest(contest.id())));
        }
        return digests;
    }
}
