package io.laurel.perf;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.laurel.perf.cli.BenchCommand;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Help texts are format strings: what is none is shown with a warning. */
class BenchHelpTest {
    @TestFactory
    Stream<DynamicTest> shouldBeFormatStrings() {
        final CommandLine root = new CommandLine(new BenchCommand());
        assertEquals(8, root.getSubcommands().size());
        return Stream.concat(Stream.of(root), root.getSubcommands().values().stream())
            .map(CommandLine::getCommandSpec)
            .map(spec -> DynamicTest.dynamicTest(spec.name(), () -> texts(spec)
                .forEach(text -> assertDoesNotThrow(() -> String.format(text), text))));
    }

    private static Stream<String> texts(CommandSpec spec) {
        return Stream.concat(Stream.of(spec.usageMessage().description()),
            spec.options().stream().flatMap(option -> Stream.of(option.description())));
    }
}
