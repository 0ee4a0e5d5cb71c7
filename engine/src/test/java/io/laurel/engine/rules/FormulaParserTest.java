package io.laurel.engine.rules;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.rules.Expression.Binary;
import io.laurel.engine.rules.Expression.BinaryOperator;
import io.laurel.engine.rules.Expression.Call;
import io.laurel.engine.rules.Expression.Function;
import io.laurel.engine.rules.Expression.Literal;
import io.laurel.engine.rules.Expression.Name;
import io.laurel.engine.rules.Expression.Variable;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormulaParserTest {
    @Test
    void shouldReadTheFormulaOfTheSprint() {
        final Expression expected = new Binary(BinaryOperator.MULTIPLY,
            new Call(Function.MIN, List.of(
                new Binary(BinaryOperator.DIVIDE, new Variable(Name.WIN_AMOUNT),
                    new Variable(Name.BET_AMOUNT)),
                new Literal(50))),
            new Literal(100));
        assertEquals(expected,
            FormulaParser.parse("points = min(win.amount/bet.amount, 50) * 100"));
        assertEquals(expected, FormulaParser.parse("min( win.amount / bet.amount,50 )*100"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "1 + 2 * 3 | 1 + (2 * 3)",
        "1 * 2 + 3 | (1 * 2) + 3",
        "8 - 4 - 2 | (8 - 4) - 2",
        "8 / 4 / 2 | (8 / 4) / 2",
        "8 % 5 * 2 | (8 % 5) * 2",
        "- 2 * 3 | (- 2) * 3",
        "2 * - 3 | 2 * (- 3)",
        "- - 2 | - (- 2)",
        "1 + 2 < 4 | (1 + 2) < 4",
        "not 1 < 2 | not (1 < 2)",
        "not not 1 | not (not 1)",
        "not 1 and 0 | (not 1) and 0",
        "1 and 0 or 1 | (1 and 0) or 1",
        "1 or 0 and 0 | 1 or (0 and 0)",
        "1 or 0 or 0 | (1 or 0) or 0",
        "1 < 2 and 2 < 3 | (1 < 2) and (2 < 3)",
        "1 == 2 or 2 != 3 | (1 == 2) or (2 != 3)",
    })
    void shouldBindOperatorsWhenThereAreNoParentheses(String bare, String explicit) {
        assertEquals(FormulaParser.parse(explicit), FormulaParser.parse(bare));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "`` | 1 | expected a number, a variable, a function or '(', found the end",
        "1 + | 4 | found the end",
        "1 2 | 3 | expected an operator or the end, found '2'",
        "(1 | 3 | expected an operator, ')', found the end",
        "1) | 2 | found ')' without its '('",
        "1 = 2 | 3 | expected '==' to compare",
        "points == 1 | 8 | expected '=' after 'points'",
        "points | 1 | unknown variable 'points'",
        "score = 1 | 1 | unknown variable 'score'",
        "win. amount | 5 | expected the rest of the name after 'win.'",
        "win .amount | 1 | unknown variable 'win'",
        "win.amout | 1 | nearest: 'win.amount'",
        "1 + bet.ammount | 5 | nearest: 'bet.amount'",
        "mim(1, 2) | 1 | nearest: 'min'",
        "min(1) | 1 | 'min' takes 2 or more arguments, found 1",
        "1 + abs(1, 2) | 5 | 'abs' takes 1 argument, found 2",
        "abs() | 1 | 'abs' takes 1 argument, found 0",
        "clamp(1, 2) | 1 | 'clamp' takes 3 arguments, found 2",
        "if(1, 2, 3, 4) | 1 | 'if' takes 3 arguments, found 4",
        "min(1, 2 | 9 | expected an operator, ',' or ')', found the end",
        "min | 4 | expected '(' after the function 'min'",
        "1 < 2 < 3 | 7 | join comparisons with 'and'",
        "1 + not 2 | 5 | found 'not'",
        "1 and and 2 | 7 | found 'and'",
        "1.x | 3 | expected a digit after the decimal point",
        "1. | 3 | expected a digit after the decimal point",
        "0. 5 | 3 | expected a digit after the decimal point",
        "1e3 | 2 | expected an operator after the number, found 'e'",
        "1.2.3 | 4 | expected an operator after the number, found '.'",
        ".5 | 1 | unknown character '.'",
        "+1 | 1 | found '+'",
        "2 ^ 3 | 3 | unknown character '^'",
        "1 ! 2 | 3 | unknown character '!'",
        "1 & 2 | 3 | unknown character '&'",
        "min(win.amount/bet.amount, 50) 100 | 32 | found '100'",
        "Min(1, 2) | 1 | unknown function 'Min'",
    })
    void shouldPointAtTheColumnWhenTheFormulaIsWrong(String text, int column, String message) {
        final DocumentException error =
            assertThrows(DocumentException.class, () -> FormulaParser.parse(text));
        assertEquals(column, error.column(), error.getMessage());
        assertTrue(error.getMessage().contains(message), error.getMessage());
        assertTrue(error.getMessage().contains("at column " + column + " of the formula"),
            error.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "-", "abs(", "not "})
    void shouldTakeSixteenLevelsAndRefuseOneMore(String level) {
        assertDoesNotThrow(() -> FormulaParser.parse(nested(level, 16)));
        final DocumentException error = assertThrows(DocumentException.class,
            () -> FormulaParser.parse(nested(level, 17)));
        assertEquals(16 * level.length() + Math.max(1, level.indexOf('(') + 1), error.column());
    }

    @Test
    void shouldTakeOneHundredAndTwentyEightNodesAndRefuseOneMore() {
        assertDoesNotThrow(() -> FormulaParser.parse("-1" + "+1".repeat(63)));
        assertThrows(DocumentException.class, () -> FormulaParser.parse("1" + "+1".repeat(64)));
    }

    @Test
    void shouldTakeOneThousandAndTwentyFourCharactersAndRefuseOneMore() {
        assertDoesNotThrow(() -> FormulaParser.parse("1" + " ".repeat(1023)));
        assertThrows(DocumentException.class,
            () -> FormulaParser.parse("1" + " ".repeat(1024)));
    }

    @Test
    void shouldRefuseANumberThatNoDoubleHolds() {
        assertDoesNotThrow(() -> FormulaParser.parse("1" + "0".repeat(308)));
        assertThrows(DocumentException.class, () -> FormulaParser.parse("1" + "0".repeat(309)));
    }

    private static String nested(String level, int times) {
        return level.repeat(times) + "1" + (level.endsWith("(") ? ")".repeat(times) : "");
    }
}
