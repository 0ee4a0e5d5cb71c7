package io.laurel.engine.memory;

import java.util.Random;

/** Prints rough times of the counted tree; a measure for the eye, no test. */
final class TreeTiming {
    private static final int STEPS = 1_000_000;
    private static final int WORDS = 2;

    private TreeTiming() {
    }

    /** Runs at the sizes that are given, or at 100,000 and 1,000,000. */
    public static void main(String[] args) {
        String[] sizes = args.length > 0 ? args : new String[] {"100000", "100000", "1000000"};
        for (String size : sizes) {
            measure(Integer.parseInt(size));
        }
    }

    private static void measure(int size) {
        try (Pages pages = new Pages(1L << 30)) {
            Allocator allocator = Allocator.create(pages);
            CountedTree tree = new CountedTree(allocator, 0,
                (key, ref) -> Integer.compareUnsigned((int) key[1], ref));
            long at = tree.create();
            Random random = new Random(1);
            long[] scores = new long[size];
            long[] oldKey = new long[WORDS];
            long[] newKey = new long[WORDS];
            long begin = System.nanoTime();
            for (int i = 0; i < size; i++) {
                scores[i] = random.nextInt(1 << 20);
                tree.insert(at, key(newKey, scores[i], i));
            }
            report(size, "insert", begin, size);
            int[] who = random.ints(STEPS, 0, size).toArray();
            int[] gain = random.ints(STEPS, 0, 2_000).toArray();
            begin = System.nanoTime();
            for (int i = 0; i < STEPS; i++) {
                key(oldKey, scores[who[i]], who[i]);
                scores[who[i]] += gain[i];
                tree.update(at, oldKey, key(newKey, scores[who[i]], who[i]));
            }
            report(size, "update", begin, STEPS);
            long sum = 0;
            begin = System.nanoTime();
            for (int i = 0; i < STEPS; i++) {
                sum += tree.rank(at, key(oldKey, scores[who[i]], who[i]));
            }
            report(size, "rank", begin, STEPS);
            Cursor cursor = new Cursor();
            begin = System.nanoTime();
            for (int i = 0; i < STEPS; i++) {
                tree.select(at, who[i], cursor);
                sum += cursor.ref();
            }
            report(size, "select", begin, STEPS);
            tree.check(at);
            System.out.println("leaf bytes " + TreeNodes.LEAF_BYTES + ", bytes per key "
                + tree.nodeBytes(at) / size + ", checksum " + sum);
        }
    }

    private static long[] key(long[] key, long score, int ref) {
        key[0] = ~score;
        key[1] = (long) ref << 32 | ref;
        return key;
    }

    private static void report(int size, String what, long begin, int steps) {
        System.out.println(size + " entries: " + what + " "
            + (System.nanoTime() - begin) / steps + " ns");
    }
}
