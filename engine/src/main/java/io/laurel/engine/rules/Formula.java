package io.laurel.engine.rules;

import io.laurel.engine.rules.Expression.Binary;
import io.laurel.engine.rules.Expression.BinaryOperator;
import io.laurel.engine.rules.Expression.Call;
import io.laurel.engine.rules.Expression.Function;
import io.laurel.engine.rules.Expression.Literal;
import io.laurel.engine.rules.Expression.Name;
import io.laurel.engine.rules.Expression.Unary;
import io.laurel.engine.rules.Expression.UnaryOperator;
import io.laurel.engine.rules.Expression.Variable;
import java.util.Arrays;

/**
 * A formula made ready to run: a program in postfix order over a stack, evaluated without garbage.
 * IEEE-754 double arithmetic in the written order (semantics 5). Of two readings these are ours:
 * {@code and}, {@code or}, {@code not} and the condition of {@code if} take 0 and -0 as false and
 * everything else, NaN included, as true; {@code clamp(x, lo, hi)} is {@code min(max(x, lo), hi)},
 * so hi wins where lo is greater. Both branches of {@code if} are computed and one is taken:
 * nothing in a formula has side effects or can fail, so the other has no influence.
 *
 * <p>Holds its stack: one thread at a time.
 */
public final class Formula {
    private static final int LITERAL = 0;
    private static final int VARIABLES = 1;
    private static final int NEGATE = 16;
    private static final int NOT = 17;
    private static final int ABS = 18;
    private static final int FLOOR = 19;
    private static final int CEIL = 20;
    private static final int ROUND = 21;
    private static final int SQRT = 22;
    private static final int LN = 23;
    private static final int LOG10 = 24;
    private static final int BINARY = 32;
    private static final int MIN = BINARY + 14;
    private static final int MAX = BINARY + 15;
    private static final int CLAMP = 48;
    private static final int IF = 49;

    private static final Name[] NAMES = Name.values();
    private static final BinaryOperator[] OPERATORS = BinaryOperator.values();

    private int[] operations = new int[16];
    private int operationCount;
    private double[] constants = new double[4];
    private int constantCount;
    private int stackNow;
    private int stackMost;
    private int nameBits;
    private final double[] stack;

    private Formula(Expression expression) {
        emit(expression);
        operations = Arrays.copyOf(operations, operationCount);
        constants = Arrays.copyOf(constants, constantCount);
        stack = new double[stackMost];
    }

    /** What a formula reads of a round; money in minor units. Reused from round to round. */
    public static final class Inputs {
        /** {@code bet.amount}. */
        public double betAmount;
        /** {@code win.amount}. */
        public double winAmount;
        /** {@code bet.base}. */
        public double betBase;
        /** {@code win.base}. */
        public double winBase;
        /** {@code win.multiplier}, as a plain number: 2.5 for 25000 e4. */
        public double winMultiplier;
        /** {@code round.duration_ms}, 0 where it is unknown. */
        public double roundDurationMs;
        /** {@code round.count}. */
        public double roundCount;
        /** {@code game.weight}, 1 where none is set. */
        public double gameWeight;
    }

    /** Makes an expression ready to run. */
    public static Formula compile(Expression expression) {
        return new Formula(expression);
    }

    /** Returns whether the formula reads a variable, so that nobody computes it in vain. */
    public boolean uses(Name name) {
        return (nameBits & 1 << name.ordinal()) != 0;
    }

    /** Returns the value for a round; may be NaN or infinite. */
    public double evaluate(Inputs inputs) {
        int top = -1;
        int constant = 0;
        for (final int operation : operations) {
            if (operation == LITERAL) {
                stack[++top] = constants[constant++];
            } else if (operation < NEGATE) {
                stack[++top] = variable(NAMES[operation - VARIABLES], inputs);
            } else if (operation < BINARY) {
                stack[top] = unary(operation, stack[top]);
            } else if (operation < CLAMP) {
                top--;
                stack[top] = binary(operation, stack[top], stack[top + 1]);
            } else {
                top -= 2;
                stack[top] = ternary(operation, stack[top], stack[top + 1], stack[top + 2]);
            }
        }
        return stack[0];
    }

