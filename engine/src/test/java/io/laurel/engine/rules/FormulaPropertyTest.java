package io.laurel.engine.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleSupplier;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Makes a formula's text and, beside it, a value by plain Java that never saw the text; parser and
 * program must agree with it bit for bit.
 */
class FormulaPropertyTest {
    private static final long SEED = 20_251_025L;
    private static final int CASES = 100_000;

    private final Random random = new Random(SEED);
    private final Formula.Inputs inputs = new Formula.Inputs();
    private int budget;

    /** A piece of formula; the level is how tightly it binds, 1 (or) to 7 (atom). */
    private record Piece(String text, int level, DoubleSupplier value) {
        String at(int least, Random random) {
            return level < least || random.nextInt(8) == 0 ? "(" + text + ")" : text;
        }
    }

    @Test
    void shouldAgreeWithPlainJavaOnRandomFormulas() {
        int checked = 0;
        for (int number = 0; number < CASES; number++) {
            budget = 3 + random.nextInt(24);
            final Piece piece = piece(1 + random.nextInt(5));
            fillInputs();
            if (piece.text().length() > FormulaParser.MAX_LENGTH) {
                continue;
            }
            final double expected = piece.value().getAsDouble();
            final double actual;
            try {
                final Expression tree = FormulaParser.parse(piece.text());
                actual = Formula.compile(tree).evaluate(inputs);
            } catch (final DocumentException error) {
                fail("seed " + SEED + ", case " + number + ": " + piece.text(), error);
                return;
            }
            assertEquals(Double.doubleToLongBits(expected), Double.doubleToLongBits(actual),
                "seed " + SEED + ", case " + number + ": " + piece.text());
            checked++;
        }
        assertEquals(CASES, checked, "all of them fit the bounds");
    }

    private void fillInputs() {
        inputs.betAmount = number();
        inputs.winAmount = number();
        inputs.winMultiplier = number();
        inputs.roundCount = number();
    }

    private double number() {
        return switch (random.nextInt(6)) {
            case 0 -> 0;
            case 1 -> random.nextInt(100);
            case 2 -> random.nextInt(1_000_000_000);
            case 3 -> random.nextDouble();
            default -> random.nextInt(10_000) / 100.0;
        };
    }

