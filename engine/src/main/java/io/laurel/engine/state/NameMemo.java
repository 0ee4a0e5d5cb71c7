package io.laurel.engine.state;

import io.laurel.engine.memory.IdDictionary;
import io.laurel.engine.memory.Pages;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * The names of one kind that came lately: nearly every round names a brand, a provider and a game
 * that the rounds before have named too. What it knows is for ever, and what it does not know is
 * asked of the dictionary, so it is no part of the state.
 */
final class NameMemo {
    private static final int SLOTS = 256;
    private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

    private final Pages pages;
    private final int[] refs = new int[SLOTS];

    NameMemo(Pages pages) {
        this.pages = pages;
    }

    /** Returns the reference of a name, 0 where it is not at hand. */
    int find(DirectBuffer buffer, int offset, int length) {
        final int ref = refs[slot(buffer, offset, length)];
        return ref != 0 && IdDictionary.idLength(pages, ref) == length
            && pages.equalBytes(IdDictionary.idAt(pages, ref), length, buffer, offset) ? ref : 0;
    }

    void put(DirectBuffer buffer, int offset, int length, int ref) {
        refs[slot(buffer, offset, length)] = ref;
    }

    /** By the ends of a name alone: games of one kind often begin or end alike, hardly both. */
    private static int slot(DirectBuffer buffer, int offset, int length) {
        final long word;
        if (length >= Long.BYTES) {
            word = buffer.getLong(offset, ByteOrder.LITTLE_ENDIAN) * MIX
                ^ buffer.getLong(offset + length - Long.BYTES, ByteOrder.LITTLE_ENDIAN);
        } else {
            long bytes = length;
            for (int i = 0; i < length; i++) {
                bytes = bytes << Byte.SIZE | buffer.getByte(offset + i) & 0xFF;
            }
            word = bytes;
        }
        return (int) ((word ^ length) * MIX >>> Long.SIZE - Byte.SIZE);
    }
}
