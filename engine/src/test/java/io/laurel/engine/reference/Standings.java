package io.laurel.engine.reference;

import io.laurel.engine.rules.ContestDefinition.Board;
import io.laurel.engine.rules.ContestDefinition.BoardType;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Semantics 6: from the scored rounds of an entry to its row, and from rows to a board. */
final class Standings {
    private static final Comparator<Scored> BEST = Comparator
        .comparingLong(Scored::points).reversed()
        .thenComparingLong(scored -> scored.round().ts())
        .thenComparing(scored -> scored.round().id(), Intake.BYTES);

    private static final Comparator<Scored> FIRST = Comparator
        .comparingLong((Scored scored) -> scored.round().ts())
        .thenComparing(scored -> scored.round().id(), Intake.BYTES)
        .thenComparing(Comparator.comparingLong(Scored::points).reversed());

    private Standings() {
    }

    /** Returns the kept set K. */
    static List<Scored> kept(Board board, List<Scored> scored) {
        return switch (board.type()) {
            case TOTAL -> scored.stream().filter(one -> one.points() != 0).toList();
            case BEST_N_ROUNDS -> scored.stream().sorted(BEST).limit(board.n()).toList();
            case MAX_ROUND, MAX_MULTIPLIER -> scored.stream().sorted(BEST).limit(1).toList();
            case FIRST_N_ROUNDS -> scored.stream().sorted(FIRST).limit(board.n()).toList();
            case ELO, GLICKO2 -> List.of();
        };
    }

    /** Returns the sum over K, unbounded. */
    static BigInteger sum(Board board, List<Scored> scored) {
        return kept(board, scored).stream().map(one -> BigInteger.valueOf(one.points()))
            .reduce(BigInteger.ZERO, BigInteger::add);
    }

    /** Returns whether the sum over K no longer fits 64 bits. */
    static boolean overflows(Board board, List<Scored> scored) {
        return sum(board, scored).bitLength() > 63;
    }

    /** Returns the row of an entry from its scored rounds in log order. */
    static Row row(Board board, String user, List<Scored> scored) {
        final BigInteger score = sum(board, scored);
        final BigInteger before = sum(board, scored.subList(0, scored.size() - 1));
        final long multiplierE4 =
            scored.stream().mapToLong(one -> one.round().multiplierE4()).max().orElseThrow();
        final long finishTs =
            kept(board, scored).stream().mapToLong(one -> one.round().ts()).max().orElse(0);
        return new Row(user, score.longValueExact(), multiplierE4, scored.size(), finishTs,
            score.subtract(before).longValue());
    }

    /** Orders rows as semantics 6.3 has it. */
    static List<Row> ordered(Board board, List<Row> rows) {
        Comparator<Row> order = Comparator.comparingLong(Row::score).reversed();
        for (final var tieBreaker : board.tieBreakers()) {
            order = order.thenComparing(switch (tieBreaker) {
                case HIGHEST_SINGLE_MULTIPLIER ->
                    Comparator.comparingLong(Row::multiplierE4).reversed();
                case FEWEST_ROUNDS -> Comparator.comparingLong(Row::rounds);
                case EARLIEST_FINISH_TS -> Comparator.comparingLong(Row::finishTs);
            });
        }
        final List<Row> sorted = new ArrayList<>(rows);
        sorted.sort(order.thenComparing(Row::user, Intake.BYTES));
        return List.copyOf(sorted);
    }

    /** Returns what of an entry's rounds falls into a partition; all of it into the main board. */
    static List<Scored> within(Board board, List<Scored> all, String partition) {
        return partition.isEmpty() ? all : all.stream()
            .filter(one -> partition.equals(partition(board, one.round()))).toList();
    }

    static boolean rated(Board board) {
        return board.type() == BoardType.ELO || board.type() == BoardType.GLICKO2;
    }

    /** Returns which entry a round belongs to. */
    static String entity(Board board, Round round) {
        return switch (board.entity()) {
            case PLAYER -> round.userId();
            case PROVIDER -> round.provider();
            case GAME -> round.gameId();
        };
    }

    /** Returns which board beside the main one a round belongs to; empty = none. */
    static String partition(Board board, Round round) {
        return switch (board.partitionBy()) {
            case NONE -> "";
            case MARKET -> round.market();
            case BRAND -> round.brand();
            case PROVIDER -> round.provider();
            case GAME -> round.gameId();
            case CURRENCY -> round.currency();
            case BET_BAND -> String.valueOf(board.betBandsMinor().stream()
                .filter(bound -> bound <= round.betMinor()).count());
        };
    }
}
