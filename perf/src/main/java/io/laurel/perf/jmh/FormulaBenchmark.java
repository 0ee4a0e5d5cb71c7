package io.laurel.perf.jmh;

import io.laurel.engine.rules.Formula;
import io.laurel.engine.rules.FormulaParser;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Scores of rounds. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FormulaBenchmark {
    @Param({"win.amount", "min(win.amount/bet.amount, 50) * 100",
        "if(bet.amount > 500, 10 * sqrt(bet.amount), 2 * ln(1 + win.amount)) + round.count % 7"})
    private String text;

    private final Formula.Inputs inputs = new Formula.Inputs();
    private Formula formula;

    /** Compiles it. */
    @Setup
    public void compile() {
        formula = Formula.compile(FormulaParser.parse(text));
        inputs.betAmount = 100;
    }

    /** Evaluates it for a round. */
    @Benchmark
    public double evaluate() {
        inputs.winAmount = inputs.winAmount + 1;
        return formula.evaluate(inputs);
    }
}
