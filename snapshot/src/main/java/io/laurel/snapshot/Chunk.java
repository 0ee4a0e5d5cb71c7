package io.laurel.snapshot;

import io.laurel.engine.memory.PageRoot;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/** Packs and unpacks chunks of the state; layout as the package says. Not for several threads. */
final class Chunk {
    static final int HEAD_BYTES = 8;

    private static final int CRC_AT = 4;
    private static final int PLAIN = 1 << 31;
    /** Of the middle of a chunk; where it does not come to half of that, none of it is packed. */
    private static final int SAMPLE_BYTES = 4096;
    private static final int WORTH = 2;
    // in Java: a library in machine code would have to be unpacked to a file and trusted
    private static final LZ4Factory LZ4 = LZ4Factory.fastestJavaInstance();

    private final LZ4Compressor compressor = LZ4.fastCompressor();
    private final LZ4SafeDecompressor decompressor = LZ4.safeDecompressor();
    private final byte[] stored =
        new byte[HEAD_BYTES + compressor.maxCompressedLength(PageRoot.CHUNK_BYTES)];
    private final ByteBuffer head = ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN);
    private final ByteBuffer number =
        ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final CRC32C crc = new CRC32C();

    /** Returns where head and stored bytes lie, from 0 on. */
    byte[] stored() {
        return stored;
    }

    /** Packs a chunk into {@link #stored()}; returns the bytes there, the head included. */
    int pack(int index, byte[] plain, int length) {
        int bytes = length;
        if (isWorthPacking(plain, length)) {
            bytes = compressor.compress(plain, 0, length, stored, HEAD_BYTES);
        }
        int word = bytes;
        if (bytes >= length) {
            System.arraycopy(plain, 0, stored, HEAD_BYTES, length);
            bytes = length;
            word = bytes | PLAIN;
        }
        head.putInt(0, word);
        head.putInt(CRC_AT, crc(index, bytes));
        return HEAD_BYTES + bytes;
    }

    /** Hashes and keys do not shrink, and to try that takes three times as long as all the rest. */
    private boolean isWorthPacking(byte[] plain, int length) {
        final int sample = Math.min(length, SAMPLE_BYTES);
        return compressor.compress(plain, (length - sample) / 2, sample, stored, HEAD_BYTES)
            <= sample / WORTH;
    }

    /** Returns how many stored bytes follow a head that lies in {@link #stored()}. */
    int storedBytes(int index) throws SnapshotInvalidException {
        final int bytes = head.getInt(0) & ~PLAIN;
        if (bytes > stored.length - HEAD_BYTES) {
            throw damaged(index);
        }
        return bytes;
    }

    /** Unpacks what lies in {@link #stored()}, which must come to so many bytes. */
    void unpack(int index, byte[] plain, int length) throws SnapshotInvalidException {
        final int bytes = storedBytes(index);
        if (head.getInt(CRC_AT) != crc(index, bytes)) {
            throw damaged(index);
        }
        if ((head.getInt(0) & PLAIN) == 0) {
            try {
                if (decompressor.decompress(stored, HEAD_BYTES, bytes, plain, 0, length)
                    != length) {
                    throw damaged(index);
                }
            } catch (LZ4Exception e) {
                throw damaged(index);
            }
        } else if (bytes == length) {
            System.arraycopy(stored, HEAD_BYTES, plain, 0, length);
        } else {
            throw damaged(index);
        }
    }

    static SnapshotInvalidException damaged(int index) {
        return new SnapshotInvalidException("chunk " + index + " is damaged");
    }

    private int crc(int index, int bytes) {
        crc.reset();
        crc.update(number.putInt(0, index).array());
        crc.update(stored, 0, CRC_AT);
        crc.update(stored, HEAD_BYTES, bytes);
        return (int) crc.getValue();
    }
}
