package io.laurel.gateway.http;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** The forms of ids that may go into the log or be looked up. */
final class Ids {
    /** What is wrong where {@link #isPlayer} is false. */
    static final String PLAYER_RULE = "Must be 1 to 64 bytes without control characters.";

    private static final int MAX_BYTES = 64;
    /** An id of a document, and behind it the start of an instance. */
    private static final Pattern CONTEST =
        Pattern.compile("[a-z0-9_.-]{1,64}(@[0-9TZ:.+-]{1,40})?");

    private Ids() {
    }

    static boolean isPlayer(String id) {
        return !id.isEmpty() && id.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES
            && id.codePoints().noneMatch(Character::isISOControl);
    }

    static boolean isContest(String id) {
        return CONTEST.matcher(id).matches();
    }
}
