package io.laurel.replay.simulate;

import io.laurel.engine.query.BoardRequest;
import io.laurel.engine.query.BoardRow;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How a run differs from the one that it is compared to.
 *
 * @param top the run's first rows
 * @param before rank of the players of {@code top} in the other run; absent = not ranked there
 * @param entered players of {@code top} who are not among as many first ones of the other
 * @param left the other way round
 * @param placesChanged places that somebody else holds, or nobody in one of the runs
 * @param sameBoard whether nothing differs: every place, score, multiplier, number of rounds
 * @param winnersGained players with a prize here and none in the other
 * @param winnersLost the other way round
 */
record Change(List<BoardRow> top, Map<String, Long> before, Set<String> entered,
    Set<String> left, long placesChanged, boolean sameBoard, Set<String> winnersGained,
    Set<String> winnersLost) {

    /**
     * Compares two runs; reads both boards once from top to bottom.
     *
     * @param other null = nothing to compare with
     * @param count first places that are looked at, at most 1,000
     */
    static Change of(Run run, Run other, int count) {
        final List<BoardRow> top = top(run, count);
        if (other == null) {
            return new Change(top, null, Set.of(), Set.of(), 0, false, Set.of(), Set.of());
        }
        final Set<String> now = users(top);
        final Set<String> then = users(top(other, count));
        final Map<String, Long> before = new HashMap<>();
        if (!now.isEmpty()) {
            other.reads().board(new BoardRequest(other.contest(), "", 0, "", 0,
                List.copyOf(now), -1, 0)).top()
                .forEach(row -> before.put(row.user(), row.position()));
        }
        long changed = 0;
        boolean same = true;
        final Rows mine = new Rows(run.reads(), run.contest());
        final Rows theirs = new Rows(other.reads(), other.contest());
        while (mine.hasNext() || theirs.hasNext()) {
            final BoardRow one = mine.hasNext() ? mine.next() : null;
            final BoardRow two = theirs.hasNext() ? theirs.next() : null;
            final boolean both = one != null && two != null;
            changed += both && one.user().equals(two.user()) ? 0 : 1;
            same &= both && isSame(one, two);
        }
        return new Change(top, before, without(now, then), without(then, now), changed,
            same && run.info().definition().scoring().scoreScale()
                == other.info().definition().scoring().scoreScale(),
            without(run.winners().keySet(), other.winners().keySet()),
            without(other.winners().keySet(), run.winners().keySet()));
    }

    private static List<BoardRow> top(Run run, int count) {
        return run.reads().board(new BoardRequest(run.contest(), "", count, "", 0, List.of(),
            -1, 0)).top();
    }

    private static boolean isSame(BoardRow one, BoardRow two) {
        return one.user().equals(two.user()) && one.score() == two.score()
            && one.multiplierE4() == two.multiplierE4() && one.rounds() == two.rounds()
            && one.finishTs() == two.finishTs();
    }

    private static Set<String> users(List<BoardRow> rows) {
        final Set<String> users = new LinkedHashSet<>();
        rows.forEach(row -> users.add(row.user()));
        return users;
    }

    private static Set<String> without(Set<String> users, Set<String> others) {
        final Set<String> rest = new LinkedHashSet<>(users);
        rest.removeAll(others);
        return rest;
    }

    /** Returns whether there was something to compare with. */
    boolean compared() {
        return before != null;
    }

    /** Returns how many players of the top were there before. */
    long stayed() {
        return top.size() - entered.size();
    }
}
