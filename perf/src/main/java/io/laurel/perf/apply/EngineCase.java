package io.laurel.perf.apply;

import io.laurel.perf.load.BoardMix;
import io.laurel.perf.load.ContestSet;
import io.laurel.perf.load.Distribution;
import io.laurel.perf.load.Rounds;
import io.laurel.perf.machine.Figures;
import io.laurel.perf.machine.Settling;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One row: so many players, contests live, of which so many take each round.
 *
 * @param boards shapes of the contests, taken in turn
 * @param seconds how long rounds are applied, preload, warm-up and making of rounds not counted
 */
public record EngineCase(long players, int contests, int matched, List<BoardMix> boards,
    Distribution distribution, long seed, double seconds) {
    private static final long SPARE_BYTES = 1L << 30;
    private static final long ROUND_BYTES = 140;
    private static final long ENTRY_BYTES = 250;
    /** With the best twenty rounds of everybody. */
    private static final long FULL_ENTRY_BYTES = 800;
    private static final long PLAYER_BYTES = 150;
    private static final long FASTEST = 2_000_000;
    /** Until the compilers rest; a shorter run is for trying things out, and warms up as long. */
    private static final double MOST_WARM_SECONDS = 10;
    private static final double LEAST_SECONDS = 1;
    private static final double WARM_STEP_SECONDS = 0.5;
    /** From so many players on, none plays more than four rounds, the preload's included. */
    private static final long MANY_PLAYERS = 10_000_000;
    private static final int ROUNDS_OF_MANY = 4;

    /** Runs it and returns its row. */
    public Map<String, Object> run() {
        final long startNs = System.currentTimeMillis() * 1_000_000;
        final ContestSet set = new ContestSet(contests, matched, boards, startNs);
        try (EngineRig rig = new EngineRig(memoryBytes(), players, set, startNs)) {
            rig.preload(players, seed);
            final Rounds series = rig.series(seed + 1, distribution.among(players));
            if (seconds < LEAST_SECONDS) {
                play(rig, series, seconds);
            } else {
                new Settling(ProcessHandle.current().pid()).await(WARM_STEP_SECONDS,
                    MOST_WARM_SECONDS, step -> play(rig, series, step));
            }
            rig.reset();
            final long before = rig.rounds();
            play(rig, series, seconds);
            return row(rig, rig.rounds() - before);
        }
    }

    private void play(EngineRig rig, Rounds series, double forSeconds) {
        final long until = rig.appliedNs() + (long) (forSeconds * 1e9);
        while (rig.appliedNs() < until && rig.rounds() + EngineRig.CHUNK <= mostRounds()) {
            rig.play(series, EngineRig.CHUNK);
        }
    }

    private long mostRounds() {
        return players >= MANY_PLAYERS ? ROUNDS_OF_MANY * players : Long.MAX_VALUE;
    }

    /** What the state may come to; memory is taken as it is touched, but must be there. */
    private long memoryBytes() {
        final double rounds = Math.min(mostRounds(),
            players + (seconds + MOST_WARM_SECONDS) * FASTEST);
        final long entryBytes =
            rounds > ROUNDS_OF_MANY * (double) players ? FULL_ENTRY_BYTES : ENTRY_BYTES;
        return SPARE_BYTES + (long) (rounds * ROUND_BYTES)
            + players * (PLAYER_BYTES + matched * entryBytes);
    }

    private Map<String, Object> row(EngineRig rig, long rounds) {
        if (rig.refused() > 0) {
            throw new IllegalStateException(rig.refused() + " rounds were not accepted");
        }
        final Map<String, Object> row = new LinkedHashMap<>();
        row.put("players", players);
        row.put("contests", contests);
        row.put("matched", matched);
        row.put("boards", boards.stream().map(BoardMix::token).toList());
        row.put("distribution", distribution.token());
        row.put("rounds", rounds);
        row.put("seconds", Figures.round(rig.appliedNs() / 1e9, 2));
        row.put("rounds_per_s", Math.round(rounds * 1e9 / Math.max(1, rig.appliedNs())));
        row.put("ns_per_round",
            Math.round((double) rig.appliedNs() / Math.max(1, rounds)));
        row.put("cpu_ns_per_round",
            Math.round((double) rig.processorNs() / Math.max(1, rounds)));
        row.put("allocated_bytes_per_round",
            Figures.round((double) rig.allocatedBytes() / Math.max(1, rounds), 2));
        row.put("dedupe_population", rig.rounds());
        long bytes = 0;
        for (final long store : rig.status().memoryBytes().values()) {
            bytes += store;
        }
        row.put("state_bytes", bytes);
        return row;
    }
}
