package io.laurel.engine.derive;

import io.laurel.engine.Engine;
import io.laurel.engine.ResultCode;
import io.laurel.engine.intake.ClosedRound;
import io.laurel.engine.intake.EventView;
import io.laurel.engine.intake.EventView.Text;
import io.laurel.engine.port.JournalReader;
import io.laurel.engine.port.RoundTrail;
import io.laurel.engine.query.ContestInfo;
import io.laurel.engine.query.EntryInfo;
import io.laurel.engine.recovery.Progress;
import io.laurel.engine.rules.ContestDefinition;
import io.laurel.engine.rules.ContestDefinition.Entity;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Follows one player, provider or game through one contest: every closed round of theirs with what
 * it is worth there, and why. Memory grows with the number of these rounds.
 */
public final class Explanation implements RoundTrail {
    private final String contest;
    private final String entity;
    private final Engine engine;
    private final int mostRounds;
    private final UnsafeBuffer entityBytes;
    private final List<Followed> rounds = new ArrayList<>();
    private final Set<Long> voided = new HashSet<>();
    private final Set<Long> gone = new HashSet<>();
    private Followed current;
    private boolean tooMany;

    /** There are more rounds than were asked for. */
    public static final class TooManyRoundsException extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        TooManyRoundsException(int most) {
            super("there are more than " + most + " rounds to explain");
        }
    }

    /** A round of somebody who may be meant. */
    private static final class Followed {
        private final Set<Entity> as;
        private final ExplainedRound round;
        private final int epoch;

        Followed(Set<Entity> as, ExplainedRound round, int epoch) {
            this.as = as;
            this.round = round;
            this.epoch = epoch;
        }

        boolean scored() {
            return round.reason().isEmpty();
        }
    }

    /**
     * Begins before the first command; the caller makes it the engine's trail.
     *
     * @param contest id of the contest or instance
     * @param entity id of the player, or of the provider or game where the board's entries are such
     * @param engine that the log is applied to
     */
    public Explanation(String contest, String entity, Engine engine) {
        this(contest, entity, engine, Integer.MAX_VALUE);
    }

    private Explanation(String contest, String entity, Engine engine, int mostRounds) {
        this.contest = contest;
        this.entity = entity;
        this.engine = engine;
        this.mostRounds = mostRounds;
        entityBytes = new UnsafeBuffer(entity.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Derives an explanation from the log alone.
     *
     * @param log read from its beginning
     * @param engine fresh; applies the log
     * @param last sequence to end with, which the log must have
     * @param mostRounds bounds what is kept in memory
     * @param progress is told now and then; may throw to end it
     * @return as {@link #result}
     * @throws TooManyRoundsException where there are more rounds
     * @throws IOException where the log cannot be read, or does not reach that far
     */
    public static Result of(String contest, String entity, JournalReader log, Engine engine,
        long last, int mostRounds, Progress progress) throws IOException {
        final Explanation explanation = new Explanation(contest, entity, engine, mostRounds);
        engine.setTrail(explanation);
        LogReplay.run(new WatchedLog(log, (sequence, timeNs) -> {
            explanation.checkBound();
            progress.onProgress(sequence, timeNs);
        }), engine, last);
        return explanation.result();
    }

    private void checkBound() {
        if (tooMany) {
            throw new TooManyRoundsException(mostRounds);
        }
    }

    @Override
    public void onClosed(long sequence, ClosedRound round) {
        current = null;
        final Set<Entity> as = EnumSet.noneOf(Entity.class);
        final EventView event = round.event();
        addIf(as, Entity.PLAYER, event, Text.USER_ID);
        addIf(as, Entity.PROVIDER, event, Text.GAME_PROVIDER);
        addIf(as, Entity.GAME, event, Text.GAME_ID);
        if (!as.isEmpty()) {
            take(as, new ExplainedRound(sequence, text(event, Text.EVENT_ID), round.ts(),
                text(event, Text.ROUND_ID), round.betMinor(), round.winMinor(),
                round.multiplierE4(), 0, 0, false, ""), 0);
        }
    }

    private void addIf(Set<Entity> as, Entity kind, EventView event, Text text) {
        final int length = event.lengthOf(text);
        if (length != entityBytes.capacity()) {
            return;
        }
        for (int i = 0; i < length; i++) {
            if (event.buffer().getByte(event.offsetOf(text) + i) != entityBytes.getByte(i)) {
                return;
            }
        }
        as.add(kind);
    }

    private static String text(EventView event, Text text) {
        final byte[] bytes = new byte[event.lengthOf(text)];
        event.buffer().getBytes(event.offsetOf(text), bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private void take(Set<Entity> as, ExplainedRound round, int epoch) {
        current = new Followed(as, round, epoch);
    }

    @Override
    public void onScored(String id, int epoch, int ruleVersion, long points,
        DirectBuffer partition, int partitionLength) {
        if (current != null && id.equals(contest)) {
            settle(ruleVersion, points, "", epoch);
        }
    }

    @Override
    public void onNotScored(String id, int ruleVersion, ResultCode reason) {
        if (current != null && id.equals(contest)) {
            settle(ruleVersion, 0, reason.token(), 0);
        }
    }

    @Override
    public void onOffered() {
        if (current == null) {
            return;
        }
        // the contest did not look: it took no rounds then, or this is not one of its scope
        final ContestInfo info = engine.reads().contest(contest);
        final boolean takes = info != null && info.state().takesRounds()
            && current.round.ts() >= info.startNs() && current.round.ts() < info.endNs();
        settle(info == null ? 0 : info.version(), 0,
            (takes ? ResultCode.OUT_OF_SCOPE : ResultCode.OUTSIDE_WINDOW).token(), 0);
    }

    private void settle(int ruleVersion, long points, String reason, int epoch) {
        if (rounds.size() == mostRounds) {
            tooMany = true;
            return;
        }
        final ExplainedRound round = current.round;
        rounds.add(new Followed(current.as, new ExplainedRound(round.sequence(), round.eventId(),
            round.ts(), round.roundId(), round.betMinor(), round.winMinor(),
            round.multiplierE4(), ruleVersion, points, false, reason), epoch));
        current = null;
    }

    @Override
    public void onVoided(long sequence) {
        voided.add(sequence);
    }

    @Override
    public void onRebuilt(String id, String of) {
        if (id.equals(contest) && of.equals(entity)) {
            gone.addAll(voided);
        }
    }

    /**
     * Returns the score that the engine shows for the entity, and its rounds in log order. While an
     * entry waits to be derived anew, a round that was rolled back still counts, as it does there.
     *
     * @return null where there is no such contest, or it makes instances only
     * @throws IllegalStateException where the kept points do not sum to the score
     */
    public Result result() {
        checkBound();
        final ContestInfo info = engine.sequence() == 0 ? null : engine.reads().contest(contest);
        if (info == null || info.definition().schedule() != null) {
            return null;
        }
        final ContestDefinition.Board board = info.definition().board();
        final List<Followed> mine =
            rounds.stream().filter(one -> one.as.contains(board.entity())).toList();
        final EntryInfo entry = engine.reads().entry(contest, entity);
        final int epoch = entry.epoch();
        final List<ExplainedRound> scored = mine.stream()
            .filter(one -> one.scored() && one.epoch == epoch
                && !gone.contains(one.round.sequence()))
            .map(one -> one.round).toList();
        final Set<Long> kept = new HashSet<>();
        BigInteger sum = BigInteger.ZERO;
        for (final ExplainedRound round : KeptSet.of(board, scored)) {
            kept.add(round.sequence());
            sum = sum.add(BigInteger.valueOf(round.points()));
        }
        final long score = entry.score();
        if (!sum.equals(BigInteger.valueOf(score))) {
            throw new IllegalStateException("the kept points of " + entity + " in " + contest
                + " sum to " + sum + ", and the score is " + score + " units");
        }
        final List<ExplainedRound> all = mine.stream().map(one -> finished(one, epoch,
            kept.contains(one.round.sequence()))).toList();
        return new Result(contest, entity, info.definition().scoring().scoreScale(), score,
            entry.rebuilding(), engine.sequence(), all);
    }

    private ExplainedRound finished(Followed one, int epoch, boolean kept) {
        final ExplainedRound round = one.round;
        final String reason = !one.scored() ? round.reason()
            : one.epoch != epoch ? ExplainedRound.RESTARTED
            : gone.contains(round.sequence()) ? ExplainedRound.VOID : "";
        return new ExplainedRound(round.sequence(), round.eventId(), round.ts(), round.roundId(),
            round.betMinor(), round.winMinor(), round.multiplierE4(), round.ruleVersion(),
            reason.isEmpty() ? round.points() : 0, kept, reason);
    }

    /**
     * An explanation.
     *
     * @param contest id of the contest or instance
     * @param entity id of the player, provider or game
     * @param scoreScale decimals of score and points
     * @param score units; the sum of the kept points
     * @param rebuilding whether the entry waits to be derived anew
     * @param sequence last command that it reflects
     * @param rounds in log order
     */
    public record Result(String contest, String entity, int scoreScale, long score,
        boolean rebuilding, long sequence, List<ExplainedRound> rounds) {
    }
}
