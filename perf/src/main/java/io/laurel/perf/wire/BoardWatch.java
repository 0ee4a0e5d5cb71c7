package io.laurel.perf.wire;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Looks at one player's place on a board over HTTP, every two milliseconds, on a thread of its
 * own. The player plays every so many events; a round is visible when an answer that counts it has
 * arrived.
 */
final class BoardWatch implements AutoCloseable {
    private static final long PERIOD_NS = 2_000_000;
    private static final String ROUNDS = "\"rounds\":";
    private static final long LONGEST_NS = 120_000_000_000L;

    private final HttpBoard board;
    private final String query;
    private final Histogram histogram = new Histogram(LONGEST_NS, 3);
    private volatile boolean stopped;
    private volatile String failure;
    private long seen;

    BoardWatch(String hostAndPort, String contest, String user) throws IOException {
        board = new HttpBoard(hostAndPort, contest);
        query = "top=0&me=" + user;
        seen = look();
    }

    /** Returns how many rounds of the player are visible. */
    private long look() throws IOException {
        final String body = board.get(query);
        final int at = body.indexOf(ROUNDS, Math.max(0, body.indexOf("\"me\":{")));
        if (at < 0) {
            return 0;
        }
        int end = at + ROUNDS.length();
        while (Character.isDigit(body.charAt(end))) {
            end++;
        }
        return Long.parseLong(body, at + ROUNDS.length(), end, 10);
    }

    /** Begins to look; the k-th round from now on should leave at {@code when.at(k)}. */
    Thread start(Schedule when) {
        final Thread thread = new Thread(() -> run(when), "board");
        thread.start();
        return thread;
    }

    /** When the k-th round of the player should leave, k from 0 on. */
    @FunctionalInterface
    interface Schedule {
        /** Returns a time of {@link System#nanoTime}. */
        long at(long k);
    }

    private void run(Schedule when) {
        TimerSlack.shorten();
        final long first = seen;
        try {
            while (!stopped) {
                final long rounds = look();
                final long now = System.nanoTime();
                for (; seen < rounds; seen++) {
                    histogram.recordValue(
                        Math.min(LONGEST_NS, Math.max(0, now - when.at(seen - first))));
                }
                LockSupport.parkNanos(PERIOD_NS);
            }
        } catch (IOException e) {
            failure = e.toString();
        }
    }

    /** Stops looking. */
    void stop(Thread thread) throws IOException, InterruptedException {
        stopped = true;
        thread.join();
        if (failure != null) {
            throw new IOException(failure);
        }
    }

    Histogram histogram() {
        return histogram;
    }

    @Override
    public void close() throws IOException {
        board.close();
    }
}
