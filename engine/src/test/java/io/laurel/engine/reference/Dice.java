package io.laurel.engine.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Seeded choices; a small universe so that things meet often. */
final class Dice {
    static final long SECOND_NS = 1_000_000_000L;
    static final List<String> GAMES = List.of("g_1", "g_2", "g_22", "h_1");
    static final List<String> PROVIDERS = List.of("P1", "P2", "Pragmatic");
    static final List<String> MARKETS = List.of("DE", "SE", "UA");
    static final List<String> BRANDS = List.of("X", "Y");
    static final List<String> CURRENCIES = List.of("EUR", "SEK", "USD");
    static final List<String> GAME_TYPES = List.of("slot", "table", "other");
    static final List<String> ASNS = List.of("isp", "vpn", "tor", "unknown");
    static final List<String> SEGMENTS = List.of("bonus_abuser", "new", "vip");
    /** In the order of their bytes, which is not the order of their UTF-16 units. */
    private static final List<String> USERS = List.of("u1", "u2", "u_3", "zoe", "\u00fc4",
        "\uff61half", "\ud83d\ude00smile", "L".repeat(64));

    private final Random random;

    Dice(long seed) {
        random = new Random(seed);
    }

    Random random() {
        return random;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean percent(int chance) {
        return random.nextInt(100) < chance;
    }

    <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    long one(long... of) {
        return of[random.nextInt(of.length)];
    }

    String user() {
        return USERS.get(Math.min(below(USERS.size()), below(USERS.size())));
    }

    /** Returns a sorted choice, empty as often as {@code emptyPercent} says. */
    List<String> some(List<String> of, int emptyPercent) {
        if (percent(emptyPercent)) {
            return List.of();
        }
        final List<String> chosen = new ArrayList<>(of);
        java.util.Collections.shuffle(chosen, random);
        return chosen.subList(0, 1 + below(chosen.size())).stream().sorted().toList();
    }
}
