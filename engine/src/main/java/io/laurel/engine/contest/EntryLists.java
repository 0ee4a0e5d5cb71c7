package io.laurel.engine.contest;

import io.laurel.engine.memory.Allocator;
import io.laurel.engine.memory.IdDictionary;
import io.laurel.engine.memory.Pages;

/**
 * The entries of each player by board, next to the player: whoever plays one round changes several
 * entries, and so comes to all of them by the same two or three lines.
 *
 * <pre>
 * body of the player's record (8 B): 0 board u32 · 4 entry u32, where there is one entry
 *                                    0 zero u32  · 4 list u32, where there were more
 * list: 0 count u32 · 4 room u32 · 8 {board u32, entry u32} each, ascending by board
 * </pre>
 */
final class EntryLists {
    /** Bytes of the player's body that this takes, from its begin. */
    static final int BODY_BYTES = 8;

    private static final int ROOM = 4;
    private static final int SLOTS = 8;
    private static final int SLOT_BYTES = 8;
    private static final int FIRST_BYTES = 32;
    private static final int FEW = 8;

    private final Pages pages;
    private final Allocator allocator;
    private final int store;

    EntryLists(Allocator allocator, int store) {
        pages = allocator.pages();
        this.allocator = allocator;
        this.store = store;
    }

    /** Returns the reference of a player's entry on a board, 0 where there is none. */
    int find(int player, int board) {
        final long slot = pages.getLong(bodyAt(player));
        if ((int) slot != 0 || slot == 0) {
            return (int) slot == board ? (int) (slot >>> Integer.SIZE) : 0;
        }
        final long list = Allocator.at((int) (slot >>> Integer.SIZE));
        final int count = pages.getInt(list);
        final int index = lowerBound(list, count, board);
        final long at = slotAt(list, index);
        return index < count && pages.getInt(at) == board ? pages.getInt(at + Integer.BYTES) : 0;
    }

    /**
     * Adds an entry of a player on a board where {@link #find} knows none.
     *
     * @return false where the player has as many as fit in the largest record
     */
    boolean add(int player, int board, int entry) {
        final long bodyAt = bodyAt(player);
        final long slot = pages.getLong(bodyAt);
        if (slot == 0) {
            pages.putLong(bodyAt, slot(board, entry));
            return true;
        }
        long list = Allocator.at((int) (slot >>> Integer.SIZE));
        if ((int) slot != 0) {
            list = make(FIRST_BYTES);
            pages.putInt(list, 1);
            pages.putLong(slotAt(list, 0), slot);
            pages.putLong(bodyAt, (long) Allocator.ref(list) << Integer.SIZE);
        }
        final int count = pages.getInt(list);
        if (count == pages.getInt(list + ROOM)) {
            if (bytes(list) == Allocator.MAX_BYTES) {
                return false;
            }
            list = grow(list, count);
            pages.putLong(bodyAt, (long) Allocator.ref(list) << Integer.SIZE);
        }
        final int index = lowerBound(list, count, board);
        pages.copy(slotAt(list, index), slotAt(list, index + 1),
            (long) (count - index) * SLOT_BYTES);
        pages.putLong(slotAt(list, index), slot(board, entry));
        pages.putInt(list, count + 1);
        return true;
    }

    /** Takes the entry of a player on a board away; returns whether it was here. */
    boolean remove(int player, int board) {
        final long bodyAt = bodyAt(player);
        final long slot = pages.getLong(bodyAt);
        if ((int) slot != 0 || slot == 0) {
            if ((int) slot != board) {
                return false;
            }
            pages.putLong(bodyAt, 0);
            return true;
        }
        final long list = Allocator.at((int) (slot >>> Integer.SIZE));
        final int count = pages.getInt(list) - 1;
        final int index = lowerBound(list, count + 1, board);
        if (index > count || pages.getInt(slotAt(list, index)) != board) {
            return false;
        }
        if (count == 0) {
            allocator.free(store, list, bytes(list));
            pages.putLong(bodyAt, 0);
            return true;
        }
        pages.copy(slotAt(list, index + 1), slotAt(list, index),
            (long) (count - index) * SLOT_BYTES);
        pages.putLong(slotAt(list, count), 0);
        pages.putInt(list, count);
        return true;
    }

    /** Returns how many entries a player has here. */
    int count(int player) {
        final long slot = pages.getLong(bodyAt(player));
        if ((int) slot != 0 || slot == 0) {
            return slot == 0 ? 0 : 1;
        }
        return pages.getInt(Allocator.at((int) (slot >>> Integer.SIZE)));
    }

    /** Returns the reference of one of a player's entries, in the order of their boards. */
    int get(int player, int index) {
        final long slot = pages.getLong(bodyAt(player));
        final int right = (int) (slot >>> Integer.SIZE);
        return (int) slot != 0 ? right
            : pages.getInt(slotAt(Allocator.at(right), index) + Integer.BYTES);
    }

    /** Returns the place of what lies one step behind a player's record, 0 = nothing. */
    long lineOf(int player) {
        return Allocator.at((int) (pages.getLong(bodyAt(player)) >>> Integer.SIZE));
    }

    private long make(int bytes) {
        final long list = allocator.allocate(store, bytes);
        pages.putInt(list + ROOM, (Allocator.sizeOf(bytes) - SLOTS) / SLOT_BYTES);
        return list;
    }

    private long grow(long list, int count) {
        final long larger = make(bytes(list) + 1);
        pages.putInt(larger, count);
        pages.copy(slotAt(list, 0), slotAt(larger, 0), (long) count * SLOT_BYTES);
        allocator.free(store, list, bytes(list));
        return larger;
    }

    private int bytes(long list) {
        return SLOTS + pages.getInt(list + ROOM) * SLOT_BYTES;
    }

    /** Returns the first index whose board is not before this one. */
    private int lowerBound(long list, int count, int board) {
        int low = 0;
        int high = count;
        while (high - low > FEW) {
            final int middle = low + high >>> 1;
            if (Integer.compareUnsigned(pages.getInt(slotAt(list, middle)), board) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        while (low < high
            && Integer.compareUnsigned(pages.getInt(slotAt(list, low)), board) < 0) {
            low++;
        }
        return low;
    }

    private static long slot(int board, int entry) {
        return (long) entry << Integer.SIZE | board & 0xFFFF_FFFFL;
    }

    private static long slotAt(long list, int index) {
        return list + SLOTS + (long) index * SLOT_BYTES;
    }

    private static long bodyAt(int player) {
        return Allocator.at(player) + IdDictionary.BODY_OFFSET;
    }
}
