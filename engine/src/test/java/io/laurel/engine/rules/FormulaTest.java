package io.laurel.engine.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.rules.Expression.Name;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormulaTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "1 / 0 | Infinity", "-1 / 0 | -Infinity", "0 / 0 | NaN", "ln(0) | -Infinity",
        "ln(-1) | NaN", "log10(1000) | 3", "sqrt(-1) | NaN", "sqrt(2) | 1.4142135623730951",
        "5 % 3 | 2", "-5 % 3 | -2", "5 % -3 | 2", "5 % 0 | NaN", "5.5 % 2 | 1.5",
        "round(0.5) | 0", "round(1.5) | 2", "round(2.5) | 2", "round(-1.5) | -2",
        "floor(-1.5) | -2", "ceil(-1.5) | -1", "abs(-3) | 3",
        "0.1 + 0.2 + 0.3 | 0.6000000000000001", "0.1 + (0.2 + 0.3) | 0.6",
        "min(3, 1, 2) | 1", "max(3, 1, 2) | 3", "min(1, 0 / 0) | NaN", "max(0 / 0, 1) | NaN",
        "min(0 / 0, 1, 2) | NaN", "clamp(5, 1, 3) | 3", "clamp(0, 1, 3) | 1", "clamp(2, 1, 3) | 2",
        "clamp(0 / 0, 1, 3) | NaN", "clamp(2, 0 / 0, 3) | NaN", "clamp(2, 1, 0 / 0) | NaN",
        "clamp(2, 3, 1) | 1", "if(1, 2, 0 / 0) | 2", "if(0, 0 / 0, 3) | 3", "if(0 / 0, 2, 3) | 2",
        "if(-0, 2, 3) | 3", "0 / 0 == 0 / 0 | 0", "0 / 0 != 0 / 0 | 1", "0 / 0 < 1 | 0",
        "not (0 / 0) | 0", "0 / 0 and 1 | 1", "0 / 0 or 0 | 1", "not 0 | 1", "not 7 | 0",
        "2 and 3 | 1", "0 or -3 | 1", "0 or 0 | 0", "(1 < 2) * 10 + (2 >= 2) | 11",
        "bet.amount + win.amount * 10 | 2010", "win.multiplier | 2", "bet.base - win.base | -4",
        "round.duration_ms + round.count | 77", "game.weight | 0.5",
        "points = min(win.amount / bet.amount, 50) * 100 | 2000",
    })
    void shouldGiveTheValueOfIeeeArithmetic(String text, double expected) {
        final Formula.Inputs inputs = new Formula.Inputs();
        inputs.betAmount = 10;
        inputs.winAmount = 200;
        inputs.betBase = 3;
        inputs.winBase = 7;
        inputs.winMultiplier = 2;
        inputs.roundDurationMs = 70;
        inputs.roundCount = 7;
        inputs.gameWeight = 0.5;
        final Formula formula = Formula.compile(FormulaParser.parse(text));
        assertEquals(expected + 0.0, formula.evaluate(inputs) + 0.0);
        assertEquals(expected + 0.0, formula.evaluate(inputs) + 0.0, "the second time");
    }

    @Test
    void shouldKeepTheSignOfZero() {
        assertEquals(Double.NEGATIVE_INFINITY,
            Formula.compile(FormulaParser.parse("1 / -0")).evaluate(new Formula.Inputs()));
    }

    @Test
    void shouldSayWhichVariablesItUses() {
        final Formula formula =
            Formula.compile(FormulaParser.parse("if(round.count, win.base, 1)"));
        for (final Name name : Name.values()) {
            assertEquals(name == Name.ROUND_COUNT || name == Name.WIN_BASE, formula.uses(name),
                name.text());
        }
    }

    @Test
    void shouldRoundHalfToEvenWhenPointsBecomeUnits() {
        assertEquals(2, Points.toUnits(2.5, 1, 0));
        assertEquals(4, Points.toUnits(3.5, 1, 0));
        assertEquals(-2, Points.toUnits(-2.5, 1, 0));
        assertEquals(250, Points.toUnits(2.5, 1, 2));
        assertEquals(125, Points.toUnits(2.5, 0.5, 2));
        assertEquals(0, Points.toUnits(-0.0, 1, 6));
    }

    @Test
    void shouldScoreNothingWhenTheValueIsNoScore() {
        final double most = 1L << 53;
        assertEquals(1L << 53, Points.toUnits(most, 1, 0));
        assertEquals(-(1L << 53), Points.toUnits(-most, 1, 0));
        for (final double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY, Math.nextUp(most), -Math.nextUp(most)}) {
            assertEquals(Points.FORMULA_ERROR, Points.toUnits(value, 1, 0), "" + value);
        }
        assertEquals(Points.FORMULA_ERROR, Points.toUnits(most / 10, 1, 2));
    }

    @Test
    void shouldConvertLikeExactArithmeticAtTheEdges() {
        assertEquals(9, FxConversion.convert(100, 871, 4));
        assertEquals(2, FxConversion.convert(5, 5, 1), "2.5 to even");
        assertEquals(4, FxConversion.convert(7, 5, 1), "3.5 to even");
        assertEquals(-2, FxConversion.convert(-5, 5, 1));
        assertEquals(Long.MAX_VALUE, FxConversion.convert(Long.MAX_VALUE, 1, 0));
        assertEquals(FxConversion.OVERFLOW, FxConversion.convert(Long.MAX_VALUE, 2, 0));
        assertEquals(FxConversion.OVERFLOW, FxConversion.convert(Long.MIN_VALUE, 1, 0));
        assertFalse(FxConversion.convert(1_000_000_000_000_000L, 999_999_999_999L, 12) < 0);
        assertTrue(FxConversion.convert(-Long.MAX_VALUE, 1, 0) == -Long.MAX_VALUE);
    }
}
