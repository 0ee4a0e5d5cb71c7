package io.laurel.engine.memory;

import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;

/** A small stand-in for the engine that uses every structure at once, driven by a seed. */
final class MemoryWorkload implements Placement {
    private static final int STORE = 4;
    private static final int WORDS = 2;
    private static final int KEPT = 20;
    /** Body of a player: kept rounds from 0 on, kept first rounds at 32, whether on the board. */
    private static final int FIRST_ROUNDS = KeptRounds.HEADER_BYTES;
    private static final int ON_BOARD = 2 * KeptRounds.HEADER_BYTES;
    private static final int LEAF = ON_BOARD + 4;
    private static final int BODY_BYTES = ON_BOARD + 8;

    private final Pages pages;
    private final Allocator allocator;
    private final IdDictionary users;
    private final HashIndex rounds;
    private final CountedTree tree;
    private final KeptRounds best;
    private final KeptRounds first;
    private final long board;
    private final UnsafeBuffer id = new UnsafeBuffer(new byte[16]);
    private final long[] oldKey = new long[WORDS];
    private final long[] newKey = new long[WORDS];
    private final Cursor cursor = new Cursor();
    private final Touches touches;
    private long seen;

    private MemoryWorkload(Allocator allocator, IdDictionary users, HashIndex rounds, long board) {
        this.pages = allocator.pages();
        this.allocator = allocator;
        this.users = users;
        this.rounds = rounds;
        this.board = board;
        touches = new Touches(pages, 2);
        tree = new CountedTree(allocator, STORE,
            (key, ref) -> IdDictionary.compareIds(pages, (int) key[1], ref), this);
        best = KeptRounds.best(allocator, STORE);
        first = KeptRounds.first(allocator, STORE);
    }

    static MemoryWorkload create(Pages pages) {
        Allocator allocator = Allocator.create(pages);
        IdDictionary users = IdDictionary.create(allocator, STORE, new StateHash(1), BODY_BYTES,
            1);
        HashIndex rounds = HashIndex.create(allocator, STORE);
        CountedTree tree = new CountedTree(allocator, STORE, (a, b) -> 0);
        long board = tree.create();
        pages.putLong(allocator.rootAt(), users.headerAt());
        pages.putLong(allocator.rootAt() + 8, rounds.headerAt());
        pages.putLong(allocator.rootAt() + 16, board);
        return new MemoryWorkload(allocator, users, rounds, board);
    }

    static MemoryWorkload open(Pages pages) {
        Allocator allocator = Allocator.open(pages);
        long rootAt = allocator.rootAt();
        IdDictionary users = IdDictionary.open(allocator, STORE, new StateHash(1),
            pages.getLong(rootAt));
        HashIndex rounds = HashIndex.open(allocator, STORE, pages.getLong(rootAt + 8));
        return new MemoryWorkload(allocator, users, rounds, pages.getLong(rootAt + 16));
    }

    /** Scores random rounds of random players; the same seed does the same. */
    void run(SplittableRandom random, int steps, int players) {
        for (int i = 0; i < steps; i++) {
            id.putLong(0, random.nextInt(players));
            id.putLong(8, random.nextLong());
            int hash = users.hash(id, 0, 8);
            touches.add(users.lineOf(hash));
            touches.add(Allocator.at(users.guess(users.lineOf(hash), hash)));
            seen += touches.run();
            int user = users.intern(hash, id, 0, 8);
            score(user, random.nextInt(100), random.nextInt(1_000));
            rounds.insert(id.getInt(8), user);
            if (random.nextInt(3) == 0) {
                rounds.remove(id.getInt(8), user);
            }
            if (random.nextInt(10) == 0) {
                leave(user);
            }
            seen += tree.rank(board, newKey);
            if (tree.select(board, random.nextInt(players), cursor) && cursor.next()) {
                seen += cursor.ref();
            }
        }
    }

    private void score(int user, long points, long ts) {
        long bodyAt = users.bodyAt(user);
        best.offer(bodyAt, KEPT, points, ts);
        first.offer(bodyAt + FIRST_ROUNDS, KEPT, points, ts, id, 8, 8);
        key(newKey, user);
        if (pages.getInt(bodyAt + ON_BOARD) != 0) {
            tree.move(board, newKey);
        } else {
            tree.insert(board, newKey);
            pages.putInt(bodyAt + ON_BOARD, 1);
        }
    }

    private void leave(int user) {
        long bodyAt = users.bodyAt(user);
        tree.delete(board, key(oldKey, user));
        best.clear(bodyAt);
        first.clear(bodyAt + FIRST_ROUNDS);
        pages.putInt(bodyAt + ON_BOARD, 0);
    }

    private long[] key(long[] key, int user) {
        long bodyAt = users.bodyAt(user);
        key[0] = ~best.sum(bodyAt);
        key[1] = (first.sum(bodyAt + FIRST_ROUNDS) & 7) << 32 | user & 0xFFFFFFFFL;
        return key;
    }

    @Override
    public int get(int ref) {
        return pages.getInt(users.bodyAt(ref) + LEAF);
    }

    @Override
    public void put(int ref, int leaf) {
        pages.putInt(users.bodyAt(ref) + LEAF, leaf);
    }

    byte[] root() {
        tree.check(board);
        byte[] root = new byte[32];
        pages.root(root, allocator.usedBytes());
        return root;
    }

    long usedBytes() {
        return allocator.usedBytes();
    }

    long seen() {
        return seen;
    }
}
