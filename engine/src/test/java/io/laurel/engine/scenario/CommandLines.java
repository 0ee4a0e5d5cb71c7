package io.laurel.engine.scenario;

import io.laurel.engine.reference.Command;
import io.laurel.engine.reference.ContestOp;
import io.laurel.engine.reference.Event;
import io.laurel.engine.reference.Limits;
import io.laurel.engine.reference.PlayerOp;
import io.laurel.engine.rules.FxTable;
import io.laurel.engine.rules.PlayerDefinition;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** From the words of a line to a command. */
final class CommandLines {
    private static final long CONTESTS = 1_000;

    private final ContestLoader documents;

    CommandLines(ContestLoader documents) {
        this.documents = documents;
    }

    /**
     * Reads a command.
     *
     * @param words command and what follows, without sequence and time
     * @param block document under the line
     * @param sequence names events and rounds that have no name
     * @param timeNs ts of events that have none
     */
    Command command(Words words, List<String> block, long sequence, long timeNs) {
        final String verb = words.shift();
        return switch (verb) {
            case "genesis" -> new Command.Genesis(limits(words),
                words.value("clock", "system").equals("event"));
            case "limits" -> new Command.SetLimits(limits(words));
            case "source" -> new Command.RegisterSource(words.argument(0));
            case "session" -> new Command.OpenSession(Long.parseLong(words.argument(0)),
                Long.parseLong(words.argument(1)), words.value("source", "local"));
            case "spin", "bet", "win", "round_end", "rollback", "part" ->
                new Command.SendEvent(words.value("source", "local"),
                    Long.parseLong(words.value("session", "0")),
                    event(verb, words, sequence, timeNs));
            case "refused" -> new Command.RefuseEvent(words.value("source", "local"),
                words.argument(0));
            case "publish" ->
                new Command.PublishContest(documents.load(String.join("\n", block), timeNs));
            case "extend" -> new Command.ExtendSchedule(words.argument(0),
                words.arguments().stream().skip(1).map(Words::timeNs).toList());
            case "fx" -> new Command.PublishFx(table(words));
            case "player" -> new Command.PlayerProfile(player(words));
            case "erase" -> new Command.ErasePlayer(words.argument(0));
            case "reader" -> new Command.ReadLog();
            case "tick" -> new Command.Tick();
            case "advance" -> new Command.AdvanceTime(Words.timeNs(words.argument(0)));
            default -> action(verb.toUpperCase(Locale.ROOT), words);
        };
    }

    private static Command action(String verb, Words words) {
        return words.count() == 1
            ? new Command.ContestAction(ContestOp.valueOf(verb), words.argument(0))
            : new Command.PlayerAction(PlayerOp.valueOf(verb), words.argument(0),
                words.argument(1));
    }

    static Limits limits(Words words) {
        return new Limits(Words.durationNs(words.value("max_lateness", "15m")),
            Words.durationNs(words.value("max_skew", "60s")),
            words.has("contests") ? words.amount("contests") : CONTESTS);
    }

    private static Event event(String verb, Words words, long sequence, long timeNs) {
        final Long bet = words.amount("bet");
        return new Event(words.value("id", "e" + sequence), verb.equals("part") ? null : verb,
            words.has("ts") ? Words.timeNs(words.value("ts", "")) : timeNs, words.argument(0),
            words.value("market", "DE"), words.value("brand", "X"), words.value("game", "g_1"),
            words.value("provider", "P"), words.value("game_type", "slot"), bet,
            words.value("currency", bet == null ? null : "EUR"), words.amount("win"),
            words.has("multiplier") ? Words.e4(words.value("multiplier", "")) : null,
            words.value("round", "r" + sequence), words.value("status", null),
            words.has("started") ? Words.timeNs(words.value("started", "")) : null,
            words.value("platform", null), words.value("asn", null),
            words.has("headless") ? Boolean.valueOf(words.value("headless", "")) : null,
            words.value("trace", null));
    }

    private static FxTable table(Words words) {
        final Map<String, FxTable.Rate> rates = new TreeMap<>();
        words.values().forEach((currency, rate) -> {
            if (!currency.equals("base")) {
                final BigDecimal decimal = new BigDecimal(rate);
                rates.put(currency, new FxTable.Rate(decimal.unscaledValue().longValueExact(),
                    decimal.scale()));
            }
        });
        return new FxTable(words.argument(0), words.value("base", "EUR"), rates);
    }

    private static PlayerDefinition player(Words words) {
        final List<String> flags = words.arguments();
        return new PlayerDefinition(words.argument(0), words.value("alias", ""),
            words.has("segments")
                ? Arrays.stream(words.value("segments", "").split(",")).sorted().toList()
                : List.of(),
            flags.contains("kyc"), flags.contains("blocked"),
            words.has("excluded_until") ? Words.timeNs(words.value("excluded_until", "")) : 0,
            words.has("born")
                ? (int) LocalDate.parse(words.value("born", "")).toEpochDay()
                : Integer.MIN_VALUE,
            words.value("locale", ""));
    }
}