    private Piece piece(int depth) {
        budget--;
        if (depth == 0 || budget <= 0) {
            return atom();
        }
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> arithmetic(depth);
            case 3 -> comparison(depth);
            case 4 -> logic(depth);
            case 5 -> unary(depth);
            case 6, 7 -> function(depth);
            case 8 -> several(depth);
            default -> atom();
        };
    }

    private Piece atom() {
        return switch (random.nextInt(6)) {
            case 0 -> new Piece("bet.amount", 7, () -> inputs.betAmount);
            case 1 -> new Piece("win.amount", 7, () -> inputs.winAmount);
            case 2 -> new Piece("win.multiplier", 7, () -> inputs.winMultiplier);
            case 3 -> new Piece("round.count", 7, () -> inputs.roundCount);
            default -> literal();
        };
    }

    private Piece literal() {
        final String text = random.nextBoolean() ? "" + random.nextInt(50)
            : random.nextInt(50) + "." + random.nextInt(1000);
        return new Piece(text, 7, () -> Double.parseDouble(text));
    }

    private Piece join(String operator, int level, int right, int depth,
        DoubleBinaryOperator meaning) {
        final Piece a = piece(depth - 1);
        final Piece b = piece(depth - 1);
        final int left = level == 4 ? 5 : level;
        final String blank = level < 4 || random.nextBoolean() ? " " : "";
        return new Piece(a.at(left, random) + blank + operator + blank + b.at(right, random), level,
            () -> meaning.applyAsDouble(a.value().getAsDouble(), b.value().getAsDouble()));
    }

    private Piece arithmetic(int depth) {
        return switch (random.nextInt(5)) {
            case 0 -> join("+", 5, 6, depth, (a, b) -> a + b);
            case 1 -> join("-", 5, 6, depth, (a, b) -> a - b);
            case 2 -> join("*", 6, 7, depth, (a, b) -> a * b);
            case 3 -> join("/", 6, 7, depth, (a, b) -> a / b);
            default -> join("%", 6, 7, depth, (a, b) -> a % b);
        };
    }

    private Piece comparison(int depth) {
        return switch (random.nextInt(6)) {
            case 0 -> join("<", 4, 5, depth, (a, b) -> a < b ? 1 : 0);
            case 1 -> join("<=", 4, 5, depth, (a, b) -> a <= b ? 1 : 0);
            case 2 -> join(">", 4, 5, depth, (a, b) -> a > b ? 1 : 0);
            case 3 -> join(">=", 4, 5, depth, (a, b) -> a >= b ? 1 : 0);
            case 4 -> join("==", 4, 5, depth, (a, b) -> a == b ? 1 : 0);
            default -> join("!=", 4, 5, depth, (a, b) -> a != b ? 1 : 0);
        };
    }

    private Piece logic(int depth) {
        return switch (random.nextInt(3)) {
            case 0 -> join("and", 2, 3, depth, (a, b) -> a != 0 && b != 0 ? 1 : 0);
            case 1 -> join("or", 1, 2, depth, (a, b) -> a != 0 || b != 0 ? 1 : 0);
            default -> {
                final Piece a = piece(depth - 1);
                yield new Piece("not " + a.at(3, random), 3,
                    () -> a.value().getAsDouble() != 0 ? 0 : 1);
            }
        };
    }

    private Piece unary(int depth) {
        final Piece a = piece(depth - 1);
        return new Piece("-" + a.at(7, random), 7, () -> -a.value().getAsDouble());
    }

    private Piece function(int depth) {
        return switch (random.nextInt(7)) {
            case 0 -> call("abs", depth, Math::abs);
            case 1 -> call("floor", depth, Math::floor);
            case 2 -> call("ceil", depth, Math::ceil);
            case 3 -> call("round", depth, Math::rint);
            case 4 -> call("sqrt", depth, StrictMath::sqrt);
            case 5 -> call("ln", depth, StrictMath::log);
            default -> call("log10", depth, StrictMath::log10);
        };
    }

    private Piece call(String name, int depth, DoubleUnaryOperator meaning) {
        final Piece a = piece(depth - 1);
        return new Piece(name + "(" + a.text() + ")", 7,
            () -> meaning.applyAsDouble(a.value().getAsDouble()));
    }

    private Piece several(int depth) {
        final int kind = random.nextInt(4);
        final List<Piece> list = new ArrayList<>();
        final int count = kind < 2 ? 2 + random.nextInt(3) : 3;
        for (int index = 0; index < count; index++) {
            list.add(piece(depth - 1));
        }
        final String inside = list.stream().map(Piece::text).collect(Collectors.joining(", "));
        return switch (kind) {
            case 0 -> new Piece("min(" + inside + ")", 7, () -> fold(list, true));
            case 1 -> new Piece("max(" + inside + ")", 7, () -> fold(list, false));
            case 2 -> new Piece("clamp(" + inside + ")", 7, () -> {
                final double x = list.get(0).value().getAsDouble();
                final double low = list.get(1).value().getAsDouble();
                final double high = list.get(2).value().getAsDouble();
                return least(-least(-x, -low), high);
            });
            default -> new Piece("if(" + inside + ")", 7,
                () -> list.get(list.get(0).value().getAsDouble() != 0 ? 1 : 2).value()
                    .getAsDouble());
        };
    }

    private static double fold(List<Piece> list, boolean down) {
        double result = list.get(0).value().getAsDouble();
        for (final Piece piece : list.subList(1, list.size())) {
            final double next = piece.value().getAsDouble();
            result = down ? least(result, next) : -least(-result, -next);
        }
        return result;
    }

    /** The lesser of two, written out: NaN wins, -0 is below 0. */
    private static double least(double a, double b) {
        if (a != a || b != b) {
            return Double.NaN;
        }
        if (a == 0 && b == 0) {
            return 1 / a < 0 || 1 / b < 0 ? -0.0 : 0.0;
        }
        return a < b ? a : b;
    }
}
