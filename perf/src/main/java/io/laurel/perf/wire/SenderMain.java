package io.laurel.perf.wire;

import io.laurel.journal.BackgroundThread;
import io.laurel.journal.ThreadCores;
import io.laurel.perf.load.Distribution;
import io.laurel.perf.load.PlayerChoice;
import io.laurel.perf.load.RoundWriter;
import io.laurel.perf.load.Rounds;
import io.laurel.perf.machine.Figures;
import io.laurel.perf.proc.ChildLoop;
import io.laurel.protocol.wire.AckLevel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * The process that sends: takes {@code preload}, {@code saturate WARM SECONDS}, {@code count
 * ROUNDS}, {@code rate PER_S WARM SECONDS} and {@code visible PER_S SECONDS HTTP CONTEST} from
 * its input.
 */
public final class SenderMain {
    /** In the answer to {@code rate}: all latencies, in a word. */
    static final String HISTOGRAM = "histogram";

    private static final long PRELOAD_SPAN_NS = 14 * 60_000_000_000L;
    private static final int GROUP = 512;
    private static final long MOST_WAIT_MS = 60_000;
    private static final int LOOKS_PER_SECOND = 100;
    private static final long START_NS = 1_000_000;

    private final Session session;
    private final Frames frames;
    private final long players;
    private final long flushNs;
    private final PlayerChoice choice;
    private final long seed;
    private Rounds rounds;

    private SenderMain(String address, AckLevel level, long players, Distribution distribution,
        long seed, long flushNs) throws IOException {
        final String[] parts = address.split(":");
        session = new Session(new InetSocketAddress(parts[0], Integer.parseInt(parts[1])), level,
            seed << 20 | System.currentTimeMillis() & 0xF_FFFF);
        frames = session.frames();
        this.players = players;
        this.seed = seed;
        this.flushNs = flushNs;
        choice = distribution.among(players);
        rounds = new Rounds(seed, choice, 1);
    }

    /**
     * Arguments: address, ack level, players, distribution, seed, shortest pause in us, core to
     * keep off.
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        TimerSlack.shorten();
        // those of a node are lowered, too: this is not what is measured
        BackgroundThread.lowerCompilers();
        final int engineCore = Integer.parseInt(arguments[6]);
        if (engineCore != Line.ANY_CORE) {
            ThreadCores.keepOff(engineCore);
        }
        final SenderMain sender = new SenderMain(arguments[0],
            AckLevel.valueOf(arguments[1].toUpperCase(Locale.ROOT)),
            Long.parseLong(arguments[2]),
            Distribution.valueOf(arguments[3].toUpperCase(Locale.ROOT)),
            Long.parseLong(arguments[4]), Long.parseLong(arguments[5]) * 1_000);
        ChildLoop.run(sender::work, sender::heartbeat);
        sender.session.close();
    }

    private void heartbeat() throws IOException {
        frames.heartbeat(session.sent() + 1);
        frames.flush();
    }

    private Map<String, Object> work(String[] words) throws Exception {
        final Map<String, Object> answer = switch (words[0]) {
            case "preload" -> preload();
            case "saturate" -> saturate(number(words[1]), number(words[2]));
            case "count" -> count(Long.parseLong(words[1]));
            case "rate" -> rate(number(words[1]), number(words[2]), number(words[3]));
            case "visible" ->
                visible(number(words[1]), number(words[2]), words[3], words[4]);
            default -> throw new IOException("unknown command");
        };
        if (session.outcomes() > 0) {
            throw new IOException(session.outcomes() + " rounds were not plainly accepted");
        }
        return answer;
    }

    private static double number(String word) {
        return Double.parseDouble(word);
    }

    private static long wallNs() {
        return System.currentTimeMillis() * 1_000_000;
    }

    private Map<String, Object> preload() throws IOException {
        final long[] next = new long[1];
        final Rounds each = new Rounds(seed, mix -> next[0]++, 1);
        final double step = (double) PRELOAD_SPAN_NS / players;
        final long begun = wallNs() - PRELOAD_SPAN_NS;
        final long beginNs = System.nanoTime();
        long done = 0;
        while (done < players) {
            final long count = Math.min(Math.min(session.room(), GROUP), players - done);
            for (long i = 0; i < count; i++) {
                each.next();
                frames.event(each, each.player(), begun + (long) (done++ * step),
                    session.nextSeqNo());
            }
            sendOrWait(count);
        }
        session.awaitAll(MOST_WAIT_MS);
        rounds = new Rounds(seed + 1, choice, players + 1);
        return Map.of("rounds", players, "seconds",
            Figures.round((System.nanoTime() - beginNs) / 1e9, 2));
    }

    private void sendOrWait(long count) throws IOException {
        if (count > 0) {
            frames.flush();
        } else {
            session.awaitRoom();
        }
    }

    private Map<String, Object> saturate(double warm, double seconds) throws IOException {
        fill(System.nanoTime() + (long) (warm * 1e9));
        final long from = session.acked();
        final long begun = System.nanoTime();
        fill(begun + (long) (seconds * 1e9));
        // where a moment was too short for a single acknowledgement, it lasts until there is one
        while (session.acked() == from) {
            send(Long.MAX_VALUE);
        }
        final long count = session.acked() - from;
        final long took = System.nanoTime() - begun;
        session.awaitAll(MOST_WAIT_MS);
        final Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("rounds", count);
        answer.put("rounds_per_s", Math.round(count * 1e9 / took));
        answer.put("event_bytes", frames.eventBytes());
        return answer;
    }

    /** Sends so many rounds, and waits until the last is acknowledged. */
    private Map<String, Object> count(long rounds) throws IOException {
        final long begun = System.nanoTime();
        for (long left = rounds; left > 0;) {
            left -= send(left);
        }
        session.awaitAll(MOST_WAIT_MS);
        return Map.of("rounds", rounds, "rounds_per_s",
            Math.round(rounds * 1e9 / (System.nanoTime() - begun)));
    }

