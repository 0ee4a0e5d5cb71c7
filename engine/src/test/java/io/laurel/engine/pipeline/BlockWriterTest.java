package io.laurel.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.port.LogRecord;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class BlockWriterTest {
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    private final BlockWriter block = new BlockWriter();

    @Test
    void shouldLayRecordsOutAsTheContractHasIt() {
        final UnsafeBuffer body = new UnsafeBuffer(new byte[] {9, 1, 2, 3, 4, 5, 9});
        block.add(41, 77, 40_000, 3, body, 1, 5);
        block.add(42, 78, 7, 50_000, body, 0, 0);
        assertEquals(40 + 32, block.length());
        assertEquals(2, block.records());
        assertEquals(41, block.firstSequence());
        assertEquals(42, block.lastSequence());

        final byte[] bytes = new byte[block.length()];
        block.buffer().getBytes(0, bytes);
        final UnsafeBuffer read = new UnsafeBuffer(bytes);
        assertEquals(37, read.getInt(0, ORDER));
        assertEquals(41, read.getLong(8, ORDER));
        assertEquals(77, read.getLong(16, ORDER));
        assertEquals(40_000, read.getShort(24, ORDER) & 0xFFFF);
        assertEquals(0, read.getShort(26, ORDER));
        assertEquals(3, read.getShort(28, ORDER));
        assertEquals(0, read.getShort(30, ORDER));
        assertEquals("[1, 2, 3, 4, 5, 0, 0, 0]",
            Arrays.toString(Arrays.copyOfRange(bytes, 32, 40)));
        assertEquals(50_000, read.getShort(40 + 28, ORDER) & 0xFFFF);
        assertEquals(0, read.getShort(40 + 30, ORDER));
        final CRC32C crc = new CRC32C();
        crc.update(bytes, 8, 37 - 8);
        assertEquals((int) crc.getValue(), read.getInt(4, ORDER));
    }

    @Test
    void shouldPadWithZerosWhenTheBlockIsUsedAgain() {
        final byte[] ones = new byte[64];
        Arrays.fill(ones, (byte) -1);
        block.add(1, 1, 1, 0, new UnsafeBuffer(ones), 0, 64);
        block.clear();
        assertEquals(0, block.records());
        block.add(2, 1, 1, 0, new UnsafeBuffer(ones), 0, 1);
        assertEquals(40, block.length());
        assertEquals(0xFF, block.buffer().getLong(32, ORDER));
        assertEquals(2, block.firstSequence());
    }

    @Test
    void shouldTakeTheLongestBodyAloneAndNoneBeyondTheBound() {
        final UnsafeBuffer body = new UnsafeBuffer(new byte[LogRecord.MAX_BODY_BYTES]);
        assertTrue(block.hasRoom(LogRecord.MAX_BODY_BYTES));
        block.add(1, 1, 1, 0, body, 0, LogRecord.MAX_BODY_BYTES);
        assertFalse(block.hasRoom(0));
        block.clear();
        int records = 0;
        while (block.hasRoom(1_000)) {
            block.add(++records, 1, 1, 0, body, 0, 1_000);
        }
        assertEquals(BlockWriter.MAX_BLOCK_BYTES / 1_032, records);
        assertTrue(block.length() <= BlockWriter.MAX_BLOCK_BYTES);
    }
}
