package io.laurel.engine.rules;

import java.util.List;

/**
 * A parsed formula (semantics 5): typed, within its bounds, names resolved. Evaluation is IEEE-754
 * double arithmetic in the written order.
 */
public sealed interface Expression {
    /** A number as written. */
    record Literal(double value) implements Expression {
    }

    /** A variable of the round. */
    record Variable(Name name) implements Expression {
    }

    /** {@code - x} or {@code not x}. */
    record Unary(UnaryOperator operator, Expression operand) implements Expression {
    }

    /** {@code a op b}. */
    record Binary(BinaryOperator operator, Expression left, Expression right)
        implements Expression {
    }

    /** A function of its arguments, whose number the parser has checked. */
    record Call(Function function, List<Expression> arguments) implements Expression {
        /** Keeps the list as it is. */
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /** What a formula can know of a round. */
    enum Name {
        BET_AMOUNT("bet.amount"), WIN_AMOUNT("win.amount"), BET_BASE("bet.base"),
        WIN_BASE("win.base"), WIN_MULTIPLIER("win.multiplier"),
        ROUND_DURATION_MS("round.duration_ms"), ROUND_COUNT("round.count"),
        GAME_WEIGHT("game.weight");

        private final String text;

        Name(String text) {
            this.text = text;
        }

        /** Returns the name as a formula writes it. */
        public String text() {
            return text;
        }
    }

    /** Operators of one operand. */
    enum UnaryOperator {
        NEGATE, NOT
    }

    /** Operators of two operands; comparisons, AND and OR give 1 or 0. */
    enum BinaryOperator {
        ADD, SUBTRACT, MULTIPLY, DIVIDE, REMAINDER,
        LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, EQUAL, NOT_EQUAL, AND, OR
    }

    /** Functions; MIN and MAX take two or more arguments. */
    enum Function {
        MIN, MAX, ABS, FLOOR, CEIL, ROUND, SQRT, LN, LOG10, CLAMP, IF
    }
}
