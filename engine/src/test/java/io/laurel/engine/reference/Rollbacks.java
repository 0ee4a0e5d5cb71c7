package io.laurel.engine.reference;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** Semantics 6.5: every round that was ever closed is kept, so nothing has to be looked for. */
final class Rollbacks {
    private record Key(String source, String userId, String roundId) {
    }

    private record Waiting(long number, Key key, boolean remembered, Round round) {
    }

    private final Catalog catalog;
    private final Map<Key, Round> closed = new HashMap<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private long taken;
    private final Set<Round> voided = Collections.newSetFromMap(new IdentityHashMap<>());

    Rollbacks(Catalog catalog) {
        this.catalog = catalog;
    }

    void onClosed(String source, Round round) {
        closed.put(new Key(source, round.userId(), round.id()), round);
    }

    /** Takes a rollback of a round that is not open; returns how it counts, null = not yet. */
    String onRollback(Intake.RolledBack rollback) {
        final boolean remembered = rollback.closedTs() != null;
        taken++;
        boolean held = false;
        for (final ReferenceContest contest : catalog.all()) {
            if (!remembered || contest.holds(rollback.closedTs())) {
                held |= contest.hold(rollback.userId(), taken);
            }
        }
        if (!held) {
            return remembered ? "accepted" : "unknown_round";
        }
        final Key key = new Key(rollback.source(), rollback.userId(), rollback.roundId());
        waiting.add(new Waiting(taken, key, remembered, closed.get(key)));
        return remembered ? "accepted" : null;
    }

    /**
     * Says what rollbacks mean, one after the other; where none waits, works marked entries out
     * anew.
     *
     * @param runDue runs behind each, as behind every command
     */
    void answer(BiConsumer<String, String> count, Runnable runDue) {
        if (waiting.isEmpty()) {
            catalog.all().forEach(contest -> contest.rebuild(voided));
        }
        while (!waiting.isEmpty()) {
            final Waiting one = waiting.remove(0);
            if (!one.remembered) {
                count.accept(one.key.source, one.round == null ? "unknown_round" : "accepted");
            }
            if (one.round != null && voided.add(one.round)) {
                catalog.all().forEach(contest -> contest.mark(one.round));
            }
            final String user = one.key.userId;
            final long next = waiting.stream().filter(other -> other.key.userId.equals(user))
                .mapToLong(Waiting::number).findFirst().orElse(Long.MAX_VALUE);
            catalog.all().forEach(contest -> contest.release(user, next));
            runDue.run();
        }
    }
}
