package io.laurel.engine.rules;

import io.laurel.engine.rules.ContestDefinition.AntiAbuse;
import io.laurel.engine.rules.ContestDefinition.Board;
import io.laurel.engine.rules.ContestDefinition.BoardType;
import io.laurel.engine.rules.ContestDefinition.Entity;
import io.laurel.engine.rules.ContestDefinition.MinBet;
import io.laurel.engine.rules.ContestDefinition.PartitionBy;
import io.laurel.engine.rules.ContestDefinition.Periodicity;
import io.laurel.engine.rules.ContestDefinition.Schedule;
import io.laurel.engine.rules.ContestDefinition.Scope;
import io.laurel.engine.rules.ContestDefinition.Scoring;
import io.laurel.engine.rules.ContestDefinition.TieBreaker;
import io.laurel.engine.rules.ContestDefinition.Window;
import org.agrona.DirectBuffer;

/**
 * The canonical form of a contest, as it stands in the log and as its hash covers it. Equal
 * definitions have equal bytes and equal bytes equal definitions. Version 1, little-endian:
 *
 * <ul>
 * <li>u16 version, then the components of {@link ContestDefinition} and of the records inside it in
 *     their written order, without padding;
 * <li>int as i32, long as i64, double as IEEE-754 bits in an i64, boolean as u8 of 0 or 1, an enum
 *     as u8 in the order of its constants (which is part of the form: append only);
 * <li>text as i32 length in bytes and UTF-8; a list as i32 count and its items; a map as i32 count
 *     and its entries by ascending key;
 * <li>what may be null (window, schedule, minBet.byCurrency, periodicity, rewards, fxTable, and
 *     the texts and prizes of {@link RewardsCodec}): a u8 of 0 or 1 before it;
 * <li>the formula as {@link ExpressionCodec} has it.
 * </ul>
 */
public final class ContestDefinitionCodec {
    private static final int VERSION = 1;

    private ContestDefinitionCodec() {
    }

    /** Returns the canonical form. */
    public static byte[] encode(ContestDefinition contest) {
        final CanonicalWriter out = new CanonicalWriter();
        out.u16(VERSION);
        out.text(contest.id());
        out.map(contest.name(), out::text);
        if (out.present(contest.window())) {
            write(out, contest.window());
        }
        if (out.present(contest.schedule())) {
            write(out, contest.schedule());
        }
        write(out, contest.scope());
        out.bool(contest.optIn());
        write(out, contest.scoring());
        write(out, contest.board());
        write(out, contest.antiAbuse());
        if (out.present(contest.rewards())) {
            RewardsCodec.write(out, contest.rewards());
        }
        out.optionalText(contest.fxTable());
        out.i64(contest.lateGraceNs());
        out.i64(contest.appealNs());
        out.bool(contest.restart());
        return out.toBytes();
    }

    /**
     * Reads a canonical form.
     *
     * @throws IllegalArgumentException where the bytes are not one, whatever they are
     */
    public static ContestDefinition decode(DirectBuffer buffer, int offset, int length) {
        final CanonicalReader in = new CanonicalReader(buffer, offset, length);
        in.version(VERSION);
        final ContestDefinition contest = new ContestDefinition(in.text(),
            in.map(CanonicalReader::text), in.bool() ? window(in) : null,
            in.bool() ? schedule(in) : null, scope(in), in.bool(), scoring(in), board(in),
            antiAbuse(in), in.bool() ? RewardsCodec.read(in) : null, in.optionalText(),
            in.i64(0, Long.MAX_VALUE), in.i64(0, Long.MAX_VALUE), in.bool());
        in.end();
        return contest;
    }

    /** Returns SHA-256 over the canonical form of the rules as they were written, 32 bytes. */
    public static byte[] rulesHash(ContestDefinition contest) {
        return CanonicalWriter.sha256(encode(contest.asWritten()));
    }

    static void write(CanonicalWriter out, Window window) {
        out.i64(window.startNs());
        out.i64(window.endNs());
        out.text(window.zone());
    }

