package io.laurel.engine.rules;

import java.util.List;
import java.util.regex.Pattern;

/** The terms that several kinds of documents share: ids, codes, patterns. */
final class Terms {
    static final int MAX_ID_BYTES = 64;
    static final int MAX_BRAND_BYTES = 32;
    static final long MAX_AMOUNT_MINOR = 1_000_000_000_000_000L;
    /** Longest span that a document may name: a leap year. */
    static final long MAX_SPAN_NS = 366 * TimeText.DAY_NS;

    static final List<String> GAME_TYPES =
        List.of("slot", "table", "live", "crash", "bingo", "lottery", "sport", "other");
    static final List<String> ASN_CATEGORIES =
        List.of("isp", "mno", "business", "hosting", "proxy", "vpn", "tor", "unknown");

    private static final Pattern DOCUMENT_ID = Pattern.compile("[a-z0-9_.-]{1,64}");
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final Pattern CURRENCIES = Pattern.compile("[A-Z]{3}|[A-Z]{0,2}\\*");
    private static final Pattern MARKETS = Pattern.compile("[A-Z]{2}|[A-Z]?\\*");
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*");

    private Terms() {
    }

    static String documentId(Field field) {
        return field.matching(DOCUMENT_ID, "1 to 64 characters of a-z, 0-9, '_', '.' and '-'");
    }

    static String currency(Field field) {
        return field.matching(CURRENCY, "an ISO 4217 code such as EUR");
    }

    static String language(Field field) {
        return field.matching(LANGUAGE, "a language such as en or de-AT");
    }

    static String id(Field field) {
        return field.text(MAX_ID_BYTES);
    }

    static String brand(Field field) {
        return field.text(MAX_BRAND_BYTES);
    }

    static String marketPattern(Field field) {
        return field.matching(MARKETS, "an ISO 3166-1 code such as DE");
    }

    static String currencyPattern(Field field) {
        return field.matching(CURRENCIES, "an ISO 4217 code such as EUR");
    }

    static String gameTypePattern(Field field) {
        return field.isText() && field.node.text.endsWith("*") ? field.text(MAX_ID_BYTES)
            : field.oneOf(GAME_TYPES);
    }

    /** A game id or a prefix; here an entry that ends in _ is a prefix too (semantics 4). */
    static String eligibleGame(Field field) {
        final String text = id(field);
        return text.endsWith("_") ? text + "*" : text;
    }

    static String asnCategory(Field field) {
        return field.oneOf(ASN_CATEGORIES);
    }

    static long amountMinor(Field field) {
        return field.integer(0, MAX_AMOUNT_MINOR);
    }
}
