package io.laurel.replay.simulate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.ResultCode;
import io.laurel.engine.query.ContestInfo;
import io.laurel.engine.reference.Command;
import io.laurel.engine.reference.Command.Step;
import io.laurel.engine.reference.Row;
import io.laurel.engine.reference.StreamGenerator;
import io.laurel.engine.reward.NaivePayouts;
import io.laurel.engine.rules.ContestDefinition;
import io.laurel.engine.rules.ContestDefinition.BoardType;
import io.laurel.engine.rules.ContestDefinition.Distribution;
import io.laurel.engine.rules.ContestDefinition.Entity;
import io.laurel.engine.rules.ContestDefinition.LadderStep;
import io.laurel.engine.rules.ContestDefinition.Rewards;
import io.laurel.engine.scenario.ReferenceSubject;
import io.laurel.protocol.storage.RebuildEntryDecoder;
import io.laurel.protocol.storage.ResolveRollbackDecoder;
import io.laurel.replay.LogPass;
import io.laurel.replay.ReplayedLog;
import io.laurel.replay.TestNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random logs with everything that happens in them, simulated in whole. */
class SimulationPropertyTest {
    private static final int SEEDS = Boolean.getBoolean("laurel.long") ? 300 : 8;
    private static final int COMMANDS = 900;
    private static final int TOP = 1_000;

    @TempDir
    private Path scratch;

    /** A log as it was played, and what became of each command. */
    private record Played(long seed, Path data, List<Step> steps, List<ResultCode> results) {
        /** First accepted publications of contests that the log never changed. */
        Map<String, ContestDefinition> constant() {
            final Map<String, ContestDefinition> contests = new LinkedHashMap<>();
            final Map<String, Integer> versions = new LinkedHashMap<>();
            for (int i = 0; i < steps.size(); i++) {
                if (steps.get(i).command() instanceof Command.PublishContest publish
                    && results.get(i) == ResultCode.ACCEPTED) {
                    final ContestDefinition rules = publish.definition();
                    if (!rules.equals(contests.putIfAbsent(rules.id(), rules))) {
                        versions.merge(rules.id(), 1, Integer::sum);
                    }
                }
            }
            contests.keySet().removeIf(id -> versions.get(id) > 1);
            return contests;
        }
    }

