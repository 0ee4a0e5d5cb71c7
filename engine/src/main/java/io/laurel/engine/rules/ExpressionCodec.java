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
import java.util.ArrayList;
import java.util.List;

/**
 * A formula's tree in prefix order: a byte says what follows (0 literal, 1 variable, 2 unary,
 * 3 binary, 4 call), then the number (f64) or the choice (u8, order of the enum), for a call the
 * number of arguments (u8), then the operands.
 */
final class ExpressionCodec {
    private static final int LITERAL = 0;
    private static final int VARIABLE = 1;
    private static final int UNARY = 2;
    private static final int BINARY = 3;
    private static final int CALL = 4;

    private final CanonicalReader in;
    private int nodes;

    private ExpressionCodec(CanonicalReader in) {
        this.in = in;
    }

    static void encode(CanonicalWriter out, Expression expression) {
        if (expression instanceof Literal literal) {
            out.u8(LITERAL);
            out.f64(literal.value());
        } else if (expression instanceof Variable variable) {
            out.u8(VARIABLE);
            out.choice(variable.name());
        } else if (expression instanceof Unary unary) {
            out.u8(UNARY);
            out.choice(unary.operator());
            encode(out, unary.operand());
        } else if (expression instanceof Binary binary) {
            out.u8(BINARY);
            out.choice(binary.operator());
            encode(out, binary.left());
            encode(out, binary.right());
        } else if (expression instanceof Call call) {
            out.u8(CALL);
            out.choice(call.function());
            out.u8(call.arguments().size());
            call.arguments().forEach(argument -> encode(out, argument));
        } else {
            throw new IllegalArgumentException("no expression: " + expression);
        }
    }

    static Expression decode(CanonicalReader in) {
        return new ExpressionCodec(in).node();
    }

    private Expression node() {
        if (++nodes > FormulaParser.MAX_NODES) {
            throw in.error("formula of more than " + FormulaParser.MAX_NODES + " nodes");
        }
        final int tag = in.u8();
        return switch (tag) {
            case LITERAL -> new Literal(in.f64());
            case VARIABLE -> new Variable(in.choice(Name.values()));
            case UNARY -> new Unary(in.choice(UnaryOperator.values()), node());
            case BINARY -> {
                final BinaryOperator operator = in.choice(BinaryOperator.values());
                final Expression left = node();
                yield new Binary(operator, left, node());
            }
            case CALL -> call();
            default -> throw in.error("expression of kind " + tag);
        };
    }

    private Expression call() {
        final Function function = in.choice(Function.values());
        final int count = in.u8();
        if (count < FormulaParser.minArguments(function)
            || count > FormulaParser.maxArguments(function)) {
            throw in.error(function + " with " + count + " arguments");
        }
        final List<Expression> arguments = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            arguments.add(node());
        }
        return new Call(function, arguments);
    }
}
