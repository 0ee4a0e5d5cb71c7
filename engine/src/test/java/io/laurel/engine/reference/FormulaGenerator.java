package io.laurel.engine.reference;

import io.laurel.engine.rules.Expression;
import io.laurel.engine.rules.Expression.Binary;
import io.laurel.engine.rules.Expression.BinaryOperator;
import io.laurel.engine.rules.Expression.Call;
import io.laurel.engine.rules.Expression.Function;
import io.laurel.engine.rules.Expression.Literal;
import io.laurel.engine.rules.Expression.Name;
import io.laurel.engine.rules.Expression.Unary;
import io.laurel.engine.rules.Expression.UnaryOperator;
import io.laurel.engine.rules.Expression.Variable;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;

/** Random formulas that are typed: numbers where numbers belong, conditions where those do. */
final class FormulaGenerator {
    private static final double[] NUMBERS = {0, 0.5, 1, 2, 3, 10, 50, 100, 1000, 0.1};
    private static final List<Name> PLAIN = List.of(Name.BET_AMOUNT, Name.WIN_AMOUNT,
        Name.WIN_AMOUNT, Name.WIN_MULTIPLIER, Name.WIN_MULTIPLIER, Name.ROUND_DURATION_MS,
        Name.ROUND_COUNT, Name.GAME_WEIGHT);
    private static final List<BinaryOperator> ARITHMETIC = List.of(BinaryOperator.ADD,
        BinaryOperator.SUBTRACT, BinaryOperator.MULTIPLY, BinaryOperator.DIVIDE,
        BinaryOperator.REMAINDER);
    private static final List<BinaryOperator> COMPARISONS = List.of(BinaryOperator.LESS,
        BinaryOperator.LESS_OR_EQUAL, BinaryOperator.GREATER, BinaryOperator.GREATER_OR_EQUAL,
        BinaryOperator.EQUAL, BinaryOperator.NOT_EQUAL);
    private static final List<Function> SINGLE = List.of(Function.ABS, Function.FLOOR,
        Function.CEIL, Function.ROUND, Function.SQRT, Function.LN, Function.LOG10);

    private final Random random;

    FormulaGenerator(Random random) {
        this.random = random;
    }

    /** Returns a formula; base amounts only where a table of rates is pinned. */
    Expression next(boolean pinned) {
        return switch (random.nextInt(6)) {
            // the usual one of the documents, with many ties
            case 0 -> new Binary(BinaryOperator.MULTIPLY,
                new Call(Function.MIN, List.of(new Binary(BinaryOperator.DIVIDE,
                    new Variable(Name.WIN_AMOUNT), new Variable(Name.BET_AMOUNT)),
                    new Literal(50))), new Literal(100));
            case 1 -> new Variable(pinned ? Name.WIN_BASE : Name.WIN_AMOUNT);
            // wins less bets: often negative
            case 2 -> new Binary(BinaryOperator.SUBTRACT,
                new Variable(pinned ? Name.WIN_BASE : Name.WIN_AMOUNT),
                new Variable(pinned ? Name.BET_BASE : Name.BET_AMOUNT));
            case 3 -> new Literal(1);
            default -> number(3, pinned);
        };
    }

    private Expression number(int depth, boolean pinned) {
        if (depth == 0 || random.nextInt(4) == 0) {
            return leaf(pinned);
        }
        return switch (random.nextInt(8)) {
            case 0 -> new Unary(UnaryOperator.NEGATE, number(depth - 1, pinned));
            case 1 -> new Call(one(SINGLE), List.of(number(depth - 1, pinned)));
            case 2 -> new Call(random.nextBoolean() ? Function.MIN : Function.MAX,
                List.of(number(depth - 1, pinned), number(depth - 1, pinned)));
            case 3 -> new Call(Function.CLAMP, List.of(number(depth - 1, pinned),
                leaf(pinned), leaf(pinned)));
            case 4 -> new Call(Function.IF, List.of(condition(depth - 1, pinned),
                number(depth - 1, pinned), number(depth - 1, pinned)));
            default -> new Binary(one(ARITHMETIC), number(depth - 1, pinned),
                number(depth - 1, pinned));
        };
    }

    private Expression condition(int depth, boolean pinned) {
        if (depth > 0 && random.nextInt(4) == 0) {
            return random.nextBoolean()
                ? new Unary(UnaryOperator.NOT, condition(depth - 1, pinned))
                : new Binary(random.nextBoolean() ? BinaryOperator.AND : BinaryOperator.OR,
                    condition(depth - 1, pinned), condition(depth - 1, pinned));
        }
        return new Binary(one(COMPARISONS), leaf(pinned), leaf(pinned));
    }

    private Expression leaf(boolean pinned) {
        if (pinned && random.nextInt(4) == 0) {
            return new Variable(random.nextBoolean() ? Name.BET_BASE : Name.WIN_BASE);
        }
        return random.nextInt(3) == 0 ? new Literal(NUMBERS[random.nextInt(NUMBERS.length)])
            : new Variable(one(PLAIN));
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** Returns a formula as a document would write it, in parentheses throughout. */
    static String text(Expression expression) {
        if (expression instanceof Literal literal) {
            final double value = literal.value();
            return value == Math.rint(value) ? String.valueOf((long) value)
                : String.valueOf(value);
        }
        if (expression instanceof Variable variable) {
            return variable.name().text();
        }
        if (expression instanceof Unary unary) {
            return (unary.operator() == UnaryOperator.NEGATE ? "-(" : "not (")
                + text(unary.operand()) + ")";
        }
        if (expression instanceof Binary binary) {
            return "(" + text(binary.left()) + " " + symbol(binary.operator()) + " "
                + text(binary.right()) + ")";
        }
        final Call call = (Call) expression;
        return call.function().name().toLowerCase(Locale.ROOT) + call.arguments().stream()
            .map(FormulaGenerator::text).collect(Collectors.joining(", ", "(", ")"));
    }

    private static String symbol(BinaryOperator operator) {
        return switch (operator) {
            case ADD -> "+";
            case SUBTRACT -> "-";
            case MULTIPLY -> "*";
            case DIVIDE -> "/";
            case REMAINDER -> "%";
            case LESS -> "<";
            case LESS_OR_EQUAL -> "<=";
            case GREATER -> ">";
            case GREATER_OR_EQUAL -> ">=";
            case EQUAL -> "==";
            case NOT_EQUAL -> "!=";
            case AND -> "and";
            case OR -> "or";
        };
    }
}
