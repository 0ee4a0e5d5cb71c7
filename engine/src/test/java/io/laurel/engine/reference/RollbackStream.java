package io.laurel.engine.reference;

import io.laurel.engine.reference.Command.Step;
import io.laurel.engine.rules.ContestDefinition;
import io.laurel.engine.rules.ContestDefinition.AntiAbuse;
import io.laurel.engine.rules.ContestDefinition.Board;
import io.laurel.engine.rules.ContestDefinition.BoardType;
import io.laurel.engine.rules.ContestDefinition.Entity;
import io.laurel.engine.rules.ContestDefinition.MinBet;
import io.laurel.engine.rules.ContestDefinition.PartitionBy;
import io.laurel.engine.rules.ContestDefinition.Scope;
import io.laurel.engine.rules.ContestDefinition.Scoring;
import io.laurel.engine.rules.ContestDefinition.TieBreaker;
import io.laurel.engine.rules.ContestDefinition.Window;
import io.laurel.engine.rules.FormulaParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Streams in which much is rolled back: a contest of every type for players, providers and games,
 * split in every way; few players whose rounds often have the same time, and ids that do not come
 * in the order of their bytes; rounds of any age rolled back, some twice, some that never were;
 * contests and players frozen meanwhile. Windows end while entries still wait.
 */
public final class RollbackStream {
    private static final long START_NS = 1_761_415_200_000_000_000L;
    private static final List<BoardType> TYPES = List.of(BoardType.TOTAL, BoardType.BEST_N_ROUNDS,
        BoardType.MAX_ROUND, BoardType.MAX_MULTIPLIER, BoardType.FIRST_N_ROUNDS);
    private static final Scope EVERYTHING = new Scope(List.of(), List.of(), List.of(), List.of(),
        List.of(), List.of(), List.of(), List.of());
    private static final List<String> FORMULAS = List.of("win.amount", "win.amount - bet.amount",
        "win.multiplier * 100 + round.count");
    private static final String SOURCE = "a";

    private final Dice dice;
    private final List<Step> steps = new ArrayList<>();
    private final List<String> contests = new ArrayList<>();
    private final List<String[]> rounds = new ArrayList<>();
    private long nowNs = START_NS;
    private int nextId;

    private RollbackStream(long seed) {
        dice = new Dice(seed);
    }

    /** Returns the stream of a seed, with about that many commands. */
    public static List<Step> generate(long seed, int commands) {
        return new RollbackStream(seed).run(commands);
    }

    private List<Step> run(int commands) {
        add(new Command.Genesis(new Limits(20 * Dice.SECOND_NS, 5 * Dice.SECOND_NS, 1_000),
            false));
        add(new Command.RegisterSource(SOURCE));
        for (final BoardType type : TYPES) {
            for (final Entity entity : Entity.values()) {
                publish(type, entity);
            }
        }
        while (steps.size() < commands) {
            nowNs += dice.one(0, 0, 1, Dice.SECOND_NS / 2, Dice.SECOND_NS);
            step();
        }
        contests.forEach(id -> add(new Command.ContestAction(ContestOp.UNFREEZE, id)));
        add(new Command.ReadLog());
        add(new Command.ReadLog());
        nowNs += 3_600 * Dice.SECOND_NS;
        add(new Command.Tick());
        return List.copyOf(steps);
    }

    private void add(Command command) {
        steps.add(new Step(nowNs, command));
    }

    private void publish(BoardType type, Entity entity) {
        final String id = "c" + contests.size();
        final boolean listed =
            type == BoardType.BEST_N_ROUNDS || type == BoardType.FIRST_N_ROUNDS;
        final PartitionBy partition = dice.one(List.of(PartitionBy.values()));
        final String formula = dice.one(FORMULAS);
        final long end = START_NS + dice.one(60, 200, 400, 3_000) * Dice.SECOND_NS;
        contests.add(id);
        add(new Command.PublishContest(new ContestDefinition(id, Map.of(),
            new Window(START_NS - 10 * Dice.SECOND_NS, end, "UTC"), null, EVERYTHING, false,
            new Scoring(formula, FormulaParser.parse(formula), 0, false, new MinBet(0, null),
                List.of(), Map.of(), Map.of()),
            new Board(type, listed ? 1 + dice.below(4) : 0,
                dice.percent(50) ? List.of() : List.of(TieBreaker.values()), entity, partition,
                partition == PartitionBy.BET_BAND ? List.of(100L, 500L) : List.of(), 0),
            new AntiAbuse(0, 0, 1, List.of(), false, null), null, null, 10 * Dice.SECOND_NS,
            dice.one(5, 60) * Dice.SECOND_NS, false)));
    }

    private void step() {
        final int what = dice.below(100);
        if (what < 66) {
            play();
        } else if (what < 84) {
            rollBack();
        } else if (what < 89) {
            add(new Command.ReadLog());
        } else if (what < 93) {
            add(new Command.ContestAction(dice.one(List.of(ContestOp.FREEZE, ContestOp.UNFREEZE,
                ContestOp.UNFREEZE)), dice.one(contests)));
        } else if (what < 97) {
            add(new Command.PlayerAction(dice.one(List.of(PlayerOp.FREEZE, PlayerOp.UNFREEZE,
                PlayerOp.UNFREEZE)), dice.one(contests), user()));
        } else {
            add(new Command.Tick());
        }
    }

    private void play() {
        final long second = nowNs - nowNs % Dice.SECOND_NS;
        final long ts = dice.percent(70) ? second - dice.below(3) * Dice.SECOND_NS : nowNs;
        final String round = Integer.toHexString(dice.below(1 << 16)) + "_" + nextId;
        final String user = user();
        rounds.add(new String[] {user, round});
        send("spin", ts, user, round);
    }

    private void rollBack() {
        final boolean late = dice.percent(50);
        final int from = late ? 0 : Math.max(0, rounds.size() - 20);
        if (rounds.isEmpty() || dice.percent(5)) {
            send("rollback", nowNs, user(), "never_" + nextId);
        } else {
            final String[] round = rounds.get(from + dice.below(rounds.size() - from));
            send("rollback", nowNs, round[0], round[1]);
        }
    }

    private String user() {
        return "u" + dice.below(4);
    }

    private void send(String type, long ts, String user, String round) {
        final boolean spin = type.equals("spin");
        add(new Command.SendEvent(SOURCE, 0, new Event("e" + nextId++, type, ts, user,
            dice.one(Dice.MARKETS), dice.one(Dice.BRANDS), dice.one(Dice.GAMES),
            dice.one(Dice.PROVIDERS), "slot", spin ? dice.one(50, 100, 100, 500, 900) : null,
            spin ? dice.one(Dice.CURRENCIES) : null,
            spin ? dice.one(0, 100, 100, 250, 1_000, 5_000) : null, null, round, null, null, null,
            null, null, null)));
    }
}