    @Test
    void shouldComeToTheSameDigestWithTheSameRules() throws IOException {
        final Map<BoardType, Integer> checked = new EnumMap<>(BoardType.class);
        int instances = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            final Played played = play(seed, StreamGenerator.generate(seed, COMMANDS));
            final Map<String, ContestDefinition> constant = played.constant();
            final List<Candidate> candidates = new ArrayList<>();
            try (ReplayedLog before = LogPass.over(played.data()).run()) {
                for (final ContestInfo info : before.engine().reads().contests()) {
                    final ContestDefinition rules = constant.get(
                        info.schedule().isEmpty() ? info.id() : info.schedule());
                    if (rules != null) {
                        candidates.add(new Candidate("of " + info.id(), info.id(), rules));
                    }
                }
            }
            try (Passed passed = new Passed(played.data(), candidates, TOP)) {
                for (final Candidate candidate : candidates) {
                    final String title = "seed " + seed + ", " + candidate.target();
                    assertArrayEquals(passed.original().contestDigest(candidate.target()),
                        passed.shadow().contestDigest(candidate.target()), title);
                    final Outcome outcome = passed.outcome(candidate.name());
                    assertTrue(outcome.change().sameBoard(), title);
                    assertEquals(passed.original().reads().contest(candidate.target()).unscored(),
                        outcome.run().info().unscored(), title);
                    if (outcome.run().info().entries() > 2) {
                        checked.merge(candidate.definition().board().type(), 1, Integer::sum);
                        instances += candidate.target().contains("@") ? 1 : 0;
                    }
                }
            }
        }
        assertTrue(checked.size() == 5 && instances > 0,
            "boards of every type: " + checked + ", of instances: " + instances);
    }

    @Test
    void shouldComeToWhatTheReferenceSaysWithOtherRulesOneByOneAndAllAtOnce() throws IOException {
        int boards = 0;
        int paid = 0;
        for (long seed = 101; seed <= 100 + SEEDS; seed++) {
            final Played played = play(seed, StreamGenerator.generate(seed, COMMANDS));
            final List<ContestDefinition> rules = played.constant().values().stream()
                .filter(contest -> contest.schedule() == null && contest.fxTable() == null)
                .toList();
            if (rules.isEmpty()) {
                continue;
            }
            final ContestDefinition target = rules.get((int) (seed % rules.size()));
            final List<Candidate> candidates = IntStream.range(0, Math.min(4, rules.size()))
                .mapToObj(number -> candidate(target, rules.get(number), number)).toList();
            try (Passed all = new Passed(played.data(), candidates, TOP)) {
                for (final Candidate candidate : candidates) {
                    final String title = "seed " + seed + ", " + candidate.name();
                    final Outcome outcome = all.outcome(candidate.name());
                    final List<Row> expected = reference(played, candidate);
                    assertEquals(plain(expected), plain(outcome), title);
                    checkPayout(candidate, expected, outcome, title);
                    try (Passed alone =
                             new Passed(played.data(), List.of(candidate), TOP)) {
                        final Outcome single = alone.outcome(candidate.name());
                        assertEquals(single.figures(), outcome.figures(), title);
                        assertEquals(single.change(), outcome.change(), title);
                        assertEquals(single.run().winners(), outcome.run().winners(), title);
                    }
                    boards += expected.size() > 2 ? 1 : 0;
                    paid += outcome.run().winners().size() > 2 ? 1 : 0;
                }
            }
        }
        assertTrue(boards > SEEDS / 2 && paid > SEEDS / 4, boards + " boards, " + paid + " paid");
    }

    private Played play(long seed, List<Step> steps) throws IOException {
        final List<ResultCode> results = new ArrayList<>();
        final Path data = scratch.resolve("data-" + seed);
        try (TestNode node = TestNode.open(data, COMMANDS)) {
            node.rebuilding().play(steps);
        }
        LogPass.over(data).observedBy((command, engine) -> {
            if (command.templateId() != ResolveRollbackDecoder.TEMPLATE_ID
                && command.templateId() != RebuildEntryDecoder.TEMPLATE_ID) {
                results.add(command.result());
            }
        }).run().close();
        return new Played(seed, data, steps, results);
    }

    /** The target's id, window and life; the rules of another contest, and prizes. */
    private static Candidate candidate(ContestDefinition target, ContestDefinition other,
        int number) {
        final Rewards rewards = number % 2 == 0
            ? new Rewards("EUR", 1_003, Distribution.LADDER, List.of(
                new LadderStep(1, 1, 300_000, null), new LadderStep(2, 4, 111_111, null)), 0, 0,
                List.of(), 0, 0)
            : new Rewards("EUR", 1_003, Distribution.PROPORTIONAL, List.of(), 5, 333_333,
                List.of(), 0, 0);
        return new Candidate("candidate " + number, target.id(), new ContestDefinition(
            target.id(), other.name(), target.window(), null, other.scope(), other.optIn(),
            other.scoring(), other.board(), other.antiAbuse(), rewards, null,
            target.lateGraceNs(), target.appealNs(), false));
    }

    /** What the reference says of the same commands, had the candidate been published instead. */
    private static List<Row> reference(Played played, Candidate candidate) {
        try (ReferenceSubject judge = new ReferenceSubject()) {
            boolean published = false;
            for (int i = 0; i < played.steps().size(); i++) {
                Step step = played.steps().get(i);
                if (step.command() instanceof Command.PublishContest publish
                    && publish.definition().id().equals(candidate.target())) {
                    final boolean instead =
                        !published && played.results().get(i) == ResultCode.ACCEPTED;
                    published |= instead;
                    step = new Step(step.timeNs(), instead
                        ? new Command.PublishContest(candidate.definition())
                        : new Command.Tick());
                }
                judge.apply(i + 1, step);
                if (step.command() instanceof Command.SendEvent sent
                    && sent.event().kind().equals("rollback")) {
                    // the log that was played has the answers at once: what it means, then entries
                    judge.apply(i + 1, new Step(step.timeNs(), new Command.ReadLog()));
                    judge.apply(i + 1, new Step(step.timeNs(), new Command.ReadLog()));
                }
            }
            return judge.board(candidate.target(), "");
        }
    }

    private static List<String> plain(List<Row> rows) {
        return rows.stream().map(row -> plain(row.user(), row.score(), row.multiplierE4(),
            row.rounds(), row.finishTs())).toList();
    }

    private static List<String> plain(Outcome outcome) {
        return outcome.change().top().stream().map(row -> plain(row.user(), row.score(),
            row.multiplierE4(), row.rounds(), row.finishTs())).toList();
    }

    private static String plain(String user, long... numbers) {
        return user + " " + Arrays.toString(numbers);
    }

    private static void checkPayout(Candidate candidate, List<Row> board, Outcome outcome,
        String title) {
        final Rewards rewards = candidate.definition().rewards();
        final boolean pays = candidate.definition().board().entity() == Entity.PLAYER
            && !outcome.run().info().state().token().equals("cancelled");
        final long[] scores = board.stream().mapToLong(Row::score).toArray();
        final List<BigInteger> shares = !pays ? List.of()
            : rewards.distribution() == Distribution.LADDER
                ? NaivePayouts.ladder(rewards.poolMinor(), rewards.ladder(), scores.length)
                : NaivePayouts.proportional(rewards.poolMinor(),
                    BigDecimal.valueOf(rewards.capPercentE4(), 4), rewards.paidRanks(), scores);
        final Map<String, Long> expected = new LinkedHashMap<>();
        for (int place = 0; place < shares.size(); place++) {
            if (shares.get(place).signum() > 0) {
                expected.put(board.get(place).user(), shares.get(place).longValueExact());
            }
        }
        final Map<String, Long> found = new LinkedHashMap<>();
        outcome.run().winners().forEach((user, award) -> found.put(user, award.prize().value()));
        assertEquals(expected, found, title);
        final long used = found.values().stream().mapToLong(Long::longValue).sum();
        assertEquals(used, outcome.run().payout().usedMinor(), title);
        if (pays) {
            assertEquals(rewards.poolMinor() - used, outcome.run().payout().returnedMinor(),
                title);
        }
    }
}
