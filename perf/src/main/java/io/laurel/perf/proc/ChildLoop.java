package io.laurel.perf.proc;

import io.laurel.perf.machine.JsonText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The child's side: takes commands until its input ends. */
public final class ChildLoop {
    private static final long IDLE_SECONDS = 2;
    private static final String END = "";

    private ChildLoop() {
    }

    /** Does what a command says. */
    @FunctionalInterface
    public interface Worker {
        /** Returns the answer. */
        Map<String, Object> work(String[] words) throws Exception;
    }

    /** Something to do every few seconds while nothing is asked. */
    @FunctionalInterface
    public interface Idler {
        /** Does it. */
        void idle() throws IOException;
    }

    /** Runs on the caller's thread until the input ends. */
    public static void run(Worker worker, Idler idler) throws IOException, InterruptedException {
        final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        final Thread reader = new Thread(() -> read(lines), "commands");
        reader.setDaemon(true);
        reader.start();
        while (true) {
            final String line = lines.poll(IDLE_SECONDS, TimeUnit.SECONDS);
            if (line == null) {
                idler.idle();
            } else if (line.equals(END)) {
                return;
            } else {
                System.out.println(JsonText.of(answer(worker, line.split(" "))));
            }
        }
    }

    private static Map<String, Object> answer(Worker worker, String[] words) {
        try {
            return worker.work(words);
        } catch (Exception e) {
            return Map.of("error", e.toString());
        }
    }

    private static void read(BlockingQueue<String> to) {
        try (BufferedReader in = new BufferedReader(
            new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            in.lines().filter(line -> !line.isEmpty()).forEach(to::add);
        } catch (IOException e) {
            System.err.println("commands: " + e);
        } finally {
            to.add(END);
        }
    }
}
