package io.laurel.engine.contest;

import io.laurel.engine.ResultCode;
import io.laurel.engine.memory.Allocator;
import io.laurel.engine.memory.IdDictionary;
import io.laurel.engine.memory.Pages;
import io.laurel.engine.rules.FxTable;
import io.laurel.engine.rules.FxTableCodec;
import io.laurel.engine.state.Dictionaries;
import io.laurel.engine.state.Slot;
import io.laurel.engine.state.State;
import io.laurel.engine.state.Store;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Tables of exchange rates by id. A contest keeps a copy of the table that it pins, so that a newer
 * table of the same id changes nothing that was published before.
 *
 * <pre>
 * body of the dictionary record (16 B): 0 table u32 · 4 bytes i32 · 8 version u32
 * </pre>
 */
final class FxTables {
    private static final int TABLE = 0;
    private static final int BYTES = 4;
    private static final int VERSION = 8;

    private final State state;
    private final Pages pages;
    private final Allocator allocator;
    private final IdDictionary ids;
    private int lastVersion;

    FxTables(State state) {
        this.state = state;
        pages = state.pages();
        allocator = state.allocator();
        ids = Dictionaries.open(state, Slot.FX_TABLES, Store.FX, 16, Dictionaries.FX);
    }

    /** Stores a table in canonical bytes as a new version, unless it is the present one. */
    ResultCode publish(byte[] table) {
        final FxTable decoded = FxTableCodec.decode(new UnsafeBuffer(table), 0, table.length);
        final byte[] id = decoded.id().getBytes(StandardCharsets.UTF_8);
        if (!state.hasRoom()) {
            return ResultCode.CAPACITY;
        }
        final long body = ids.bodyAt(ids.intern(new UnsafeBuffer(id), 0, id.length));
        final byte[] before = bytes(body);
        if (!Arrays.equals(before, table)) {
            if (before.length > 0) {
                allocator.free(Store.FX.id(), Allocator.at(pages.getInt(body + TABLE)),
                    before.length);
            }
            final long at = allocator.allocate(Store.FX.id(), table.length);
            pages.putBytes(at, table, 0, table.length);
            pages.putInt(body + TABLE, Allocator.ref(at));
            pages.putInt(body + BYTES, table.length);
            pages.putInt(body + VERSION, pages.getInt(body + VERSION) + 1);
        }
        lastVersion = pages.getInt(body + VERSION);
        return ResultCode.ACCEPTED;
    }

    /** Returns the version of the table that was published last. */
    int lastVersion() {
        return lastVersion;
    }

    /** Returns the canonical bytes of a table, null where there is none. */
    byte[] find(String id) {
        final int ref = refOf(id);
        return ref == 0 ? null : bytes(ids.bodyAt(ref));
    }

    /** Returns the version of a table, 0 where there is none. */
    int version(String id) {
        final int ref = refOf(id);
        return ref == 0 ? 0 : pages.getInt(ids.bodyAt(ref) + VERSION);
    }

    private int refOf(String id) {
        final byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
        return bytes.length > IdDictionary.MAX_ID_BYTES ? 0
            : ids.find(new UnsafeBuffer(bytes), 0, bytes.length);
    }

    /** Decodes canonical bytes; null stays null, and so does nothing. */
    static FxTable decode(byte[] table) {
        return table == null || table.length == 0 ? null
            : FxTableCodec.decode(new UnsafeBuffer(table), 0, table.length);
    }

    private byte[] bytes(long body) {
        final byte[] bytes = new byte[pages.getInt(body + BYTES)];
        if (bytes.length > 0) {
            pages.getBytes(Allocator.at(pages.getInt(body + TABLE)), bytes, 0, bytes.length);
        }
        return bytes;
    }
}
