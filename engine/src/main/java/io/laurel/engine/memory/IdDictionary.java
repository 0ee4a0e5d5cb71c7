package io.laurel.engine.memory;

import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Interned byte strings, each with a body of fixed size that belongs to the owner. References are
 * stable, and not reused as long as the id is not removed. Every record begins alike, whatever
 * dictionary it is in: id length u8, offset of the id from the begin of the record u8, kind u16,
 * four bytes for the owner, then the body, then the id.
 *
 * <p>Header (64 bytes): place of the index u64, body bytes u32, kind u32.
 */
public final class IdDictionary {
    /** The longest id. */
    public static final int MAX_ID_BYTES = 255;
    /** The largest body: the offset of the id must fit in a byte. */
    public static final int MAX_BODY_BYTES = 240;
    /** Where the body begins in a record. */
    public static final int BODY_OFFSET = 8;
    /** Where the four bytes of the owner lie in a record. */
    public static final int OWNER_OFFSET = 4;

    private static final int ID_OFFSET = 1;
    private static final int KIND_OFFSET = 2;
    private static final int HEADER_BYTES = 64;
    private static final int BODY_BYTES_AT = 8;
    private static final int KIND_AT = 12;

    private final Pages pages;
    private final Allocator allocator;
    private final int store;
    private final StateHash stateHash;
    private final HashIndex index;
    private final long headerAt;
    private final int bodyBytes;
    private final int kind;
    private boolean lastWasNew;

    private IdDictionary(Allocator allocator, int store, StateHash hash, HashIndex index,
            long headerAt) {
        this.pages = allocator.pages();
        this.allocator = allocator;
        this.store = store;
        this.stateHash = hash;
        this.index = index;
        this.headerAt = headerAt;
        this.bodyBytes = pages.getInt(headerAt + BODY_BYTES_AT);
        this.kind = pages.getInt(headerAt + KIND_AT);
    }

    /**
     * Makes an empty dictionary.
     *
     * @param bodyBytes a multiple of 8, at most {@link #MAX_BODY_BYTES}
     * @param kind a number of 16 bits that its records carry
     */
    public static IdDictionary create(Allocator allocator, int store, StateHash hash,
            int bodyBytes, int kind) {
        if (bodyBytes < 0 || bodyBytes > MAX_BODY_BYTES || bodyBytes % Long.BYTES != 0) {
            throw new IllegalArgumentException("no body of " + bodyBytes + " bytes");
        }
        if (kind < 0 || kind > 0xFFFF) {
            throw new IllegalArgumentException("kind out of range: " + kind);
        }
        HashIndex index = HashIndex.create(allocator, store);
        long headerAt = allocator.allocate(store, HEADER_BYTES);
        Pages pages = allocator.pages();
        pages.putLong(headerAt, index.headerAt());
        pages.putInt(headerAt + BODY_BYTES_AT, bodyBytes);
        pages.putInt(headerAt + KIND_AT, kind);
        return new IdDictionary(allocator, store, hash, index, headerAt);
    }

    /** Goes on with the dictionary whose header lies at a place, under the same seed. */
    public static IdDictionary open(Allocator allocator, int store, StateHash hash,
            long headerAt) {
        HashIndex index = HashIndex.open(allocator, store, allocator.pages().getLong(headerAt));
        return new IdDictionary(allocator, store, hash, index, headerAt);
    }

    /** Returns the place that {@link #open} wants. */
    public long headerAt() {
        return headerAt;
    }

    /** Returns the number of ids. */
    public long size() {
        return index.size();
    }

    /** Returns the hash that the other methods take, so that a batch computes it once. */
    public int hash(DirectBuffer buffer, int offset, int length) {
        return StateHash.fold(stateHash.hash64(buffer, offset, length));
    }

    /** Returns the place of the line where a hash is looked for first. */
    public long lineOf(int hash) {
        return index.lineOf(hash);
    }

    /**
     * Returns what is most probably the reference behind a hash, 0 = there is none.
     *
     * @param line of the hash, as {@link #lineOf} has just given it
     */
    public int guess(long line, int hash) {
        long cursor = index.find(line, hash);
        return cursor == 0 ? 0 : index.ref(cursor);
    }

    /** Returns the reference of an id, or 0. */
    public int find(DirectBuffer buffer, int offset, int length) {
        return find(hash(buffer, offset, length), buffer, offset, length);
    }

