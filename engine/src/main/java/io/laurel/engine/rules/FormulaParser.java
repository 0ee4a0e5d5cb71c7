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
import io.laurel.engine.rules.FormulaScanner.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Text of a formula to its tree (semantics 5), by recursive descent. From loose to tight:
 *
 * <pre>
 * formula        = [ "points" "=" ] or
 * or             = and { "or" and }
 * and            = not { "and" not }
 * not            = "not" not | comparison
 * comparison     = sum [ ( "&lt;" | "&lt;=" | "&gt;" | "&gt;=" | "==" | "!=" ) sum ]
 * sum            = product { ( "+" | "-" ) product }
 * product        = negation { ( "*" | "/" | "%" ) negation }
 * negation       = "-" negation | number | variable | function "(" or { "," or } ")" | "(" or ")"
 * </pre>
 *
 * Every value is a number: comparisons, {@code and}, {@code or} and {@code not} give 1 or 0.
 */
public final class FormulaParser {
    /** Characters in a formula. */
    public static final int MAX_LENGTH = 1024;
    /** Numbers, variables, operators and calls in a formula. */
    public static final int MAX_NODES = 128;
    /** Parentheses, calls, {@code not} and unary minus inside each other. */
    public static final int MAX_DEPTH = 16;

    private static final Map<String, BinaryOperator> COMPARISONS = Map.of(
        "<", BinaryOperator.LESS, "<=", BinaryOperator.LESS_OR_EQUAL,
        ">", BinaryOperator.GREATER, ">=", BinaryOperator.GREATER_OR_EQUAL,
        "==", BinaryOperator.EQUAL, "!=", BinaryOperator.NOT_EQUAL);
    private static final Map<String, BinaryOperator> SUMS = Map.of(
        "+", BinaryOperator.ADD, "-", BinaryOperator.SUBTRACT);
    private static final Map<String, BinaryOperator> PRODUCTS = Map.of(
        "*", BinaryOperator.MULTIPLY, "/", BinaryOperator.DIVIDE, "%", BinaryOperator.REMAINDER);
    private static final List<String> KEYWORDS = List.of("and", "or", "not");

    private final FormulaScanner scanner;
    private int nodes;
    private int depth;

    private FormulaParser(String text) {
        scanner = new FormulaScanner(text);
    }

