package io.laurel.gateway.event;

import io.laurel.protocol.wire.AsnCategory;
import io.laurel.protocol.wire.BooleanType;
import io.laurel.protocol.wire.EventType;
import io.laurel.protocol.wire.RoundStatus;

/**
 * Checks an event against the table of semantics 2 and brings a valid one into its canonical
 * content: type resolved, an absent win 0, an absent network unknown, an absent headless false. It
 * needs no state. After a refusal {@link #field()} and {@link #message()} say what is wrong.
 */
public final class EventValidator {
    /** Highest amount of a bet or a win, in minor units. */
    public static final long MAX_AMOUNT_MINOR = 1_000_000_000_000_000L;
    /** Most bytes of a brand. */
    public static final int MAX_BRAND_BYTES = 32;

    private static final int LAST_EVENT_TYPE = 5;
    private static final int LAST_GAME_TYPE = 8;
    private static final int LAST_ROUND_STATUS = 3;
    private static final int LAST_PLATFORM = 5;
    private static final int LAST_ASN = 8;

    private String field = "";
    private String message = "";

    /** Returns the JSON path of the field that the last event was refused for. */
    public String field() {
        return field;
    }

    /** Returns what is wrong with that field. */
    public String message() {
        return message;
    }

    /**
     * Checks an event and, where it is valid, makes its content canonical.
     *
     * @return false where it is invalid
     */
    public boolean validate(EventDraft draft) {
        return identity(draft) && times(draft) && place(draft) && kinds(draft)
            && resolve(draft) && amounts(draft);
    }

    private boolean refuse(String name, String why) {
        field = name;
        message = why;
        return false;
    }

    private boolean identity(EventDraft draft) {
        final EventText id = draft.eventId();
        if (!length(id, 1, EventText.CAPACITY, "event_id")) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            if (id.at(i) <= ' ' || id.at(i) > '~') {
                return refuse("event_id", "is not printable ASCII without space");
            }
        }
        return length(draft.userId(), 1, EventText.CAPACITY, "user_id")
            && (Utf8.isValidWithoutControls(draft.userId().bytes(), 0,
            draft.userId().length())
            || refuse("user_id", "is not UTF-8 without control characters"));
    }

    private boolean times(EventDraft draft) {
        final long ts = draft.ts();
        if (ts == EventDraft.NO_VALUE) {
            return refuse("ts", "is missing");
        }
        if (ts <= 0) {
            return refuse("ts", "is not between 1970 and 2262");
        }
        final long started = draft.roundStartedTs();
        if (started != EventDraft.NO_VALUE && started <= 0) {
            return refuse("round.started_ts", "is not between 1970 and 2262");
        }
        return started <= ts || refuse("round.started_ts", "is later than ts");
    }

    private boolean place(EventDraft draft) {
        return letters(draft.market(), 2, "market")
            && text(draft.brand(), 1, MAX_BRAND_BYTES, "brand")
            && text(draft.gameId(), 1, EventText.CAPACITY, "game.id")
            && text(draft.gameProvider(), 1, EventText.CAPACITY, "game.provider")
            && text(draft.roundId(), 1, EventText.CAPACITY, "round.id")
            && (!draft.traceId().isPresent()
            || text(draft.traceId(), 0, EventText.CAPACITY, "trace_id"));
    }

    private boolean kinds(EventDraft draft) {
        if (draft.gameType() == EventDraft.NO_ENUM) {
            return refuse("game.type", "is missing");
        }
        return kind(draft.gameType(), 1, LAST_GAME_TYPE, "game.type")
            && kind(draft.eventType(), 1, LAST_EVENT_TYPE, "type")
            && kind(draft.roundStatus(), 1, LAST_ROUND_STATUS, "round.status")
            && kind(draft.devicePlatform(), 1, LAST_PLATFORM, "device.platform")
            && kind(draft.deviceAsn(), 1, LAST_ASN, "device.asn")
            && kind(draft.deviceHeadless(), 0, 1, "device.headless");
    }

    private boolean resolve(EventDraft draft) {
        if (draft.eventType() == EventDraft.NO_ENUM) {
            final int status = draft.roundStatus();
            if (status == EventDraft.NO_ENUM) {
                return refuse("type", "is missing, and round.status does not say it");
            }
            draft.eventType(status == RoundStatus.ENDED.value() ? EventType.ROUND_END.value()
                : status == RoundStatus.STARTED.value() ? EventType.BET.value()
                : EventType.ROLLBACK.value());
        }
        if (draft.deviceAsn() == EventDraft.NO_ENUM) {
            draft.deviceAsn(AsnCategory.UNKNOWN.value());
        }
        if (draft.deviceHeadless() == EventDraft.NO_ENUM) {
            draft.deviceHeadless(BooleanType.FALSE.value());
        }
        return true;
    }

    private boolean amounts(EventDraft draft) {
        final int type = draft.eventType();
        final long bet = draft.betAmountMinor();
        final EventText currency = draft.betCurrency();
        final boolean meant = type == EventType.SPIN.value() || type == EventType.BET.value()
            || type == EventType.ROUND_END.value() && currency.isPresent();
        if (bet == EventDraft.NO_VALUE && meant) {
            return refuse("bet.amount_minor", "is missing");
        }
        if (bet != EventDraft.NO_VALUE) {
            if (bet < 0 || bet > MAX_AMOUNT_MINOR) {
                return refuse("bet.amount_minor", "is not between 0 and 10^15");
            }
            if (!letters(currency, 3, "bet.currency")) {
                return false;
            }
        } else if (currency.isPresent() && !letters(currency, 3, "bet.currency")) {
            return false;
        }
        if (draft.winAmountMinor() == EventDraft.NO_VALUE) {
            draft.winAmountMinor(0);
        }
        if (draft.winAmountMinor() < 0 || draft.winAmountMinor() > MAX_AMOUNT_MINOR) {
            return refuse("win.amount_minor", "is not between 0 and 10^15");
        }
        return draft.winMultiplierE4() == EventDraft.NO_VALUE || draft.winMultiplierE4() >= 0
            || refuse("win.multiplier", "is negative");
    }

    private boolean kind(int value, int first, int last, String name) {
        return value == EventDraft.NO_ENUM || value >= first && value <= last
            || refuse(name, "is not one of the known values");
    }

    private boolean letters(EventText text, int count, String name) {
        if (!text.isPresent()) {
            return refuse(name, "is missing");
        }
        boolean good = text.length() == count;
        for (int i = 0; i < count && good; i++) {
            good = text.at(i) >= 'A' && text.at(i) <= 'Z';
        }
        return good || refuse(name, count == 2 ? "is not two letters A-Z"
            : "is not three letters A-Z");
    }

    private boolean text(EventText text, int least, int most, String name) {
        return length(text, least, most, name)
            && (Utf8.isValid(text.bytes(), 0, text.length()) || refuse(name, "is not UTF-8"));
    }

    private boolean length(EventText text, int least, int most, String name) {
        if (!text.isPresent()) {
            return refuse(name, "is missing");
        }
        return text.length() >= least && text.length() <= most
            || refuse(name, text.length() < least ? "is empty" : "is too long");
    }
}