    private void fill(long untilNs) throws IOException {
        while (System.nanoTime() < untilNs) {
            send(Long.MAX_VALUE);
        }
    }

    /** Sends what the window allows, or waits a little where it is closed. */
    private long send(long most) throws IOException {
        final long count = Math.min(Math.min(session.room(), GROUP), most);
        final long ts = wallNs();
        for (long i = 0; i < count; i++) {
            rounds.next();
            frames.event(rounds, rounds.player(), ts, session.nextSeqNo());
        }
        sendOrWait(count);
        return Math.max(0, count);
    }

    private Map<String, Object> rate(double perSecond, double warm, double seconds)
        throws IOException {
        final long count = Math.max(1, (long) (perSecond * (warm + seconds)));
        final Latencies latencies = new Latencies(session.sent() + 1,
            System.nanoTime() + START_NS, 1e9 / perSecond,
            Math.min(count - 1, (long) (perSecond * warm)), count);
        session.listen(latencies);
        final long took = pace(latencies, count, Long.MAX_VALUE);
        session.listen(AckListener.NONE);
        final Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("target", Math.round(perSecond));
        answer.put("rounds", count);
        answer.put("achieved", Math.round(count * 1e9 / took));
        answer.putAll(Latencies.json("", latencies.histogram()));
        answer.put(HISTOGRAM, Latencies.encode(latencies.histogram()));
        return answer;
    }

    private Map<String, Object> visible(double perSecond, double seconds, String http,
        String contest) throws IOException, InterruptedException {
        final long count = (long) (perSecond * seconds);
        final long every = Math.max(1, (long) (perSecond / LOOKS_PER_SECOND));
        try (BoardWatch watch = new BoardWatch(http, contest, RoundWriter.user(players))) {
            final Latencies schedule = new Latencies(session.sent() + 1,
                System.nanoTime() + START_NS, 1e9 / perSecond, count, count);
            final long first = session.sent() + 1;
            final Thread thread =
                watch.start(k -> schedule.intendedNs(first + (k + 1) * every - 1));
            pace(schedule, count, every);
            LockSupport.parkNanos(10 * START_NS);
            watch.stop(thread);
            final Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("visible_rounds", watch.histogram().getTotalCount());
            answer.putAll(Latencies.json("visible_", watch.histogram()));
            return answer;
        }
    }

    /** Sends each event at its time, or as soon after it as can be; returns how long it took. */
    private long pace(Latencies schedule, long count, long watchedEvery) throws IOException {
        final long first = session.sent() + 1;
        final long begun = schedule.intendedNs(first);
        long done = 0;
        long notBefore = begun;
        while (done < count) {
            final long now = System.nanoTime();
            final long waitNs = Math.max(schedule.intendedNs(first + done), notBefore) - now;
            if (waitNs > 0) {
                LockSupport.parkNanos(waitNs);
                continue;
            }
            final long most = Math.min(GROUP, Math.min(count - done, session.room()));
            final long ts = wallNs();
            long sent = 0;
            while (sent < most && schedule.intendedNs(first + done) <= now) {
                rounds.next();
                frames.event(rounds, (done + 1) % watchedEvery == 0 ? players : rounds.player(),
                    ts, session.nextSeqNo());
                done++;
                sent++;
            }
            sendOrWait(sent);
            // also where a write takes longer than an event: each would be one of its own
            notBefore = System.nanoTime() + flushNs;
        }
        session.awaitAll(MOST_WAIT_MS);
        return System.nanoTime() - begun;
    }
}