    static Window window(CanonicalReader in) {
        return new Window(in.i64(), in.i64(), in.text());
    }

    private static void write(CanonicalWriter out, Schedule schedule) {
        out.text(schedule.rrule());
        out.i64(schedule.durationNs());
        out.text(schedule.zone());
        out.i64(schedule.fromNs());
        out.bool(schedule.fromGiven());
        out.i64(schedule.untilNs());
        out.i32(schedule.starts().size());
        schedule.starts().forEach(out::i64);
    }

    private static Schedule schedule(CanonicalReader in) {
        return new Schedule(in.text(), in.i64(1, Long.MAX_VALUE), in.text(), in.i64(),
            in.bool(), in.i64(), in.list(in::i64));
    }

    static void write(CanonicalWriter out, Scope scope) {
        out.texts(scope.brands());
        out.texts(scope.markets());
        out.texts(scope.providers());
        out.texts(scope.games());
        out.texts(scope.gameTypes());
        out.texts(scope.currencies());
        out.texts(scope.segmentsAny());
        out.texts(scope.segmentsNone());
    }

    static Scope scope(CanonicalReader in) {
        return new Scope(in.texts(), in.texts(), in.texts(), in.texts(), in.texts(), in.texts(),
            in.texts(), in.texts());
    }

    private static void write(CanonicalWriter out, Scoring scoring) {
        out.text(scoring.formulaText());
        ExpressionCodec.encode(out, scoring.formula());
        out.i32(scoring.scoreScale());
        out.bool(scoring.floorAtZero());
        out.i64(scoring.minBet().any());
        if (out.present(scoring.minBet().byCurrency())) {
            out.map(scoring.minBet().byCurrency(), out::i64);
        }
        out.texts(scoring.eligibleGames());
        out.map(scoring.gameWeights(), out::f64);
        out.map(scoring.providerWeights(), out::f64);
    }

    private static Scoring scoring(CanonicalReader in) {
        return new Scoring(in.text(), ExpressionCodec.decode(in), in.i32(0, 6), in.bool(),
            new MinBet(in.i64(), in.bool() ? in.map(CanonicalReader::i64) : null), in.texts(),
            in.map(CanonicalReader::f64), in.map(CanonicalReader::f64));
    }

    private static void write(CanonicalWriter out, Board board) {
        out.choice(board.type());
        out.i32(board.n());
        out.i32(board.tieBreakers().size());
        board.tieBreakers().forEach(out::choice);
        out.choice(board.entity());
        out.choice(board.partitionBy());
        out.i32(board.betBandsMinor().size());
        board.betBandsMinor().forEach(out::i64);
        out.i64(board.ratingPeriodNs());
    }

    private static Board board(CanonicalReader in) {
        return new Board(in.choice(BoardType.values()), in.i32(0, Integer.MAX_VALUE),
            in.list(() -> in.choice(TieBreaker.values())), in.choice(Entity.values()),
            in.choice(PartitionBy.values()), in.list(in::i64), in.i64(0, Long.MAX_VALUE));
    }

    private static void write(CanonicalWriter out, AntiAbuse antiAbuse) {
        out.i64(antiAbuse.minRoundDurationNs());
        out.i64(antiAbuse.rateIntervalNs());
        out.i32(antiAbuse.rateBurst());
        out.texts(antiAbuse.excludedAsnCategories());
        out.bool(antiAbuse.excludeHeadless());
        if (out.present(antiAbuse.periodicity())) {
            out.i32(antiAbuse.periodicity().minRounds());
            out.f64(antiAbuse.periodicity().maxCv());
            out.bool(antiAbuse.periodicity().freeze());
        }
    }

    private static AntiAbuse antiAbuse(CanonicalReader in) {
        return new AntiAbuse(in.i64(0, Long.MAX_VALUE), in.i64(0, Long.MAX_VALUE),
            in.i32(1, Integer.MAX_VALUE), in.texts(), in.bool(),
            in.bool() ? new Periodicity(in.i32(0, Integer.MAX_VALUE), in.f64(), in.bool()) : null);
    }
}
