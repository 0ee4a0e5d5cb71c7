package io.laurel.engine.reference;

/**
 * A game event as semantics 2 has it: valid, in lower-case words, null where a field is absent.
 *
 * @param eventId identity within its source
 * @param type spin, bet, win, round_end or rollback; null where the status says it
 * @param ts ns since the Unix epoch
 * @param userId player
 * @param market ISO 3166-1 alpha-2
 * @param brand of the operator
 * @param gameId game
 * @param provider maker of the game
 * @param gameType slot, table, live, crash, bingo, lottery, sport or other
 * @param betAmountMinor minor units
 * @param betCurrency ISO 4217
 * @param winAmountMinor minor units of the bet's currency
 * @param winMultiplierE4 multiplier x 10^4
 * @param roundId round
 * @param roundStatus started, ended or void
 * @param roundStartedTs ns since the Unix epoch
 * @param platform web, mobile, desktop, app or other
 * @param asn category of the network
 * @param headless a browser without a screen
 * @param traceId not part of the content
 */
public record Event(String eventId, String type, long ts, String userId, String market,
    String brand, String gameId, String provider, String gameType, Long betAmountMinor,
    String betCurrency, Long winAmountMinor, Long winMultiplierE4, String roundId,
    String roundStatus, Long roundStartedTs, String platform, String asn, Boolean headless,
    String traceId) {

    /** Returns what the event is, from the status where the type is absent. */
    public String kind() {
        if (type != null) {
            return type;
        }
        return switch (roundStatus) {
            case "started" -> "bet";
            case "ended" -> "round_end";
            case "void" -> "rollback";
            default -> throw new IllegalArgumentException("no such status: " + roundStatus);
        };
    }

    /** Returns everything that a resend must repeat: all but the trace. */
    public Event content() {
        return withTrace(null);
    }

    /** Returns the same event under another trace. */
    public Event withTrace(String trace) {
        return new Event(eventId, type, ts, userId, market, brand, gameId, provider, gameType,
            betAmountMinor, betCurrency, winAmountMinor, winMultiplierE4, roundId, roundStatus,
            roundStartedTs, platform, asn, headless, trace);
    }

    /** Returns other content at another time under the same id. */
    public Event withTs(long otherTs) {
        return new Event(eventId, type, otherTs, userId, market, brand, gameId, provider,
            gameType, betAmountMinor, betCurrency, winAmountMinor, winMultiplierE4, roundId,
            roundStatus, null, platform, asn, headless, traceId);
    }

    /** Returns other content with another win under the same id. */
    public Event withWin(Long win) {
        return new Event(eventId, type, ts, userId, market, brand, gameId, provider, gameType,
            betAmountMinor, betCurrency, win, winMultiplierE4, roundId, roundStatus,
            roundStartedTs, platform, asn, headless, traceId);
    }
}
