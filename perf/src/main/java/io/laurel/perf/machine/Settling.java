package io.laurel.perf.machine;

import java.util.ArrayList;
import java.util.List;

/**
 * Warms processes up: repeats work until the compilers of all of them have been quiet for four
 * steps. What a process does in the first seconds of its life says nothing of its years.
 */
public final class Settling {
    /** Of one core: what compilers may still take where a process counts as warm. */
    private static final double QUIET = 0.015;
    private static final int QUIET_STEPS = 4;
    private static final String COMPILERS = "C[12] Compiler.*";

    private final long[] processes;

    /** Watches processes by their numbers. */
    public Settling(long... processes) {
        this.processes = processes;
    }

    /**
     * Work for a number of seconds.
     *
     * @param <E> how it fails
     */
    @FunctionalInterface
    public interface Step<E extends Exception> {
        /** Does it. */
        void run(double seconds) throws E;
    }

    /**
     * Repeats steps of work.
     *
     * @param mostSeconds goes on no longer than this
     * @return how many seconds of work it took
     */
    public <E extends Exception> double await(double stepSeconds, double mostSeconds,
        Step<E> work) throws E {
        final double step = Math.min(stepSeconds, mostSeconds);
        double done = 0;
        for (int quiet = 0; quiet < QUIET_STEPS && done < mostSeconds; done += step) {
            final List<ThreadTimes> before = times();
            work.run(step);
            final List<ThreadTimes> after = times();
            double compiled = 0;
            for (int i = 0; i < processes.length; i++) {
                compiled += after.get(i).secondsSince(before.get(i), COMPILERS);
            }
            quiet = compiled < QUIET * step ? quiet + 1 : 0;
        }
        return done;
    }

    private List<ThreadTimes> times() {
        final List<ThreadTimes> times = new ArrayList<>();
        for (final long process : processes) {
            times.add(new ThreadTimes(process));
        }
        return times;
    }
}
