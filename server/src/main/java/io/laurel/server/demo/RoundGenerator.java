package io.laurel.server.demo;

import java.util.Comparator;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * Made-up play of one hour that looks like the real thing: players come and go, pause, keep to a
 * few games; bets and multipliers have heavy tails; rounds come whole or in parts; the network
 * reorders a little, senders repeat themselves, a few events are late or broken. The same seed
 * gives the same lines. The order is that of delivery.
 */
public final class RoundGenerator implements Iterator<RoundGenerator.Line> {
    /** Start of the hour: 2025-10-25T18:00Z, ns since the Unix epoch. */
    public static final long START_NS = 1_761_415_200_000_000_000L;
    /** Length of the hour in ns. */
    public static final long LENGTH_NS = 3_600_000_000_000L;

    private static final long SECOND_NS = 1_000_000_000L;
    private static final double RESEND_CHANCE = 0.01;
    private static final double LATE_CHANCE = 0.0004;
    private static final double BROKEN_CHANCE = 0.0002;
    private static final double CONFLICT_CHANCE = 0.0002;

    private final PriorityQueue<PlayerSession> players =
        new PriorityQueue<>(Comparator.comparingLong(PlayerSession::nextNs));
    private final PriorityQueue<Line> pending =
        new PriorityQueue<>(Comparator.comparingLong(Line::deliveryNs)
            .thenComparingLong(Line::number));
    private final SplittableRandom network;
    private final String prefix;
    private long lines;
    private long events;
    private long rounds;

    /**
     * One event on its way.
     *
     * @param deliveryNs when it reaches the node, in the time of the events
     * @param number counts lines from 1 on
     * @param json the event
     * @param repeated whether the same event was delivered before
     */
    public record Line(long deliveryNs, long number, String json, boolean repeated) {
    }

    /**
     * Begins a play.
     *
     * @param seed of everything
     * @param players how many take part
     */
    public RoundGenerator(long seed, int players) {
        final SplittableRandom random = new SplittableRandom(seed);
        network = random.split();
        prefix = Long.toString(seed & 0xFFFF_FFFFL, 36);
        for (int i = 0; i < players; i++) {
            this.players.add(new PlayerSession(random.split(), i));
        }
    }

    /** Returns how many rounds have been begun so far. */
    public long rounds() {
        return rounds;
    }

    @Override
    public boolean hasNext() {
        while (!players.isEmpty()
            && (pending.isEmpty() || pending.peek().deliveryNs >= players.peek().nextNs())) {
            play(players.poll());
        }
        return !pending.isEmpty();
    }

    @Override
    public Line next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return pending.poll();
    }

    private void play(PlayerSession player) {
        if (player.nextNs() >= START_NS + LENGTH_NS) {
            return;
        }
        rounds++;
        for (final DemoEvent part : player.playRound("r_" + prefix + "_" + rounds,
            () -> "e_" + prefix + "_" + ++events)) {
            deliver(part);
        }
        players.add(player);
    }

    private void deliver(DemoEvent event) {
        final String json = event.toJson();
        final double fate = network.nextDouble();
        long deliveryNs = event.tsNs() + network.nextLong(SECOND_NS / 5);
        if (fate < LATE_CHANCE) {
            deliveryNs += network.nextLong(16 * 60 * SECOND_NS, 25 * 60 * SECOND_NS);
        }
        if (fate > 1 - BROKEN_CHANCE) {
            add(deliveryNs, json.replace("\"market\":\"", "\"market\":\"?"), false);
            return;
        }
        add(deliveryNs, json, false);
        if (network.nextDouble() < RESEND_CHANCE) {
            add(deliveryNs + network.nextLong(SECOND_NS / 10, 20 * SECOND_NS), json, true);
        }
        if (network.nextDouble() < CONFLICT_CHANCE) {
            add(deliveryNs + SECOND_NS, event.movedTo(event.tsNs() + 1).toJson(), true);
        }
    }

    private void add(long deliveryNs, String json, boolean repeated) {
        pending.add(new Line(deliveryNs, ++lines, json, repeated));
    }
}
