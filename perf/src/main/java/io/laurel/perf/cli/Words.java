package io.laurel.perf.cli;

import io.laurel.perf.load.BoardMix;
import io.laurel.perf.load.Distribution;
import io.laurel.replay.CommandFailure;
import io.laurel.replay.ExitCode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Reads the words of options. */
final class Words {
    private static final List<String> ACKS = List.of("durable", "accepted");

    private Words() {
    }

    static Distribution distribution(String word) {
        return one(Distribution.values(), word);
    }

    static BoardMix board(String word) {
        return one(BoardMix.values(), word);
    }

    static String ack(String word) {
        if (!ACKS.contains(word)) {
            throw none(word, ACKS);
        }
        return word;
    }

    private static <E extends Enum<E>> E one(E[] values, String word) {
        for (final E value : values) {
            if (value.name().toLowerCase(Locale.ROOT).equals(word)) {
                return value;
            }
        }
        throw none(word, Arrays.stream(values).map(E::name)
            .map(name -> name.toLowerCase(Locale.ROOT)).toList());
    }

    private static CommandFailure none(String word, List<String> known) {
        return new CommandFailure(ExitCode.USAGE, "'" + word + "' is none of "
            + String.join(", ", known));
    }
}
