package io.laurel.journal;

import java.io.IOException;
import java.util.function.LongSupplier;

/**
 * A journal that is about to be opened for writing. The zeros of its first file are written beside
 * whatever comes before, such as the replay of what was logged until now: they take as long as a
 * million events.
 */
public final class JournalOpening implements AutoCloseable {
    private final JournalConfig config;
    private final SegmentPreparer preparer;
    private boolean opened;

    private JournalOpening(JournalConfig config, SegmentPreparer preparer) {
        this.config = config;
        this.preparer = preparer;
    }

    /**
     * Begins to write zeros; no file of the log is changed.
     *
     * @throws IOException where the directory cannot be written, or the JVM lacks its flags
     */
    public static JournalOpening begin(JournalConfig config) throws IOException {
        return begin(config, () -> config.directory().toFile().getUsableSpace());
    }

    /** As the other one, with another source for the free bytes. */
    static JournalOpening begin(JournalConfig config, LongSupplier usableBytes)
        throws IOException {
        JvmFlags.check();
        final SegmentPreparer preparer = new SegmentPreparer(config, usableBytes);
        preparer.start();
        return new JournalOpening(config, preparer);
    }

    /**
     * Opens the log: writes down where the epoch before has ended, then begins the next one in a
     * new file. Older files are never written to again. Once only.
     *
     * @param scan what {@link JournalRecovery} has just found in the same directory
     * @throws IOException where the disk fails or has no room
     */
    public ChronicleJournal open(JournalScan scan) throws IOException {
        if (opened) {
            throw new IllegalStateException("the journal was opened already");
        }
        opened = true;
        return ChronicleJournal.open(config, scan, preparer);
    }

    /** Ends the writing of zeros, where the journal was not opened. */
    @Override
    public void close() throws IOException {
        if (!opened) {
            opened = true;
            preparer.close();
        }
    }
}
