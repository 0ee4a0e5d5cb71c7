package io.laurel.engine.rules;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Pattern;

/** A player from a document of {@code kind: player} (semantics 10). */
final class PlayerReader {
    private static final List<String> KEYS = List.of("kind", "id", "alias", "segments", "kyc",
        "blocked", "self_excluded_until", "birth_date", "locale");
    private static final Pattern LOCALE = Pattern.compile("[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*");
    private static final LocalDate EARLIEST_BIRTH = LocalDate.of(1850, 1, 1);
    private static final LocalDate LATEST_BIRTH = LocalDate.of(2200, 1, 1);

    private PlayerReader() {
    }

    static PlayerDefinition read(Field document, String expectedId) {
        final Fields fields = Fields.of(document, KEYS);
        return new PlayerDefinition(Documents.playerId(fields, expectedId),
            fields.read("alias", "", PlayerReader::alias),
            fields.read("segments", List.of(), list -> list.sorted(Terms::id)),
            fields.read("kyc", false, Field::bool), fields.read("blocked", false, Field::bool),
            fields.read("self_excluded_until", 0L, Field::instantNs),
            fields.read("birth_date", Integer.MIN_VALUE, PlayerReader::birthDay),
            fields.read("locale", "", field -> field.matching(LOCALE,
                "a BCP 47 language tag such as de-AT")));
    }

    private static String alias(Field field) {
        return field.anyText().isEmpty() ? "" : field.text(Terms.MAX_ID_BYTES);
    }

    private static int birthDay(Field field) {
        try {
            final LocalDate date = LocalDate.parse(field.text(64));
            if (!date.isBefore(EARLIEST_BIRTH) && date.isBefore(LATEST_BIRTH)) {
                return (int) date.toEpochDay();
            }
        } catch (final DateTimeException error) {
            throw field.error("must be a date such as 1990-12-31, found " + field.found());
        }
        throw field.error("must be from " + EARLIEST_BIRTH + " to 2199, found " + field.found());
    }
}