    private static double variable(Name name, Inputs inputs) {
        return switch (name) {
            case BET_AMOUNT -> inputs.betAmount;
            case WIN_AMOUNT -> inputs.winAmount;
            case BET_BASE -> inputs.betBase;
            case WIN_BASE -> inputs.winBase;
            case WIN_MULTIPLIER -> inputs.winMultiplier;
            case ROUND_DURATION_MS -> inputs.roundDurationMs;
            case ROUND_COUNT -> inputs.roundCount;
            case GAME_WEIGHT -> inputs.gameWeight;
        };
    }

    private static double unary(int operation, double value) {
        return switch (operation) {
            case NEGATE -> -value;
            case NOT -> truth(value == 0);
            case ABS -> Math.abs(value);
            case FLOOR -> Math.floor(value);
            case CEIL -> Math.ceil(value);
            case ROUND -> Math.rint(value);
            case SQRT -> Math.sqrt(value);
            case LN -> StrictMath.log(value);
            case LOG10 -> StrictMath.log10(value);
            default -> throw new IllegalStateException("operation " + operation);
        };
    }

    private static double binary(int operation, double left, double right) {
        if (operation == MIN) {
            return Math.min(left, right);
        }
        if (operation == MAX) {
            return Math.max(left, right);
        }
        return switch (OPERATORS[operation - BINARY]) {
            case ADD -> left + right;
            case SUBTRACT -> left - right;
            case MULTIPLY -> left * right;
            case DIVIDE -> left / right;
            case REMAINDER -> left % right;
            case LESS -> truth(left < right);
            case LESS_OR_EQUAL -> truth(left <= right);
            case GREATER -> truth(left > right);
            case GREATER_OR_EQUAL -> truth(left >= right);
            case EQUAL -> truth(left == right);
            case NOT_EQUAL -> truth(left != right);
            case AND -> truth(left != 0 && right != 0);
            case OR -> truth(left != 0 || right != 0);
        };
    }

    private static double ternary(int operation, double first, double second, double third) {
        if (operation == CLAMP) {
            return Math.min(Math.max(first, second), third);
        }
        return first != 0 ? second : third;
    }

    private static double truth(boolean value) {
        return value ? 1 : 0;
    }

    private void emit(Expression expression) {
        if (expression instanceof Literal literal) {
            if (constantCount == constants.length) {
                constants = Arrays.copyOf(constants, constantCount * 2);
            }
            constants[constantCount++] = literal.value();
            add(LITERAL, 1);
        } else if (expression instanceof Variable variable) {
            nameBits |= 1 << variable.name().ordinal();
            add(VARIABLES + variable.name().ordinal(), 1);
        } else if (expression instanceof Unary unary) {
            emit(unary.operand());
            add(unary.operator() == UnaryOperator.NEGATE ? NEGATE : NOT, 0);
        } else if (expression instanceof Binary binary) {
            emit(binary.left());
            emit(binary.right());
            add(BINARY + binary.operator().ordinal(), -1);
        } else if (expression instanceof Call call) {
            emitCall(call);
        } else {
            throw new IllegalArgumentException("no expression: " + expression);
        }
    }

    private void emitCall(Call call) {
        final Function function = call.function();
        final boolean folded = function == Function.MIN || function == Function.MAX;
        final int count = call.arguments().size();
        if (count < FormulaParser.minArguments(function)) {
            throw new IllegalArgumentException(function + " with " + count + " arguments");
        }
        for (int index = 0; index < count; index++) {
            emit(call.arguments().get(index));
            if (folded && index > 0) {
                add(codeOf(function), -1);
            }
        }
        if (!folded) {
            add(codeOf(function), 1 - count);
        }
    }

    private static int codeOf(Function function) {
        return switch (function) {
            case MIN -> MIN;
            case MAX -> MAX;
            case ABS -> ABS;
            case FLOOR -> FLOOR;
            case CEIL -> CEIL;
            case ROUND -> ROUND;
            case SQRT -> SQRT;
            case LN -> LN;
            case LOG10 -> LOG10;
            case CLAMP -> CLAMP;
            case IF -> IF;
        };
    }

    private void add(int operation, int stackChange) {
        if (operationCount == operations.length) {
            operations = Arrays.copyOf(operations, operationCount * 2);
        }
        operations[operationCount++] = operation;
        stackNow += stackChange;
        stackMost = Math.max(stackMost, stackNow);
    }
}
