package io.laurel.gateway.json;

import java.util.HashSet;
import java.util.Set;

/**
 * The names met in each of the objects that are open, for finding repeated ones. Sets are kept from
 * event to event; one that an odd event has blown up is given back.
 */
final class SeenNames {
    private static final int KEEP = 64;

    private final Set<String>[] byDepth;

    @SuppressWarnings({"unchecked", "rawtypes"})
    SeenNames(int depths) {
        byDepth = new Set[depths + 1];
    }

    /** Begins a new object. */
    void enter(int depth) {
        final Set<String> names = byDepth[depth];
        if (names != null) {
            if (names.size() > KEEP) {
                byDepth[depth] = null;
            } else {
                names.clear();
            }
        }
    }

    /** Returns false where the object has had this name before. */
    boolean add(int depth, String name) {
        if (byDepth[depth] == null) {
            byDepth[depth] = new HashSet<>();
        }
        return byDepth[depth].add(name);
    }
}
