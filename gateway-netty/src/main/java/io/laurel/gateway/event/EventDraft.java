package io.laurel.gateway.event;

/**
 * The fields of one event (semantics 2) as they came, before any rule was applied to them. Reused
 * from event to event. Enumerations hold the raw value of the wire schema, {@link #NO_ENUM} where
 * absent and any other number for a value that nobody knows; amounts and times hold {@link
 * #NO_VALUE} where absent.
 */
public final class EventDraft {
    /** Stands for an absent amount, multiplier or time. */
    public static final long NO_VALUE = Long.MIN_VALUE;
    /** Stands for an absent enumeration value. */
    public static final int NO_ENUM = 255;
    /** May stand for an enumeration value that nobody knows, such as a misspelt name. */
    public static final int UNKNOWN_ENUM = 254;

    private final EventText eventId = new EventText();
    private final EventText userId = new EventText();
    private final EventText market = new EventText();
    private final EventText brand = new EventText();
    private final EventText gameId = new EventText();
    private final EventText gameProvider = new EventText();
    private final EventText roundId = new EventText();
    private final EventText betCurrency = new EventText();
    private final EventText traceId = new EventText();
    private long ts;
    private long betAmountMinor;
    private long winAmountMinor;
    private long winMultiplierE4;
    private long roundStartedTs;
    private int eventType;
    private int gameType;
    private int roundStatus;
    private int devicePlatform;
    private int deviceAsn;
    private int deviceHeadless;

    /** An empty draft. */
    public EventDraft() {
        clear();
    }

    /** Makes every field absent. */
    public EventDraft clear() {
        eventId.clear();
        userId.clear();
        market.clear();
        brand.clear();
        gameId.clear();
        gameProvider.clear();
        roundId.clear();
        betCurrency.clear();
        traceId.clear();
        ts = NO_VALUE;
        betAmountMinor = NO_VALUE;
        winAmountMinor = NO_VALUE;
        winMultiplierE4 = NO_VALUE;
        roundStartedTs = NO_VALUE;
        eventType = NO_ENUM;
        gameType = NO_ENUM;
        roundStatus = NO_ENUM;
        devicePlatform = NO_ENUM;
        deviceAsn = NO_ENUM;
        deviceHeadless = NO_ENUM;
        return this;
    }

    /** Returns {@code event_id}. */
    public EventText eventId() {
        return eventId;
    }

    /** Returns {@code user_id}. */
    public EventText userId() {
        return userId;
    }

    /** Returns {@code market}. */
    public EventText market() {
        return market;
    }

    /** Returns {@code brand}. */
    public EventText brand() {
        return brand;
    }

    /** Returns {@code game.id}. */
    public EventText gameId() {
        return gameId;
    }

    /** Returns {@code game.provider}. */
    public EventText gameProvider() {
        return gameProvider;
    }

    /** Returns {@code round.id}. */
    public EventText roundId() {
        return roundId;
    }

    /** Returns {@code bet.currency}. */
    public EventText betCurrency() {
        return betCurrency;
    }

    /** Returns {@code trace_id}. */
    public EventText traceId() {
        return traceId;
    }

    /** Returns {@code ts}, ns since the Unix epoch. */
    public long ts() {
        return ts;
    }

    /** Sets {@code ts}, ns since the Unix epoch. */
    public EventDraft ts(long value) {
        ts = value;
        return this;
    }

    /** Returns {@code bet.amount_minor}. */
    public long betAmountMinor() {
        return betAmountMinor;
    }

    /** Sets {@code bet.amount_minor}. */
    public EventDraft betAmountMinor(long value) {
        betAmountMinor = value;
        return this;
    }

    /** Returns {@code win.amount_minor}. */
    public long winAmountMinor() {
        return winAmountMinor;
    }

    /** Sets {@code win.amount_minor}. */
    public EventDraft winAmountMinor(long value) {
        winAmountMinor = value;
        return this;
    }

    /** Returns {@code win.multiplier} x 10^4. */
    public long winMultiplierE4() {
        return winMultiplierE4;
    }

    /** Sets {@code win.multiplier} x 10^4, truncated; saturated at 2^63-1. */
    public EventDraft winMultiplierE4(long value) {
        winMultiplierE4 = value;
        return this;
    }

    /** Returns {@code round.started_ts}, ns since the Unix epoch. */
    public long roundStartedTs() {
        return roundStartedTs;
    }

    /** Sets {@code round.started_ts}, ns since the Unix epoch. */
    public EventDraft roundStartedTs(long value) {
        roundStartedTs = value;
        return this;
    }

    /** Returns {@code type}, a raw value of {@code EventType}. */
    public int eventType() {
        return eventType;
    }

    /** Sets {@code type}, a raw value of {@code EventType}. */
    public EventDraft eventType(int value) {
        eventType = value;
        return this;
    }

    /** Returns {@code game.type}, a raw value of {@code GameType}. */
    public int gameType() {
        return gameType;
    }

    /** Sets {@code game.type}, a raw value of {@code GameType}. */
    public EventDraft gameType(int value) {
        gameType = value;
        return this;
    }

    /** Returns {@code round.status}, a raw value of {@code RoundStatus}. */
    public int roundStatus() {
        return roundStatus;
    }

    /** Sets {@code round.status}, a raw value of {@code RoundStatus}. */
    public EventDraft roundStatus(int value) {
        roundStatus = value;
        return this;
    }

    /** Returns {@code device.platform}, a raw value of {@code Platform}. */
    public int devicePlatform() {
        return devicePlatform;
    }

    /** Sets {@code device.platform}, a raw value of {@code Platform}. */
    public EventDraft devicePlatform(int value) {
        devicePlatform = value;
        return this;
    }

    /** Returns {@code device.asn}, a raw value of {@code AsnCategory}. */
    public int deviceAsn() {
        return deviceAsn;
    }

    /** Sets {@code device.asn}, a raw value of {@code AsnCategory}. */
    public EventDraft deviceAsn(int value) {
        deviceAsn = value;
        return this;
    }

    /** Returns {@code device.headless}, a raw value of {@code BooleanType}. */
    public int deviceHeadless() {
        return deviceHeadless;
    }

    /** Sets {@code device.headless}, a raw value of {@code BooleanType}. */
    public EventDraft deviceHeadless(int value) {
        deviceHeadless = value;
        return this;
    }
}
