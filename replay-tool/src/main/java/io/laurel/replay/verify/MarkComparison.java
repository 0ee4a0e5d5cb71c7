package io.laurel.replay.verify;

import io.laurel.snapshot.ContestMark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Holds what the manifest of a snapshot says of contests against what the log leads to. */
final class MarkComparison {
    private MarkComparison() {
    }

    /** Returns what is wrong with a manifest, one line for each contest; empty = nothing. */
    static List<String> faults(List<ContestMark> manifest, List<ContestMark> log) {
        final List<String> faults = new ArrayList<>();
        if (manifest.equals(log)) {
            return faults;
        }
        final Map<String, ContestMark> said = byId(manifest);
        final Map<String, ContestMark> found = byId(log);
        log.forEach(mark -> {
            final ContestMark other = said.get(mark.id());
            if (other == null) {
                faults.add("its manifest does not have contest " + mark.id());
            } else {
                compare(faults, mark.id(), "rules version", other.version(), mark.version());
                compare(faults, mark.id(), "rules hash", other.rulesHash(), mark.rulesHash());
                compare(faults, mark.id(), "digest", other.digest(), mark.digest());
            }
        });
        manifest.stream().filter(mark -> !found.containsKey(mark.id())).forEach(mark -> faults
            .add("its manifest has contest " + mark.id() + ", which the log does not have there"));
        if (faults.isEmpty()) {
            faults.add("its manifest has its contests twice or in another order");
        }
        return faults;
    }

    private static Map<String, ContestMark> byId(List<ContestMark> marks) {
        final Map<String, ContestMark> byId = new TreeMap<>();
        marks.forEach(mark -> byId.put(mark.id(), mark));
        return byId;
    }

    private static void compare(List<String> faults, String contest, String what, Object said,
        Object found) {
        if (!said.equals(found)) {
            faults.add("contest " + contest + ": its " + what + " in the manifest is " + said
                + ", the log leads to " + found);
        }
    }
}
