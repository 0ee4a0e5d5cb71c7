package io.laurel.engine.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IdDictionaryTest {
    private final Pages pages = new Pages(64 << 20);
    private final Allocator allocator = Allocator.create(pages);
    private final StateHash hash = new StateHash(42);

    @AfterEach
    void close() {
        pages.close();
    }

    @Test
    void shouldFindWhatWasInternedAndNothingElse() {
        IdDictionary users = IdDictionary.create(allocator, 1, hash, 40, 7);
        Map<String, Integer> model = new HashMap<>();
        Random random = new Random(21);
        for (int i = 0; i < 50_000; i++) {
            String id = "user-" + random.nextInt(30_000);
            UnsafeBuffer buffer = buffer(id);
            int code = users.hash(buffer, 0, buffer.capacity());
            assertEquals(model.getOrDefault(id, 0),
                users.find(code, buffer, 0, buffer.capacity()));
            int ref = users.intern(code, buffer, 0, buffer.capacity());
            assertEquals(!model.containsKey(id), users.lastWasNew());
            assertEquals(model.getOrDefault(id, ref), ref);
            model.put(id, ref);
            pages.putLong(users.bodyAt(ref) + 32, -1);
            assertNotEquals(0, users.lineOf(code));
            assertEquals(ref, users.guess(users.lineOf(code), code));
        }
        IdDictionary opened = IdDictionary.open(allocator, 1, hash, users.headerAt());
        assertEquals(model.size(), opened.size());
        model.forEach((id, ref) -> {
            assertEquals(ref, opened.find(buffer(id), 0, id.length()));
            assertEquals(id, IdDictionary.id(pages, ref));
            assertEquals(7, IdDictionary.kind(pages, ref));
        });
    }

    @Test
    void shouldGiveBackWhatIsRemoved() {
        IdDictionary users = IdDictionary.create(allocator, 1, hash, 40, 7);
        for (int i = 0; i < 1_000; i++) {
            users.intern(buffer("user-" + i), 0, ("user-" + i).length());
        }
        long bytes = allocator.storeBytes(1);
        int ref = users.find(buffer("user-500"), 0, 8);
        users.remove(ref);
        assertEquals(0, users.find(buffer("user-500"), 0, 8));
        assertEquals(999, users.size());
        assertEquals(bytes - Allocator.sizeOf(8 + 40 + 8), allocator.storeBytes(1));
        assertEquals(ref, users.intern(buffer("user-500"), 0, 8), "its place is free");
        assertEquals(0, pages.getLong(users.bodyAt(ref)));
        assertEquals(bytes, allocator.storeBytes(1));
    }

    @Test
    void shouldGiveANewRecordAZeroedBody() {
        IdDictionary users = IdDictionary.create(allocator, 1, hash, 240, 0);
        long dirty = allocator.allocate(1, 512);
        pages.putLong(dirty + 100, -1);
        allocator.free(1, dirty, 512);
        int ref = users.intern(buffer("x".repeat(255)), 0, 255);
        for (int i = 0; i < 240; i++) {
            assertEquals(0, pages.getByte(users.bodyAt(ref) + i));
        }
        assertEquals(255, IdDictionary.idLength(pages, ref));
        assertEquals(0, pages.getInt(Allocator.at(ref) + IdDictionary.OWNER_OFFSET));
    }

    @Test
    void shouldCompareIdsAcrossDictionaries() {
        IdDictionary a = IdDictionary.create(allocator, 1, hash, 0, 1);
        IdDictionary b = IdDictionary.create(allocator, 2, hash, 64, 2);
        String[] ids = {"", "a", "aa", "ab", "abcdefghi", "abcdefghj", "b", "\u00fc", "\u00fcb"};
        for (String left : ids) {
            for (String right : ids) {
                int expected = Arrays.compareUnsigned(bytes(left), bytes(right));
                int seen = IdDictionary.compareIds(pages, intern(a, left), intern(b, right));
                assertEquals(Integer.signum(expected), Integer.signum(seen), left + " " + right);
            }
        }
    }

    @Test
    void shouldRefuseWhatDoesNotFit() {
        assertThrows(IllegalArgumentException.class,
            () -> IdDictionary.create(allocator, 1, hash, 248, 0));
        assertThrows(IllegalArgumentException.class,
            () -> IdDictionary.create(allocator, 1, hash, 4, 0));
        assertThrows(IllegalArgumentException.class,
            () -> IdDictionary.create(allocator, 1, hash, 8, 65536));
        IdDictionary users = IdDictionary.create(allocator, 1, hash, 8, 65535);
        assertThrows(IllegalArgumentException.class,
            () -> users.intern(buffer("x".repeat(256)), 0, 256));
        assertEquals(0, users.size());
        assertFalse(users.find(buffer("x"), 0, 1) != 0);
        assertTrue(users.intern(buffer("x"), 0, 1) != 0);
    }

    private static int intern(IdDictionary dictionary, String id) {
        return dictionary.intern(buffer(id), 0, bytes(id).length);
    }

    private static byte[] bytes(String id) {
        return id.getBytes(StandardCharsets.UTF_8);
    }

    private static UnsafeBuffer buffer(String id) {
        return new UnsafeBuffer(bytes(id));
    }
}
