package io.laurel.engine.rules;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * A list of ids and prefixes (entries that end in *) made ready to be matched against bytes, by
 * binary search and without garbage. Case counts; an empty list matches everything. Immutable.
 */
public final class Patterns {
    private final boolean everything;
    private final byte[][] exact;
    /** None is a prefix of another, so at most the greatest one not above a value can match it. */
    private final byte[][] prefixes;

    private Patterns(List<String> entries) {
        final List<byte[]> ids = new ArrayList<>();
        final List<byte[]> heads = new ArrayList<>();
        for (final String entry : entries) {
            if (entry.endsWith("*")) {
                heads.add(bytes(entry.substring(0, entry.length() - 1)));
            } else {
                ids.add(bytes(entry));
            }
        }
        ids.sort(Arrays::compareUnsigned);
        heads.sort(Arrays::compareUnsigned);
        exact = ids.toArray(new byte[0][]);
        prefixes = withoutCovered(heads);
        everything = entries.isEmpty() || prefixes.length > 0 && prefixes[0].length == 0;
    }

    /** Makes a list ready. */
    public static Patterns compile(List<String> entries) {
        return new Patterns(entries);
    }

    /** Returns whether there is nothing that does not match. */
    public boolean matchesEverything() {
        return everything;
    }

    /** Returns whether some bytes are one of the ids or begin with one of the prefixes. */
    public boolean matches(DirectBuffer buffer, int offset, int length) {
        if (everything) {
            return true;
        }
        final int id = lastNotAbove(exact, buffer, offset, length);
        if (id >= 0 && compare(exact[id], buffer, offset, length) == 0) {
            return true;
        }
        final int prefix = lastNotAbove(prefixes, buffer, offset, length);
        return prefix >= 0 && startsWith(prefixes[prefix], buffer, offset, length);
    }

    /** Returns the same for an array. */
    public boolean matches(byte[] value) {
        if (everything) {
            return true;
        }
        if (Arrays.binarySearch(exact, value, Arrays::compareUnsigned) >= 0) {
            return true;
        }
        final int found = Arrays.binarySearch(prefixes, value, Arrays::compareUnsigned);
        final int prefix = found >= 0 ? found : -found - 2;
        return prefix >= 0 && value.length >= prefixes[prefix].length
            && Arrays.equals(prefixes[prefix], 0, prefixes[prefix].length, value, 0,
                prefixes[prefix].length);
    }

    private static byte[][] withoutCovered(List<byte[]> sorted) {
        final List<byte[]> kept = new ArrayList<>();
        for (final byte[] prefix : sorted) {
            final byte[] last = kept.isEmpty() ? null : kept.get(kept.size() - 1);
            if (last == null || prefix.length < last.length
                || !Arrays.equals(last, 0, last.length, prefix, 0, last.length)) {
                kept.add(prefix);
            }
        }
        return kept.toArray(new byte[0][]);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static int lastNotAbove(byte[][] sorted, DirectBuffer buffer, int offset,
        int length) {
        int low = 0;
        int high = sorted.length - 1;
        while (low <= high) {
            final int middle = (low + high) >>> 1;
            if (compare(sorted[middle], buffer, offset, length) <= 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }

    private static int compare(byte[] entry, DirectBuffer buffer, int offset, int length) {
        final int common = Math.min(entry.length, length);
        for (int index = 0; index < common; index++) {
            final int difference =
                (entry[index] & 0xff) - (buffer.getByte(offset + index) & 0xff);
            if (difference != 0) {
                return difference;
            }
        }
        return entry.length - length;
    }

    private static boolean startsWith(byte[] prefix, DirectBuffer buffer, int offset,
        int length) {
        return prefix.length <= length
            && compare(prefix, buffer, offset, prefix.length) == 0;
    }
}
