package io.laurel.engine.scenario;

import io.laurel.engine.reference.Command;
import io.laurel.engine.reference.Command.SendEvent;
import io.laurel.engine.reference.Command.Step;
import io.laurel.engine.reference.Outcome;
import io.laurel.engine.scenario.Scenario.Line;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs a scenario against a subject and says every line that did not come out as written. */
public final class ScenarioRunner {
    private final Scenario scenario;
    private final Subject subject;
    private final CommandLines commands;
    private final Checks checks;
    private final List<String> failures = new ArrayList<>();
    private final Map<String, Long> sequenceOfEvent = new HashMap<>();
    private long sequence;
    private long timeNs;

    private ScenarioRunner(Scenario scenario, Subject subject,
        ContestLoader documents) {
        this.scenario = scenario;
        this.subject = subject;
        commands = new CommandLines(documents);
        checks = new Checks(subject);
    }

    /**
     * Runs it.
     *
     * @param documents reads a contest from YAML
     * @return a sentence per line that came out otherwise; empty = all as written
     */
    public static List<String> run(Scenario scenario, Subject subject,
        ContestLoader documents) {
        final ScenarioRunner runner = new ScenarioRunner(scenario, subject, documents);
        runner.run();
        return runner.failures;
    }

    private void run() {
        for (final Line line : scenario.lines()) {
            try {
                if (line.isCheck()) {
                    final String wrong = checks.check(line);
                    if (wrong != null) {
                        fail(line, wrong);
                    }
                } else {
                    command(line);
                }
            } catch (final IllegalArgumentException | IndexOutOfBoundsException e) {
                throw new IllegalArgumentException(place(line) + ": " + e.getMessage(), e);
            }
        }
    }

    private void command(Line line) {
        final int arrow = line.text().indexOf("->");
        if (arrow < 0) {
            throw new IllegalArgumentException("a command needs -> and its outcome");
        }
        final Words words = new Words(line.text().substring(0, arrow));
        final boolean numbered = words.argument(0).matches("\\d+");
        final long stated = numbered ? Long.parseLong(words.shift()) : 0;
        if (Words.isTime(words.argument(0))) {
            timeNs = Words.timeNs(words.shift());
        }
        if (sequence == 0 && !words.argument(0).equals("genesis")) {
            apply(new Command.Genesis(CommandLines.limits(new Words("")), false));
            apply(new Command.RegisterSource("local"));
        }
        if (numbered && stated != sequence + 1) {
            fail(line, "stands at sequence " + (sequence + 1));
        }
        final Command command = commands.command(words, line.block(), sequence + 1, timeNs);
        final Outcome outcome = apply(command);
        if (command instanceof SendEvent sent) {
            sequenceOfEvent.putIfAbsent(sent.event().eventId(), sequence);
        }
        expect(line, new Words(line.text().substring(arrow + 2)), outcome);
    }

    private Outcome apply(Command command) {
        return subject.apply(++sequence, new Step(timeNs, command));
    }

    private void expect(Line line, Words expected, Outcome outcome) {
        if (!expected.argument(0).equals(outcome.code())) {
            fail(line, "answered " + outcome.code());
        } else if (expected.count() > 1) {
            final boolean ofEvent = expected.argument(1).equals("of");
            final long value = ofEvent ? sequenceOfEvent.get(expected.argument(2))
                : Long.parseLong(expected.argument(1));
            if (value != outcome.value()) {
                fail(line, "answered " + outcome.code() + " " + outcome.value() + ", not "
                    + value);
            }
        }
    }

    private void fail(Line line, String what) {
        failures.add(place(line) + ": " + line.text() + " : " + what);
    }

    private String place(Line line) {
        return scenario.file() + ":" + line.number();
    }
}
