package io.laurel.engine.reference;

import io.laurel.engine.rules.Expression;
import io.laurel.engine.rules.Expression.Binary;
import io.laurel.engine.rules.Expression.Call;
import io.laurel.engine.rules.Expression.Literal;
import io.laurel.engine.rules.Expression.Name;
import io.laurel.engine.rules.Expression.Unary;
import io.laurel.engine.rules.Expression.UnaryOperator;
import io.laurel.engine.rules.Expression.Variable;
import java.util.List;
import java.util.Map;

/** Semantics 5, evaluation: doubles in the written order, by plain recursion. */
final class Formula {
    private static final double LARGEST = 0x1p53;

    private Formula() {
    }

    static double value(Expression expression, Map<Name, Double> variables) {
        if (expression instanceof Literal literal) {
            return literal.value();
        }
        if (expression instanceof Variable variable) {
            return variables.get(variable.name());
        }
        if (expression instanceof Unary unary) {
            final double operand = value(unary.operand(), variables);
            return unary.operator() == UnaryOperator.NEGATE ? -operand : truth(operand == 0);
        }
        if (expression instanceof Binary binary) {
            return binary(binary, value(binary.left(), variables),
                value(binary.right(), variables));
        }
        return call((Call) expression, variables);
    }

    /** Returns score units, or null where the result cannot be a score. */
    static Long units(double x, double weight, int scoreScale, boolean floorAtZero) {
        final double units = Math.rint(x * weight * powerOfTen(scoreScale));
        if (Double.isNaN(units) || Math.abs(units) > LARGEST) {
            return null;
        }
        final long exact = (long) units;
        return floorAtZero ? Math.max(0, exact) : exact;
    }

    private static double powerOfTen(int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= 10;
        }
        return power;
    }

    private static double binary(Binary node, double a, double b) {
        return switch (node.operator()) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY -> a * b;
            case DIVIDE -> a / b;
            case REMAINDER -> a % b;
            case LESS -> truth(a < b);
            case LESS_OR_EQUAL -> truth(a <= b);
            case GREATER -> truth(a > b);
            case GREATER_OR_EQUAL -> truth(a >= b);
            case EQUAL -> truth(a == b);
            case NOT_EQUAL -> truth(a != b);
            case AND -> truth(a != 0 && b != 0);
            case OR -> truth(a != 0 || b != 0);
        };
    }

    private static double call(Call node, Map<Name, Double> variables) {
        final List<Double> a =
            node.arguments().stream().map(argument -> value(argument, variables)).toList();
        return switch (node.function()) {
            case MIN -> a.stream().reduce(Math::min).orElseThrow();
            case MAX -> a.stream().reduce(Math::max).orElseThrow();
            case ABS -> Math.abs(a.get(0));
            case FLOOR -> Math.floor(a.get(0));
            case CEIL -> Math.ceil(a.get(0));
            case ROUND -> Math.rint(a.get(0));
            case SQRT -> Math.sqrt(a.get(0));
            case LN -> StrictMath.log(a.get(0));
            case LOG10 -> StrictMath.log10(a.get(0));
            case CLAMP -> Math.min(Math.max(a.get(0), a.get(1)), a.get(2));
            case IF -> a.get(0) != 0 ? a.get(1) : a.get(2);
        };
    }

    private static double truth(boolean value) {
        return value ? 1 : 0;
    }
}
