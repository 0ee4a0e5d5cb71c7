package io.laurel.engine.rules;

import java.util.Collection;

/** Finds the name somebody may have meant. */
public final class Nearest {
    private Nearest() {
    }

    /** Returns {@code " (nearest: 'name')"}; the first of equals wins, so the text is stable. */
    public static String hint(String wrong, Collection<String> known) {
        String nearest = null;
        int least = Integer.MAX_VALUE;
        for (final String name : known) {
            final int distance = distance(clip(wrong), clip(name));
            if (distance < least) {
                least = distance;
                nearest = name;
            }
        }
        return nearest == null ? "" : " (nearest: '" + nearest + "')";
    }

    /** Hostile names may be as long as a document, and the distance costs length x length. */
    private static String clip(String name) {
        return name.length() <= 64 ? name : name.substring(0, 64);
    }

    /** Levenshtein distance. */
    private static int distance(String from, String to) {
        int[] above = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            above[column] = column;
        }
        for (int row = 1; row <= from.length(); row++) {
            final int[] here = new int[to.length() + 1];
            here[0] = row;
            for (int column = 1; column <= to.length(); column++) {
                final int change = from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1;
                here[column] = Math.min(above[column - 1] + change,
                    Math.min(above[column], here[column - 1]) + 1);
            }
            above = here;
        }
        return above[to.length()];
    }
}
