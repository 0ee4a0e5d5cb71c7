package io.laurel.engine.rules;

import io.laurel.engine.rules.FxTable.Rate;
import org.agrona.DirectBuffer;

/**
 * The canonical form of a table of exchange rates. Version 1, little-endian, with the primitives of
 * {@link ContestDefinitionCodec}: u16 version, id, base, then i32 count and per rate, by ascending
 * currency: currency, i64 mantissa, i32 scale.
 */
public final class FxTableCodec {
    private static final int VERSION = 1;
    private static final int MAX_SCALE = 12;

    private FxTableCodec() {
    }

    /** Returns the canonical form. */
    public static byte[] encode(FxTable table) {
        final CanonicalWriter out = new CanonicalWriter();
        out.u16(VERSION);
        out.text(table.id());
        out.text(table.base());
        out.map(table.rates(), rate -> {
            out.i64(rate.mantissa());
            out.i32(rate.scale());
        });
        return out.toBytes();
    }

    /** Returns SHA-256 over the canonical form, 32 bytes. */
    public static byte[] hash(FxTable table) {
        return CanonicalWriter.sha256(encode(table));
    }

    /**
     * Reads a canonical form.
     *
     * @throws IllegalArgumentException where the bytes are not one, whatever they are
     */
    public static FxTable decode(DirectBuffer buffer, int offset, int length) {
        final CanonicalReader in = new CanonicalReader(buffer, offset, length);
        in.version(VERSION);
        final FxTable table = new FxTable(in.text(), in.text(),
            in.map(rate -> new Rate(rate.i64(1, Long.MAX_VALUE), rate.i32(0, MAX_SCALE))));
        in.end();
        return table;
    }
}
