package io.laurel.engine.contest;

import io.laurel.engine.state.Names;
import java.util.List;
import org.agrona.collections.Int2IntHashMap;

/** A list of names and prefixes; the answer for each name is remembered by its reference. */
final class NamePatterns {
    private static final int UNSEEN = -1;

    private final List<String> patterns;
    private final Names names;
    private final Int2IntHashMap answers = new Int2IntHashMap(UNSEEN);

    NamePatterns(List<String> patterns, Names names) {
        this.patterns = patterns;
        this.names = names;
    }

    /** Returns whether the list says nothing. */
    boolean isEmpty() {
        return patterns.isEmpty();
    }

    /** Returns whether a name is in the list; everything is in an empty one. */
    boolean matches(int name) {
        if (patterns.isEmpty()) {
            return true;
        }
        int answer = answers.get(name);
        if (answer == UNSEEN) {
            answer = Matcher.matches(patterns, names.text(name)) ? 1 : 0;
            answers.put(name, answer);
        }
        return answer == 1;
    }
}
