package io.laurel.gateway.json;

import io.laurel.gateway.event.EventDraft;
import io.laurel.gateway.event.EventText;
import io.laurel.gateway.event.EventValidator;
import io.laurel.gateway.event.Utf8;
import io.laurel.protocol.wire.BooleanType;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads one event from JSON (semantics 2) and checks it. Unknown fields are passed over, repeated
 * ones are refused wherever they stand; the whole text is looked at before anything is called
 * invalid, so text that is no JSON is always {@link Verdict#MALFORMED}. For one thread; reused.
 */
public final class EventJson {
    /** Longest text of one event, in bytes. */
    public static final int MAX_BYTES = 64 * 1024;
    /** Deepest nesting of objects and arrays. */
    public static final int MAX_DEPTH = 16;

    private static final JsonFactory FACTORY = JsonFactory.builder()
        .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH)
            .maxDocumentLength(MAX_BYTES).build()).build();
    private static final byte[] TOO_LONG = new byte[EventText.CAPACITY + 1];

    private final EventValidator validator = new EventValidator();
    private final SeenNames names = new SeenNames(MAX_DEPTH);
    private final byte[] scratch = new byte[EventText.CAPACITY * 3];
    private EventDraft draft;
    private JsonParser json;
    private long seen;
    private String field;
    private String message;

    /** What a text turned out to be. */
    public enum Verdict {
        /** An event; the draft holds its canonical content. */
        VALID,
        /** JSON, but no event: {@link #field()} and {@link #message()} say why. */
        INVALID,
        /** No JSON: {@link #message()} says where. */
        MALFORMED
    }

    /** Returns the path of the field that is wrong; empty where it is the whole. */
    public String field() {
        return field;
    }

    /** Returns what is wrong, without a word of what was sent; null where nothing is. */
    public String message() {
        return message;
    }

    /** Reads one event into a draft, which is cleared first. */
    public Verdict read(byte[] bytes, int offset, int length, EventDraft to) {
        draft = to.clear();
        seen = 0;
        field = "";
        message = null;
        if (length > MAX_BYTES) {
            message = "is longer than 64 KiB";
            return Verdict.INVALID;
        }
        if (!Utf8.isValid(bytes, offset, length) || looksLikeWideText(bytes, offset, length)) {
            message = "The text is not UTF-8.";
            return Verdict.MALFORMED;
        }
        try (JsonParser parser =
                 FACTORY.createParser(ObjectReadContext.empty(), bytes, offset, length)) {
            json = parser;
            readDocument();
        } catch (final StreamConstraintsException e) {
            refuse("", "is nested deeper than 16, or holds a name or number too long");
        } catch (final JacksonException e) {
            field = "";
            message = at(e);
            return Verdict.MALFORMED;
        }
        if (message == null && !validator.validate(draft)) {
            refuse(validator.field(), validator.message());
        }
        return message == null ? Verdict.VALID : Verdict.INVALID;
    }

    /** UTF-16 and UTF-32 would be recognised by the parser, but this is UTF-8 only. */
    private static boolean looksLikeWideText(byte[] bytes, int offset, int length) {
        for (int i = 0; i < Math.min(4, length); i++) {
            if (bytes[offset + i] == 0) {
                return true;
            }
        }
        return false;
    }

    private static String at(JacksonException e) {
        return e.getLocation() == null ? "The text is not JSON."
            : "The text is not JSON at column " + Math.max(1, e.getLocation().getColumnNr())
            + (e.getLocation().getLineNr() > 1 ? " of line " + e.getLocation().getLineNr() : "")
            + ".";
    }

    private void refuse(String path, String why) {
        if (message == null) {
            field = path;
            message = why;
        }
    }

    private void readDocument() {
        final JsonToken first = json.nextToken();
        if (first == null) {
            throw new StreamReadException(json, "empty");
        }
        if (first == JsonToken.START_OBJECT) {
            readObject(EventField.ROOT, 0);
        } else {
            refuse("", "is not an object");
            skip(0);
        }
        if (json.nextToken() != null) {
            throw new StreamReadException(json, "more than one value");
        }
    }

    private void readObject(Map<String, EventField> known, int depth) {
        names.enter(depth);
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            final String name = json.currentName();
            final EventField at = known.get(name);
            if (at == null) {
                repeated(!names.add(depth, name));
                json.nextToken();
                skip(depth + 1);
            } else {
                if ((seen & at.bit()) != 0) {
                    refuse(at.path(), "stands twice");
                }
                seen |= at.bit();
                json.nextToken();
                readField(at, depth);
            }
        }
    }

    private void repeated(boolean twice) {
        if (twice) {
            refuse("", "holds a field twice");
        }
    }

    /** Passes over a value of which nothing is wanted, and looks for repeated names in it. */
    private void skip(int depth) {
        if (json.currentToken() == JsonToken.START_OBJECT) {
            names.enter(depth);
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                repeated(!names.add(depth, json.currentName()));
                json.nextToken();
                skip(depth + 1);
            }
        } else if (json.currentToken() == JsonToken.START_ARRAY) {
            while (json.nextToken() != JsonToken.END_ARRAY) {
                skip(depth + 1);
            }
        }
    }

    private void readField(EventField at, int depth) {
        if (!at.children().isEmpty()) {
            if (json.currentToken() == JsonToken.START_OBJECT) {
                readObject(at.children(), depth + 1);
            } else {
                wrongType(at, "is not an object", depth);
            }
            return;
        }
        switch (at) {
            case BET_AMOUNT, WIN_AMOUNT -> amount(at, depth);
            case WIN_MULTIPLIER -> multiplier(at, depth);
            case DEVICE_HEADLESS -> truth(at, depth);
            default -> {
                if (json.currentToken() == JsonToken.VALUE_STRING) {
                    text(at);
                } else {
                    wrongType(at, "is not a string", depth);
                }
            }
        }
    }

    private void wrongType(EventField at, String why, int depth) {
        refuse(at.path(), why);
        skip(depth + 1);
    }

    private void amount(EventField at, int depth) {
        if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            wrongType(at, "is not a whole number", depth);
            return;
        }
        final boolean small = json.getStringLength() <= 18;
        final long value = small ? json.getLongValue() : -1;
        if (value < 0 || value > EventValidator.MAX_AMOUNT_MINOR) {
            refuse(at.path(), "is not between 0 and 10^15");
        } else if (at == EventField.BET_AMOUNT) {
            draft.betAmountMinor(value);
        } else {
            draft.winAmountMinor(value);
        }
    }

    private void multiplier(EventField at, int depth) {
        if (!json.currentToken().isNumeric()) {
            wrongType(at, "is not a number", depth);
        } else if (json.getStringLength() > Decimals.MAX_NUMBER_LENGTH) {
            refuse(at.path(), "has too many digits");
        } else {
            draft.winMultiplierE4(Decimals.multiplierE4(json.getString()));
        }
    }

    private void truth(EventField at, int depth) {
        if (json.currentToken().isBoolean()) {
            draft.deviceHeadless(json.getBooleanValue()
                ? BooleanType.TRUE.value() : BooleanType.FALSE.value());
        } else {
            wrongType(at, "is not true or false", depth);
        }
    }

    private void text(EventField at) {
        switch (at) {
            case EVENT_ID -> copy(at, draft.eventId());
            case USER_ID -> copy(at, draft.userId());
            case MARKET -> copy(at, draft.market());
            case BRAND -> copy(at, draft.brand());
            case TRACE_ID -> copy(at, draft.traceId());
            case GAME_ID -> copy(at, draft.gameId());
            case GAME_PROVIDER -> copy(at, draft.gameProvider());
            case BET_CURRENCY -> copy(at, draft.betCurrency());
            case ROUND_ID -> copy(at, draft.roundId());
            case TS -> draft.ts(time(at));
            case ROUND_STARTED -> draft.roundStartedTs(time(at));
            case TYPE -> draft.eventType(kind(EventField.EVENT_TYPES));
            case GAME_TYPE -> draft.gameType(kind(EventField.GAME_TYPES));
            case ROUND_STATUS -> draft.roundStatus(kind(EventField.STATUSES));
            case DEVICE_PLATFORM -> draft.devicePlatform(kind(EventField.PLATFORMS));
            case DEVICE_ASN -> draft.deviceAsn(kind(EventField.ASN_CATEGORIES));
            default -> throw new IllegalStateException("not a text: " + at);
        }
    }

    private int kind(Map<String, Integer> kinds) {
        return kinds.getOrDefault(json.getString(), EventDraft.UNKNOWN_ENUM);
    }

    private long time(EventField at) {
        final long value = Timestamps.parse(json.getString());
        if (value == Timestamps.INVALID) {
            refuse(at.path(), "is not an RFC 3339 timestamp with an offset");
        }
        return value;
    }

    private void copy(EventField at, EventText to) {
        final int chars = json.getStringLength();
        if (chars > EventText.CAPACITY) {
            to.set(TOO_LONG, 0, TOO_LONG.length);
            return;
        }
        final int length =
            Utf8.encode(json.getStringCharacters(), json.getStringOffset(), chars, scratch);
        if (length < 0) {
            refuse(at.path(), "holds half a surrogate pair");
        } else {
            to.set(scratch, 0, length);
        }
    }
}
