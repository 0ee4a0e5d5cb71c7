package io.laurel.server.config;

import java.util.Collection;
import java.util.Comparator;

/** Finds the name that was probably meant. */
final class KeyNames {
    private KeyNames() {
    }

    /** Returns the known name with the fewest single-letter changes; the first one of equals. */
    static String nearest(String name, Collection<String> known) {
        return known.stream().min(Comparator.comparingInt(other -> distance(name, other)))
            .orElseThrow();
    }

    /** Returns how many letters must be put in, taken out or exchanged (Levenshtein). */
    static int distance(String a, String b) {
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            final int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                final int exchange = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(above[j - 1] + exchange, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[b.length()];
    }
}