    /** Returns the reference of an id whose hash is known, or 0. */
    public int find(int hash, DirectBuffer buffer, int offset, int length) {
        for (long cursor = index.find(hash); cursor != 0; cursor = index.next(cursor, hash)) {
            int ref = index.ref(cursor);
            if (isOf(ref, buffer, offset, length)) {
                return ref;
            }
        }
        return 0;
    }

    /** As the other one, which asks what was guessed first; 0 is no guess. */
    public int find(int guess, int hash, DirectBuffer buffer, int offset, int length) {
        return guess != 0 && isOf(guess, buffer, offset, length) ? guess
            : find(hash, buffer, offset, length);
    }

    private boolean isOf(int ref, DirectBuffer buffer, int offset, int length) {
        return idLength(pages, ref) == length
            && pages.equalBytes(idAt(pages, ref), length, buffer, offset);
    }

    /** Returns the reference of an id; one that is new gets a record with a zeroed body. */
    public int intern(DirectBuffer buffer, int offset, int length) {
        return intern(hash(buffer, offset, length), buffer, offset, length);
    }

    /** As {@link #intern(DirectBuffer, int, int)}, with the hash known. */
    public int intern(int hash, DirectBuffer buffer, int offset, int length) {
        int known = find(hash, buffer, offset, length);
        lastWasNew = known == 0;
        if (known != 0) {
            return known;
        }
        if (length < 0 || length > MAX_ID_BYTES) {
            throw new IllegalArgumentException("no id of " + length + " bytes");
        }
        int idOffset = BODY_OFFSET + bodyBytes;
        long at = allocator.allocate(store, idOffset + length);
        pages.putByte(at, (byte) length);
        pages.putByte(at + ID_OFFSET, (byte) idOffset);
        pages.putShort(at + KIND_OFFSET, (short) kind);
        pages.putBytes(at + idOffset, buffer, offset, length);
        int ref = Allocator.ref(at);
        index.insert(hash, ref);
        return ref;
    }

    /** Returns the number of buckets, for a walk; see {@link HashIndex#buckets}. */
    public int buckets() {
        return index.buckets();
    }

    /** Returns a cursor on the first record in a bucket, 0 = none; a change makes it void. */
    public long first(int bucket) {
        return index.first(bucket);
    }

    /** Returns a cursor on the next record in the same bucket, 0 = none. */
    public long after(long cursor) {
        return index.after(cursor);
    }

    /** Returns the reference behind a cursor. */
    public int ref(long cursor) {
        return index.ref(cursor);
    }

    /** Takes an id away and frees its record; nobody may hold its reference any more. */
    public void remove(int ref) {
        int length = idLength(pages, ref);
        byte[] id = new byte[length];
        pages.getBytes(idAt(pages, ref), id, 0, length);
        index.remove(hash(new UnsafeBuffer(id), 0, length), ref);
        allocator.free(store, Allocator.at(ref), BODY_OFFSET + bodyBytes + length);
    }

    /** Returns whether the last {@code intern} made a new record. */
    public boolean lastWasNew() {
        return lastWasNew;
    }

    /** Returns the place of the body of a record. */
    public long bodyAt(int ref) {
        return Allocator.at(ref) + BODY_OFFSET;
    }

    /** Returns the place of the bytes of an id. */
    public static long idAt(Pages pages, int ref) {
        long at = Allocator.at(ref);
        return at + (pages.getByte(at + ID_OFFSET) & 0xFF);
    }

    /** Returns the number of bytes of an id. */
    public static int idLength(Pages pages, int ref) {
        return pages.getByte(Allocator.at(ref)) & 0xFF;
    }

    /** Returns the kind that a record carries. */
    public static int kind(Pages pages, int ref) {
        return pages.getShort(Allocator.at(ref) + KIND_OFFSET) & 0xFFFF;
    }

    /** Compares two ids as unsigned bytes, also across dictionaries. */
    public static int compareIds(Pages pages, int refA, int refB) {
        return pages.compareBytes(idAt(pages, refA), idLength(pages, refA),
            idAt(pages, refB), idLength(pages, refB));
    }

    /** Returns an id as UTF-8 text; not for hot paths. */
    public static String id(Pages pages, int ref) {
        byte[] bytes = new byte[idLength(pages, ref)];
        pages.getBytes(idAt(pages, ref), bytes, 0, bytes.length);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
