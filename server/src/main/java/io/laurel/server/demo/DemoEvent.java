package io.laurel.server.demo;

import java.time.Instant;

/**
 * One event of a made-up round.
 *
 * @param id of the event
 * @param type spin, bet, win or round_end
 * @param tsNs when it happened, ns since the Unix epoch
 * @param player who plays
 * @param game what is played
 * @param betMinor minor units; negative = no bet in this part
 * @param winMinor minor units; negative = no win in this part
 * @param multiplierE4 of the win x 10^4; negative = not told
 * @param roundId of the round
 */
record DemoEvent(String id, String type, long tsNs, DemoPlayer player, DemoGame game,
    long betMinor, long winMinor, long multiplierE4, String roundId) {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** A game with its provider. */
    record DemoGame(String id, String provider, String type) {
    }

    /** What stays the same of a player. */
    record DemoPlayer(String id, String market, String currency, String brand, String platform,
        String asn, boolean headless) {
    }

    /** Returns the same event at another time. */
    DemoEvent movedTo(long otherTsNs) {
        return new DemoEvent(id, type, otherTsNs, player, game, betMinor, winMinor, multiplierE4,
            roundId);
    }

    /** Returns the event in one line of JSON. */
    String toJson() {
        final StringBuilder json = new StringBuilder(384);
        json.append("{\"event_id\":\"").append(id).append("\",\"type\":\"").append(type)
            .append("\",\"ts\":\"").append(Instant.ofEpochSecond(
                Math.floorDiv(tsNs, NANOS_PER_SECOND), Math.floorMod(tsNs, NANOS_PER_SECOND)))
            .append("\",\"user_id\":\"").append(player.id).append("\",\"market\":\"")
            .append(player.market).append("\",\"brand\":\"").append(player.brand)
            .append("\",\"game\":{\"id\":\"").append(game.id).append("\",\"provider\":\"")
            .append(game.provider).append("\",\"type\":\"").append(game.type).append("\"}");
        if (betMinor >= 0) {
            json.append(",\"bet\":{\"amount_minor\":").append(betMinor).append(",\"currency\":\"")
                .append(player.currency).append("\"}");
        }
        if (winMinor >= 0) {
            json.append(",\"win\":{\"amount_minor\":").append(winMinor);
            if (multiplierE4 >= 0) {
                json.append(",\"multiplier\":").append(multiplierE4 / 10_000).append('.')
                    .append(Long.toString(10_000 + multiplierE4 % 10_000), 1, 5);
            }
            json.append('}');
        }
        json.append(",\"round\":{\"id\":\"").append(roundId)
            .append("\"},\"device\":{\"platform\":\"").append(player.platform)
            .append("\",\"asn\":\"").append(player.asn).append('"');
        if (player.headless) {
            json.append(",\"headless\":true");
        }
        return json.append("}}").toString();
    }
}
