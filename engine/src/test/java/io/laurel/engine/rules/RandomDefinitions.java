package io.laurel.engine.rules;

import io.laurel.engine.rules.ContestDefinition.AntiAbuse;
import io.laurel.engine.rules.ContestDefinition.Board;
import io.laurel.engine.rules.ContestDefinition.BoardType;
import io.laurel.engine.rules.ContestDefinition.Distribution;
import io.laurel.engine.rules.ContestDefinition.Entity;
import io.laurel.engine.rules.ContestDefinition.LadderStep;
import io.laurel.engine.rules.ContestDefinition.MinBet;
import io.laurel.engine.rules.ContestDefinition.PartitionBy;
import io.laurel.engine.rules.ContestDefinition.Periodicity;
import io.laurel.engine.rules.ContestDefinition.Prize;
import io.laurel.engine.rules.ContestDefinition.Rewards;
import io.laurel.engine.rules.ContestDefinition.Schedule;
import io.laurel.engine.rules.ContestDefinition.Scope;
import io.laurel.engine.rules.ContestDefinition.Scoring;
import io.laurel.engine.rules.ContestDefinition.TieBreaker;
import io.laurel.engine.rules.ContestDefinition.Window;
import io.laurel.engine.rules.FxTable.Rate;
import io.laurel.engine.rules.MissionDefinition.Goal;
import io.laurel.engine.rules.MissionDefinition.GoalType;
import io.laurel.engine.rules.MissionDefinition.Period;
import io.laurel.engine.rules.MissionDefinition.Repeat;
import io.laurel.engine.rules.MissionDefinition.Reward;
import io.laurel.engine.rules.MissionDefinition.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Makes definitions of any content, more than documents could say. */
final class RandomDefinitions {
    private static final String[] FORMULAS = {
        "win.multiplier", "min(win.amount / bet.amount, 50) * 100", "-ln(1 + bet.base)",
        "if(not round.count > 3 and 1, clamp(win.base, 0, 9.5), 7 % 2)",
        "max(1, 2, 3, game.weight)",
    };

    private final Random random;

    RandomDefinitions(Random random) {
        this.random = random;
    }

    ContestDefinition contest() {
        return new ContestDefinition(text(), map(this::text), maybe(this::window),
            maybe(() -> new Schedule(text(), number() + 1, text(), random.nextLong(),
                flag(), random.nextLong(), list(random::nextLong))), scope(), flag(), scoring(),
            new Board(one(BoardType.values()), small(), list(() -> one(TieBreaker.values())),
                one(Entity.values()), one(PartitionBy.values()), list(random::nextLong), number()),
            new AntiAbuse(number(), number(), 1 + small(), list(this::text), flag(),
                maybe(() -> new Periodicity(small(), random.nextDouble(), flag()))),
            maybe(this::rewards), maybe(this::text), number(), number(), flag());
    }

    MissionDefinition mission() {
        return new MissionDefinition(text(), map(this::text), maybe(this::window), scope(), flag(),
            flag(), maybe(this::text),
            maybe(() -> new Repeat(maybe(() -> one(Period.values())), maybe(this::text), small())),
            list(() -> new Step(text(), new Goal(one(GoalType.values()), number(), number(),
                maybe(this::text), flag(), maybe(this::text), list(this::text), list(this::text),
                number(), maybe(this::text)), maybe(this::reward))), maybe(this::reward));
    }

    FxTable rates() {
        return new FxTable(text(), text(),
            map(() -> new Rate(1 + (number() >>> 1), random.nextInt(13))));
    }

    private Reward reward() {
        return new Reward(prize(), number());
    }

    private Window window() {
        return new Window(random.nextLong(), random.nextLong(), text());
    }

    private Scope scope() {
        return new Scope(list(this::text), list(this::text), list(this::text), list(this::text),
            list(this::text), list(this::text), list(this::text), list(this::text));
    }

    private Scoring scoring() {
        final String formula = one(FORMULAS);
        return new Scoring(formula, FormulaParser.parse(formula), random.nextInt(7), flag(),
            new MinBet(random.nextLong(), maybe(() -> map(random::nextLong))), list(this::text),
            map(random::nextDouble), map(random::nextGaussian));
    }

    private Rewards rewards() {
        return new Rewards(maybe(this::text), number(), one(Distribution.values()),
            list(() -> new LadderStep(1 + small(), 1 + small(), number(), maybe(this::prize))),
            small(), number(), list(this::prize), small(), number());
    }

    private Prize prize() {
        return new Prize(text(), number(), maybe(this::text), maybe(this::text),
            maybe(this::text));
    }

    private boolean flag() {
        return random.nextBoolean();
    }

    private int small() {
        return random.nextInt(1_000_000);
    }

    private long number() {
        return random.nextLong() >>> 1 + random.nextInt(63);
    }

    private String text() {
        final StringBuilder text = new StringBuilder();
        for (int index = random.nextInt(6); index > 0; index--) {
            text.appendCodePoint("aZ_.*é\u4e2d\ud83c\udfb0".codePoints().toArray()[
                random.nextInt(8)]);
        }
        return text.toString();
    }

    private <T> T one(T[] values) {
        return values[random.nextInt(values.length)];
    }

    private <T> T maybe(Supplier<T> value) {
        return flag() ? value.get() : null;
    }

    private <T> List<T> list(Supplier<T> item) {
        final List<T> items = new ArrayList<>();
        for (int index = random.nextInt(4); index > 0; index--) {
            items.add(item.get());
        }
        return items;
    }

    private <T> Map<String, T> map(Supplier<T> value) {
        final Map<String, T> entries = new TreeMap<>();
        for (int index = random.nextInt(4); index > 0; index--) {
            entries.put(text(), value.get());
        }
        return entries;
    }
}
