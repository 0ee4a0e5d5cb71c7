package io.laurel.gateway.json;

import io.laurel.protocol.wire.AsnCategory;
import io.laurel.protocol.wire.EventType;
import io.laurel.protocol.wire.GameType;
import io.laurel.protocol.wire.Platform;
import io.laurel.protocol.wire.RoundStatus;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The fields of an event as JSON names them (semantics 2), and the names of their values. */
enum EventField {
    EVENT_ID("event_id"), TYPE("type"), TS("ts"), USER_ID("user_id"), MARKET("market"),
    BRAND("brand"), TRACE_ID("trace_id"),
    GAME("game"), GAME_ID("game.id"), GAME_PROVIDER("game.provider"), GAME_TYPE("game.type"),
    BET("bet"), BET_AMOUNT("bet.amount_minor"), BET_CURRENCY("bet.currency"),
    WIN("win"), WIN_AMOUNT("win.amount_minor"), WIN_MULTIPLIER("win.multiplier"),
    ROUND("round"), ROUND_ID("round.id"), ROUND_STATUS("round.status"),
    ROUND_STARTED("round.started_ts"),
    DEVICE("device"), DEVICE_PLATFORM("device.platform"), DEVICE_ASN("device.asn"),
    DEVICE_HEADLESS("device.headless");

    /** Fields of the event itself, by name. */
    static final Map<String, EventField> ROOT = new HashMap<>();

    /** Values of {@code type}; these and the following are raw values of the wire schema. */
    static final Map<String, Integer> EVENT_TYPES = new HashMap<>();
    /** Values of {@code game.type}. */
    static final Map<String, Integer> GAME_TYPES = new HashMap<>();
    /** Values of {@code round.status}. */
    static final Map<String, Integer> STATUSES = new HashMap<>();
    /** Values of {@code device.platform}. */
    static final Map<String, Integer> PLATFORMS = new HashMap<>();
    /** Values of {@code device.asn}. */
    static final Map<String, Integer> ASN_CATEGORIES = new HashMap<>();

    static {
        final Map<String, EventField> byPath = new HashMap<>();
        for (final EventField field : values()) {
            byPath.put(field.path, field);
            final int dot = field.path.indexOf('.');
            if (dot < 0) {
                ROOT.put(field.path, field);
            } else {
                byPath.get(field.path.substring(0, dot)).children
                    .put(field.path.substring(dot + 1), field);
            }
        }
        for (final EventType value : EventType.values()) {
            put(EVENT_TYPES, value, value == EventType.NULL_VAL, value.value());
        }
        for (final GameType value : GameType.values()) {
            put(GAME_TYPES, value, value == GameType.NULL_VAL, value.value());
        }
        for (final RoundStatus value : RoundStatus.values()) {
            if (value == RoundStatus.VOIDED) {
                STATUSES.put("void", (int) value.value());
            } else {
                put(STATUSES, value, value == RoundStatus.NULL_VAL, value.value());
            }
        }
        for (final Platform value : Platform.values()) {
            put(PLATFORMS, value, value == Platform.NULL_VAL, value.value());
        }
        for (final AsnCategory value : AsnCategory.values()) {
            put(ASN_CATEGORIES, value, value == AsnCategory.NULL_VAL, value.value());
        }
    }

    private final String path;
    private final Map<String, EventField> children = new HashMap<>();

    EventField(String path) {
        this.path = path;
    }

    private static void put(Map<String, Integer> to, Enum<?> value, boolean nothing, int raw) {
        if (!nothing) {
            to.put(value.name().toLowerCase(Locale.ROOT), raw);
        }
    }

    /** Returns the path as errors name it. */
    String path() {
        return path;
    }

    /** Returns the fields of the object behind this one; empty where it is none. */
    Map<String, EventField> children() {
        return children;
    }

    /** Returns one bit per field. */
    long bit() {
        return 1L << ordinal();
    }
}
