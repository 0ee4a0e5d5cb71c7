package io.laurel.gateway.http;

import io.laurel.engine.query.BoardPage;
import io.laurel.engine.query.BoardRequest;
import io.laurel.engine.query.BoardRow;
import io.laurel.gateway.json.Decimals;
import io.laurel.gateway.json.JsonWriter;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A board as JSON, and its tag. The tag covers everything but the sequence, so a board that nobody
 * has changed keeps it while the log goes on; that is what a weak tag means.
 */
public final class BoardJson {
    private static final String MASK = "***";
    private static final int SHOWN_CHARACTERS = 2;
    private static final int TAG_BYTES = 16;

    private final BoardRequest wanted;
    private final boolean fullIds;
    private final int scale;
    private final long entries;
    private final byte[] bytes;
    private final String etag;

    /**
     * Writes a page.
     *
     * @param fullIds whether everybody is shown by id; else only those who were asked for
     */
    public BoardJson(BoardPage page, BoardRequest wanted, boolean fullIds) {
        this.wanted = wanted;
        this.fullIds = fullIds;
        scale = page.scoreScale();
        entries = page.entries();
        final JsonWriter json = new JsonWriter().object().field("contest", page.contest())
            .fieldIfAny("partition", wanted.partition())
            .field("status", page.frozen() ? "frozen" : page.state().token());
        final int before = json.length();
        json.field("sequence", page.sequence());
        final int after = json.length();
        json.field("entries", entries);
        rows(json, "top", page.top());
        if (!wanted.me().isEmpty()) {
            if (wanted.around() > 0) {
                rows(json, "around", page.around());
            }
            me(json, page.me());
        }
        bytes = json.endObject().bytes();
        etag = tag(before, after);
    }

    /** Returns the JSON in UTF-8. */
    public byte[] bytes() {
        return bytes;
    }

    String etag() {
        return etag;
    }

    private String tag(int before, int after) {
        try {
            final MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(bytes, 0, before);
            sha256.update(bytes, after, bytes.length - after);
            return "W/\"" + HexFormat.of().formatHex(sha256.digest(), 0, TAG_BYTES) + "\"";
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private void rows(JsonWriter json, String name, List<BoardRow> rows) {
        json.array(name);
        for (final BoardRow row : rows) {
            row(json.object(), row);
            json.endObject();
        }
        json.endArray();
    }

    private void row(JsonWriter json, BoardRow row) {
        json.field("pos", row.position()).field("user", shown(row))
            .decimal("score", Decimals.score(row.score(), scale))
            .decimal("multiplier", Decimals.multiplier(row.multiplierE4()))
            .field("rounds", row.rounds());
        if (row.rebuilding()) {
            json.field("rebuilding", true);
        }
    }

    private void me(JsonWriter json, BoardRow me) {
        if (me == null) {
            json.nothing("me");
            return;
        }
        row(json.object("me"), me);
        json.decimal("delta", Decimals.score(me.delta(), scale))
            .decimal("to_next", Decimals.score(me.toNext(), scale))
            .decimal("percentile", Decimals.percentile(entries, me.position()));
        json.endObject();
    }

    private String shown(BoardRow row) {
        if (fullIds || row.user().equals(wanted.me()) || wanted.users().contains(row.user())) {
            return row.user();
        }
        if (!row.alias().isEmpty()) {
            return row.alias();
        }
        final String id = row.user();
        final int end = id.codePointCount(0, id.length()) <= SHOWN_CHARACTERS ? id.length()
            : id.offsetByCodePoints(0, SHOWN_CHARACTERS);
        return id.substring(0, end) + MASK;
    }
}
