package io.laurel.perf.wire;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Looks at one player's place on a board over HTTP, every two milliseconds, on a thread of its
 * own. The player plays every so many events; a round is visible when an answer that counts it has
 * arrived.
 */
final class BoardWatch implements AutoCloseable {
    private static final long PERIOD_NS = 2_000_000;
    private static final long LONGEST_NS = 120_000_000_000L;

    private final Socket socket;
    private final DataInputStream in;
    private final byte[] request;
    private final Histogram histogram = new Histogram(LONGEST_NS, 3);
    private volatile boolean stopped;
    private volatile String failure;
    private long seen;

    BoardWatch(String hostAndPort, String contest, String user) throws IOException {
        final String[] parts = hostAndPort.split(":");
        socket = new Socket(parts[0], Integer.parseInt(parts[1]));
        socket.setTcpNoDelay(true);
        in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream()));
        request = ("GET /v1/leaderboards/" + contest + "?top=0&me=" + user
            + " HTTP/1.1\r\nHost: " + parts[0] + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        seen = look();
    }

    /** Returns how many rounds of the player are visible. */
    private long look() throws IOException {
        socket.getOutputStream().write(request);
        int length = 0;
        String line = line();
        while (!line.isEmpty()) {
            if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Integer.parseInt(line.substring(15).strip());
            }
            line = line();
        }
        final String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        final int at = body.indexOf("\"rounds\":", Math.max(0, body.indexOf("\"me\":{")));
        if (at < 0) {
            return 0;
        }
        int end = at + 9;
        while (Character.isDigit(body.charAt(end))) {
            end++;
        }
        return Long.parseLong(body, at + 9, end, 10);
    }

    private String line() throws IOException {
        final StringBuilder line = new StringBuilder();
        int next = in.read();
        while (next != '\n') {
            if (next < 0) {
                throw new IOException("the node has closed the connection");
            }
            if (next != '\r') {
                line.append((char) next);
            }
            next = in.read();
        }
        return line.toString();
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
        socket.close();
    }
}