    /**
     * Parses a formula.
     *
     * @throws DocumentException where it is not one; the column counts inside the formula, line and
     *     field are left open
     */
    public static Expression parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw FormulaScanner.error("a formula has at most " + MAX_LENGTH + " characters, not "
                + text.length() + ",", MAX_LENGTH + 1);
        }
        final FormulaParser parser = new FormulaParser(text);
        return parser.formula();
    }

    /** The least number of arguments of a function. */
    static int minArguments(Function function) {
        return switch (function) {
            case MIN, MAX -> 2;
            case CLAMP, IF -> 3;
            default -> 1;
        };
    }

    /** The greatest number of arguments of a function. */
    static int maxArguments(Function function) {
        return function == Function.MIN || function == Function.MAX ? MAX_NODES - 1
            : minArguments(function);
    }

    private Expression formula() {
        scanner.advance();
        if (scanner.is(Kind.NAME, "points") && scanner.isFollowedBy('=')) {
            scanner.advance();
            if (!scanner.is(Kind.SYMBOL, "=")) {
                throw scanner.error("expected '=' after 'points', found " + found());
            }
            scanner.advance();
        }
        final Expression result = or();
        if (scanner.kind() != Kind.END) {
            throw scanner.error(unexpectedAfterOperand());
        }
        return result;
    }

    private String unexpectedAfterOperand() {
        if (scanner.is(Kind.SYMBOL, "=")) {
            return "expected '==' to compare; '=' stands only after a leading 'points'; found '='";
        }
        if (scanner.is(Kind.SYMBOL, ")")) {
            return "expected an operator or the end, found ')' without its '('";
        }
        if (COMPARISONS.containsKey(scanner.token())) {
            return "expected the end of the comparison (join comparisons with 'and'), found "
                + found();
        }
        return "expected an operator or the end, found " + found();
    }

    private Expression or() {
        Expression left = and();
        while (scanner.is(Kind.NAME, "or")) {
            count();
            scanner.advance();
            left = new Binary(BinaryOperator.OR, left, and());
        }
        return left;
    }

    private Expression and() {
        Expression left = not();
        while (scanner.is(Kind.NAME, "and")) {
            count();
            scanner.advance();
            left = new Binary(BinaryOperator.AND, left, not());
        }
        return left;
    }

    private Expression not() {
        if (!scanner.is(Kind.NAME, "not")) {
            return comparison();
        }
        count();
        enter();
        final Expression operand = not();
        depth--;
        return new Unary(UnaryOperator.NOT, operand);
    }

    private Expression comparison() {
        final Expression left = sum();
        final BinaryOperator operator = operatorOf(COMPARISONS);
        if (operator == null) {
            return left;
        }
        count();
        scanner.advance();
        return new Binary(operator, left, sum());
    }

    private Expression sum() {
        Expression left = product();
        for (BinaryOperator operator = operatorOf(SUMS); operator != null;
            operator = operatorOf(SUMS)) {
            count();
            scanner.advance();
            left = new Binary(operator, left, product());
        }
        return left;
    }

    private Expression product() {
        Expression left = negation();
        for (BinaryOperator operator = operatorOf(PRODUCTS); operator != null;
            operator = operatorOf(PRODUCTS)) {
            count();
            scanner.advance();
            left = new Binary(operator, left, negation());
        }
        return left;
    }

    private BinaryOperator operatorOf(Map<String, BinaryOperator> operators) {
        return scanner.kind() == Kind.SYMBOL ? operators.get(scanner.token()) : null;
    }

    private Expression negation() {
        if (scanner.is(Kind.SYMBOL, "-")) {
            count();
            enter();
            final Expression operand = negation();
            depth--;
            return new Unary(UnaryOperator.NEGATE, operand);
        }
        if (scanner.is(Kind.SYMBOL, "(")) {
            enter();
            final Expression inside = or();
            leave("')'");
            return inside;
        }
        return switch (scanner.kind()) {
            case NUMBER -> number();
            case NAME -> scanner.isFollowedBy('(') ? call() : variable();
            default -> throw scanner.error(
                "expected a number, a variable, a function or '(', found " + found());
        };
    }

    private Expression number() {
        final double value = Double.parseDouble(scanner.token());
        if (Double.isInfinite(value)) {
            throw scanner.error("expected a number below 1.8e308, found a greater one");
        }
        count();
        scanner.advance();
        return new Literal(value);
    }

    private Expression variable() {
        final String token = scanner.token();
        for (final Name name : Name.values()) {
            if (name.text().equals(token)) {
                count();
                scanner.advance();
                return new Variable(name);
            }
        }
        if (KEYWORDS.contains(token)) {
            throw scanner.error("expected a number, a variable, a function or '(', found '" + token
                + "'");
        }
        if (functionOf(token) != null) {
            throw FormulaScanner.error("expected '(' after the function '" + token + "'",
                scanner.column() + token.length());
        }
        final List<String> names = new ArrayList<>();
        for (final Name name : Name.values()) {
            names.add(name.text());
        }
        throw scanner.error("unknown variable '" + token + "'" + Nearest.hint(token, names));
    }

    private Expression call() {
        final String token = scanner.token();
        final int column = scanner.column();
        final Function function = functionOf(token);
        if (function == null) {
            throw unknownFunction(token);
        }
        count();
        scanner.advance();
        enter();
        final List<Expression> arguments = new ArrayList<>();
        if (!scanner.is(Kind.SYMBOL, ")")) {
            arguments.add(or());
            while (scanner.is(Kind.SYMBOL, ",")) {
                scanner.advance();
                arguments.add(or());
            }
        }
        leave("',' or ')'");
        final int least = minArguments(function);
        final int most = maxArguments(function);
        if (arguments.size() < least || arguments.size() > most) {
            throw FormulaScanner.error("'" + token + "' takes " + least
                + (most > least ? " or more" : "") + " argument"
                + (least == 1 ? "" : "s") + ", found " + arguments.size(), column);
        }
        return new Call(function, arguments);
    }

    private DocumentException unknownFunction(String token) {
        final List<String> names = new ArrayList<>();
        for (final Function function : Function.values()) {
            names.add(function.name().toLowerCase(Locale.ROOT));
        }
        if (KEYWORDS.contains(token)) {
            return scanner.error("expected a number, a variable, a function or '(', found '" + token
                + "'");
        }
        return scanner.error("unknown function '" + token + "'" + Nearest.hint(token, names));
    }

    private static Function functionOf(String token) {
        for (final Function function : Function.values()) {
            if (function.name().toLowerCase(Locale.ROOT).equals(token)) {
                return function;
            }
        }
        return null;
    }

    private void enter() {
        if (++depth > MAX_DEPTH) {
            throw scanner.error("a formula is nested at most " + MAX_DEPTH
                + " levels deep; too deep");
        }
        scanner.advance();
    }

    private void leave(String expected) {
        if (!scanner.is(Kind.SYMBOL, ")")) {
            throw scanner.error("expected an operator, " + expected + ", found " + found());
        }
        depth--;
        scanner.advance();
    }

    private void count() {
        if (++nodes > MAX_NODES) {
            throw scanner.error("a formula has at most " + MAX_NODES
                + " numbers, variables, operators and calls; too many");
        }
    }

    private String found() {
        return scanner.kind() == Kind.END ? "the end" : "'" + scanner.token() + "'";
    }
}
