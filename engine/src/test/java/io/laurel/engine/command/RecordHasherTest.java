package io.laurel.engine.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.port.LogRecord;
import io.laurel.engine.port.RecordBatch;
import io.laurel.protocol.wire.GameEventEncoder;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What is hashed of a log before the engine sees it. That the hashes are right, replays show. */
class RecordHasherTest {
    private static final long SEED = 7;
    private static final int FUZZED = 50_000;

    private final CommandWriter writer = new CommandWriter();
    private final UnsafeBuffer record = new UnsafeBuffer(new byte[256 << 10]);
    private final RecordBatch batch = new RecordBatch();
    private long sequence;
    private int eventBytes;

    /** Adds a command as a record, and returns where it is. */
    private int add(CommandWriter command) {
        final int length = record(command);
        assertTrue(batch.add(record, 0, length));
        return batch.size() - 1;
    }

    private int record(CommandWriter command) {
        final int length = LogRecord.HEADER_BYTES + command.length();
        record.setMemory(0, LogRecord.HEADER_BYTES, (byte) 0);
        record.putInt(LogRecord.LENGTH_OFFSET, length, ByteOrder.LITTLE_ENDIAN);
        record.putLong(LogRecord.SEQUENCE_OFFSET, ++sequence, ByteOrder.LITTLE_ENDIAN);
        record.putShort(LogRecord.TEMPLATE_OFFSET, (short) command.templateId(),
            ByteOrder.LITTLE_ENDIAN);
        record.putShort(LogRecord.BLOCK_LENGTH_OFFSET, (short) command.blockLength(),
            ByteOrder.LITTLE_ENDIAN);
        record.putBytes(LogRecord.HEADER_BYTES, command.buffer(), 0, command.length());
        return length;
    }

    private CommandWriter genesis(long seed) {
        return writer.genesis(
            new CommandWriter.Limits(1_000_000, 1_000_000, 100, 100, 64L << 20, 1), true, seed);
    }

    private CommandWriter event(String user) {
        return event(0, user);
    }

    /** The strings are written by hand: the encoder refuses long ones. */
    private CommandWriter event(long session, String user) {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(1 << 16);
        new GameEventEncoder().wrap(buffer, 0).ts(1_000);
        int at = GameEventEncoder.BLOCK_LENGTH;
        for (final String text : List.of("e1", user, "b", "g", "p", "r1", "")) {
            buffer.putShort(at, (short) text.length(), ByteOrder.LITTLE_ENDIAN);
            at += Short.BYTES + buffer.putStringWithoutLengthAscii(at + Short.BYTES, text);
        }
        eventBytes = at;
        return writer.event(session, session, 1, GameEventEncoder.BLOCK_LENGTH, 0, buffer, 0, at);
    }

    private boolean isHashed(RecordHasher hasher, int index, long seed) {
        hasher.prepare(batch, index);
        return batch.hashes(index).areUnder(seed);
    }

    @Test
    void shouldHashNothingBeforeTheSeedIsKnown() {
        assertFalse(isHashed(new RecordHasher(), add(event("u1")), 0));
    }

    @Test
    void shouldLearnTheSeedFromGenesis() {
        final RecordHasher hasher = new RecordHasher();
        assertFalse(isHashed(hasher, add(genesis(SEED)), SEED), "it is no event");
        final int event = add(event("u1"));
        assertTrue(isHashed(hasher, event, SEED));
        assertFalse(batch.hashes(event).areUnder(SEED + 1));
    }

    @Test
    void shouldHashUnderASeedThatIsGiven() {
        final RecordHasher hasher = new RecordHasher(SEED);
        assertFalse(isHashed(hasher, add(writer.registerSource("local")), SEED));
        assertTrue(isHashed(hasher, add(event("u1")), SEED));
    }

    @Test
    void shouldForgetWhatItsPlaceHeldBefore() {
        final RecordHasher hasher = new RecordHasher(SEED);
        assertTrue(isHashed(hasher, add(event("u1")), SEED));
        batch.clear();
        final int source = add(writer.registerSource("local"));
        assertFalse(batch.hashes(source).areUnder(SEED), "a batch forgets it, too");
        assertFalse(isHashed(hasher, source, SEED));
    }

    @Test
    void shouldHashMessagesOfSessionsAsTheGatewayDoes() {
        final RecordHasher hasher = new RecordHasher(SEED);
        final int event = add(event(7, "u1"));
        assertTrue(isHashed(hasher, event, SEED));
        assertTrue(batch.hashes(event).hasMessageHash());
        // seqNo before it, and the length of an empty traceId behind it
        final int body = LogRecord.HEADER_BYTES + writer.length() - eventBytes;
        assertEquals(new ContentHash().of(batch.buffer(), batch.offset(event) + body + Long.BYTES,
            eventBytes - Long.BYTES - Short.BYTES), batch.hashes(event).messageHash());

        batch.clear();
        assertTrue(isHashed(hasher, add(event(0, "u1")), SEED));
        assertFalse(batch.hashes(0).hasMessageHash(), "it came in no session");
    }

    @Test
    void shouldHashLongerIdsThanAnyGatewayTakes() {
        assertTrue(isHashed(new RecordHasher(SEED), add(event("u".repeat(30_000))), SEED));
    }

    @Test
    void shouldLeaveToTheEngineWhatIsNoWholeEvent() {
        final int length = record(event("u1"));
        for (int cut = LogRecord.HEADER_BYTES; cut < length; cut++) {
            batch.clear();
            assertTrue(batch.add(record, 0, cut));
            assertFalse(isHashed(new RecordHasher(SEED), 0, SEED), cut + " bytes");
        }
        batch.clear();
        assertTrue(batch.add(record, 0, length));
        assertTrue(isHashed(new RecordHasher(SEED), 0, SEED));
    }

    @Test
    void shouldNeverFailWhateverTheBytes() {
        final Random random = new Random(20_261_129L);
        int hashed = 0;
        for (int i = 0; i < FUZZED; i++) {
            final int length = record(i % 8 == 0 ? genesis(SEED) : event("user-" + i));
            for (int spoilt = random.nextInt(4); spoilt > 0; spoilt--) {
                final int from = LogRecord.TEMPLATE_OFFSET;
                record.putByte(from + random.nextInt(length - from), (byte) random.nextInt());
            }
            batch.clear();
            // at the end of what the batch holds, so that a look behind it fails
            final int before = RecordBatch.BYTES - LogRecord.aligned(length);
            assertTrue(batch.add(new UnsafeBuffer(new byte[before]), 0, before));
            assertTrue(batch.add(record, 0, length));
            final RecordHasher hasher = new RecordHasher(SEED);
            assertEquals(2, batch.size());
            hashed += isHashed(hasher, 1, SEED) ? 1 : 0;
        }
        assertTrue(hashed > FUZZED / 4 && hashed < FUZZED * 7 / 8, "both happen: " + hashed);
    }
}
