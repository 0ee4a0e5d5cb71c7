package io.laurel.engine.derive;

import io.laurel.engine.Engine;
import io.laurel.engine.contest.EntryContents;
import io.laurel.engine.intake.ClosedRound;
import io.laurel.engine.intake.EventView;
import io.laurel.engine.intake.EventView.Text;
import io.laurel.engine.port.RoundTrail;
import io.laurel.engine.query.RebuildWork.MarkedEntry;
import io.laurel.engine.rules.ContestDefinition.Entity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.agrona.collections.LongHashSet;

/** Derives marked entries anew while an engine applies the log: every round but the void ones. */
final class EntryTrail implements RoundTrail {
    private final Engine engine;
    private final LongHashSet voided;
    private final Map<String, Map<String, Derived>> byContest = new HashMap<>();
    private long sequence;
    private ClosedRound round;

    /** An entry on all its boards. */
    private static final class Derived {
        private final MarkedEntry entry;
        private final Map<String, BoardSums> boards = new HashMap<>();
        private final Map<String, BoardSums> changed = new TreeMap<>();

        Derived(MarkedEntry entry) {
            this.entry = entry;
        }
    }

    /**
     * Begins where the engine stands; the caller makes it the engine's trail.
     *
     * @param voided sequences of the events that closed the rounds to be left out
     */
    EntryTrail(Engine engine, List<MarkedEntry> entries, LongHashSet voided) {
        this.engine = engine;
        this.voided = voided;
        entries.forEach(entry -> byContest
            .computeIfAbsent(entry.contest(), contest -> new HashMap<>())
            .put(entry.entity(), new Derived(entry)));
    }

    @Override
    public void onClosed(long closing, ClosedRound closed) {
        sequence = closing;
        round = closed;
    }

    @Override
    public void onScored(String contest, int epoch, int ruleVersion, long points,
        DirectBuffer partition, int partitionLength) {
        final Map<String, Derived> wanted = byContest.get(contest);
        if (wanted == null) {
            return;
        }
        final Entity kind = wanted.values().iterator().next().entry.board().entity();
        final Derived derived = wanted.get(new String(bytes(switch (kind) {
            case PLAYER -> Text.USER_ID;
            case PROVIDER -> Text.GAME_PROVIDER;
            case GAME -> Text.GAME_ID;
        }), StandardCharsets.UTF_8));
        if (derived == null || epoch != derived.entry.epoch()
            || sequence > derived.entry.markedSequence()) {
            return;
        }
        add(derived, new byte[0], ruleVersion, points);
        if (partitionLength > 0) {
            final byte[] value = new byte[partitionLength];
            partition.getBytes(0, value);
            add(derived, value, ruleVersion, points);
        }
    }

    private void add(Derived derived, byte[] partition, int ruleVersion, long points) {
        final String name = new String(partition, StandardCharsets.UTF_8);
        final BoardSums sums = derived.boards.computeIfAbsent(name,
            // told before the engine adds the round: this is all that came before
            key -> new BoardSums(derived.entry.board(), partition, engine.contents(
                derived.entry.contest(), derived.entry.entity(), partition)));
        if (voided.contains(sequence)) {
            derived.changed.put(name, sums);
        } else {
            sums.add(ruleVersion, points, round.ts(), round.multiplierE4(),
                bytes(Text.ROUND_ID));
        }
    }

    private byte[] bytes(Text text) {
        final EventView event = round.event();
        final byte[] bytes = new byte[event.lengthOf(text)];
        event.buffer().getBytes(event.offsetOf(text), bytes);
        return bytes;
    }

    /** Returns what an entry comes to on the boards on which a round was left out. */
    List<EntryContents> changed(MarkedEntry entry) {
        final List<EntryContents> all = new ArrayList<>();
        byContest.get(entry.contest()).get(entry.entity()).changed.values()
            .forEach(sums -> all.add(sums.contents()));
        return all;
    }
}
