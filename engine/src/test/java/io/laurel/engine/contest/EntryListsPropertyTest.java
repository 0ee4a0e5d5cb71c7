package io.laurel.engine.contest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.memory.Allocator;
import io.laurel.engine.memory.IdDictionary;
import io.laurel.engine.memory.Pages;
import io.laurel.engine.memory.StateHash;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class EntryListsPropertyTest {
    private static final long SEED = Long.getLong("laurel.seed", 1);
    private static final int STORE = 1;
    private static final int MOST = Allocator.MAX_BYTES / 8 - 1;

    @Test
    void shouldHoldWhatAMapHoldsAndGiveAllMemoryBack() {
        final SplittableRandom random = new SplittableRandom(SEED);
        try (Pages pages = new Pages(1 << 24)) {
            final Allocator allocator = Allocator.create(pages);
            final EntryLists lists = new EntryLists(allocator, STORE);
            final int[] players = players(allocator, 20);
            final Map<Long, Integer> model = new HashMap<>();
            for (int i = 0; i < 50_000; i++) {
                final int player = random.nextInt(players.length);
                // boards of the upper half of memory look negative
                final int board = (1 + random.nextInt(1 << player)) * (player % 2 == 0 ? 1 : -1);
                final long key = (long) player << 32 | board & 0xFFFF_FFFFL;
                final int entry = model.getOrDefault(key, 0);
                assertEquals(entry, lists.find(players[player], board), () -> "seed " + SEED);
                if (entry == 0 && random.nextInt(3) > 0) {
                    assertTrue(lists.add(players[player], board, i + 1));
                    model.put(key, i + 1);
                } else {
                    assertEquals(entry != 0, lists.remove(players[player], board));
                    model.remove(key);
                }
            }
            assertTrue(allocator.storeBytes(STORE) > 0);
            model.forEach((key, entry) ->
                assertTrue(lists.remove(players[(int) (key >>> 32)], key.intValue())));
            assertEquals(0, allocator.storeBytes(STORE));
        }
    }

    @Test
    void shouldSayWhenAListIsFull() {
        try (Pages pages = new Pages(1 << 22)) {
            final Allocator allocator = Allocator.create(pages);
            final EntryLists lists = new EntryLists(allocator, STORE);
            final int player = players(allocator, 1)[0];
            for (int board = 1; board <= MOST; board++) {
                assertTrue(lists.add(player, board, board + 1));
            }
            assertFalse(lists.add(player, MOST + 1, 1));
            assertEquals(0, lists.find(player, MOST + 1));
            assertEquals(MOST + 1, lists.find(player, MOST));
            assertTrue(lists.remove(player, 1));
            assertTrue(lists.add(player, MOST + 1, 1));
        }
    }

    private static int[] players(Allocator allocator, int count) {
        final IdDictionary ids = IdDictionary.create(allocator, 0, new StateHash(7),
            EntryLists.BODY_BYTES, 2);
        final int[] refs = new int[count];
        for (int i = 0; i < count; i++) {
            refs[i] = ids.intern(new UnsafeBuffer(new byte[] {(byte) i}), 0, 1);
        }
        return refs;
    }
}
