package io.laurel.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps the compilers of the Java platform out of the way of rounds, where there is more than one
 * core; Linux only. A node that has just begun keeps them busy for a minute, and later whatever it
 * does for the first time.
 *
 * <p>With {@code nice} 10 a compiler gets a tenth of a core that others want too. But a thread that
 * wakes does not always get the core from it at once, as the kernel has it since 6.12: often it
 * waits for 1 to 3 ms. So a compiler stands aside, as {@code SCHED_IDLE}, which always gives way;
 * and since it would then get nothing at all of a core that is never idle, and code would stay slow
 * for good, it takes turns again for as long as it has work and gets nothing done. That takes a
 * process that may leave {@code SCHED_IDLE} again; elsewhere {@code nice} has to do.
 */
public final class CompilerThreads implements AutoCloseable {
    /** Names as the system cuts them off. */
    static final String NAMES = "(?s)C[12] Compiler.*";

    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(100);
    /** The platform begins further compilers where there are many cores; once a minute will do. */
    private static final int LOOKS_PER_SEARCH = 600;

    private final Thread thread = new Thread(this::run, "laurel-compiler");
    private final List<Compiler> compilers = new ArrayList<>();
    private volatile boolean closed;

    /** Lowers the compilers of this process, and goes on looking after them until closed. */
    public CompilerThreads() {
        if (Runtime.getRuntime().availableProcessors() > 1) {
            search(task -> BackgroundThread.lower(id(task)));
            thread.setDaemon(true);
            thread.start();
        }
    }

    private interface Found {
        void at(Path task) throws IOException;
    }

    private static void search(Found found) {
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(BackgroundThread.TASKS)) {
            for (final Path task : tasks) {
                if (Files.readString(task.resolve("comm")).matches(NAMES)) {
                    found.at(task);
                }
            }
        } catch (IOException e) {
            // a thread has ended meanwhile, or nobody says which there are: they stay as they are
        }
    }

    private static int id(Path task) {
        return Integer.parseInt(task.getFileName().toString());
    }

    private void run() {
        if (!mayComeBack()) {
            return;
        }
        try {
            for (int looks = 0; !closed; looks++) {
                if (looks % LOOKS_PER_SEARCH == 0) {
                    search(this::watch);
                }
                compilers.removeIf(compiler -> !compiler.look());
                LockSupport.parkNanos(this, LOOK_NS);
            }
        } finally {
            // nobody would see any more that one of them gets nothing done
            compilers.forEach(Compiler::leave);
        }
    }

    /** Tries it with this thread: not everybody may. */
    private static boolean mayComeBack() {
        final SchedAttr own = SchedAttr.of(SchedAttr.CALLER);
        return own != null && own.policy() == SchedAttr.OTHER
            && own.nice(BackgroundThread.NICE).set()
            && own.policy(SchedAttr.IDLE).set() && own.policy(SchedAttr.OTHER).set();
    }

    private void watch(Path task) throws IOException {
        final int id = id(task);
        final SchedAttr attr = SchedAttr.of(id);
        // one that the operator has given another policy stays as it is
        if (attr != null && (attr.policy() == SchedAttr.OTHER || attr.policy() == SchedAttr.IDLE)
            && compilers.stream().noneMatch(compiler -> compiler.id == id)) {
            BackgroundThread.lower(id);
            compilers.add(new Compiler(id, attr.nice(BackgroundThread.NICE),
                FileChannel.open(task.resolve("stat"))));
        }
    }

    /** Has all of them take turns again, and waits for that. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One of them. To look at it leaves no garbage. */
    private static final class Compiler {
        private final int id;
        private final SchedAttr attr;
        private final FileChannel stat;
        private final ByteBuffer line = ByteBuffer.allocateDirect(1_024);
        private final Turns turns = new Turns();

        Compiler(int id, SchedAttr attr, FileChannel stat) {
            this.id = id;
            this.attr = attr;
            this.stat = stat;
        }

        /** Has it stand aside, or not; returns whether it is still there. */
        boolean look() {
            try {
                stat.read(line.clear(), 0);
                follow(turns.standsAside(line.flip()) ? SchedAttr.IDLE : SchedAttr.OTHER);
                return true;
            } catch (IOException e) {
                leave();
                return false;
            }
        }

        private void follow(int policy) {
            if (attr.policy() != policy) {
                attr.policy(policy).set();
            }
        }

        private void leave() {
            follow(SchedAttr.OTHER);
            try {
                stat.close();
            } catch (IOException e) {
                // it was only read
            }
        }
    }

    /** Whether a thread stands aside, from what {@code /proc/…/stat} tells of it now and then. */
    static final class Turns {
        /** Processor time as user, and behind it as system; the state is the first. */
        private static final int USER_FIELD = 11;

        private boolean aside = true;
        private boolean wasRunnable;
        private long ticks;

        /**
         * Takes a look.
         *
         * @param line numbers behind a name in brackets: state first, and processor time in
         *     hundredths of a second, of which there are ten between two looks
         */
        boolean standsAside(ByteBuffer line) {
            int at = line.limit();
            do {
                at--;
            } while (line.get(at) != ')');
            at += 2;
            final boolean runnable = line.get(at) == 'R';
            for (int i = 0; i < USER_FIELD; i++) {
                at = behindBlank(line, at);
            }
            final long now = number(line, at) + number(line, behindBlank(line, at));
            final boolean both = runnable && wasRunnable;
            aside = aside ? !both || now > ticks : !runnable && !wasRunnable;
            wasRunnable = runnable;
            ticks = now;
            return aside;
        }

        private static int behindBlank(ByteBuffer line, int from) {
            int at = from;
            while (line.get(at) != ' ') {
                at++;
            }
            return at + 1;
        }

        private static long number(ByteBuffer line, int from) {
            long value = 0;
            for (int at = from; line.get(at) != ' '; at++) {
                value = 10 * value + line.get(at) - '0';
            }
            return value;
        }
    }
}
