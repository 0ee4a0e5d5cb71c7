package io.laurel.journal;

import java.io.IOException;
import java.util.function.LongSupplier;

/**
 * A journal that is about to be opened for writing. The zeros of its first file may be written
 * beside what comes before, such as a long replay; else they are written when it is opened.
 */
public final class JournalOpening implements AutoCloseable {
    private final JournalConfig config;
    private final SegmentPreparer preparer;
    private boolean begun;
    private boolean opened;

    private JournalOpening(JournalConfig config, SegmentPreparer preparer) {
        this.config = config;
        this.preparer = preparer;
    }

    /**
     * Prepares nothing yet.
     *
     * @throws IOException where the JVM lacks its flags
     */
    public static JournalOpening of(JournalConfig config) throws IOException {
        return of(config, () -> config.directory().toFile().getUsableSpace());
    }

    /** As the other one, with another source for the free bytes. */
    static JournalOpening of(JournalConfig config, LongSupplier usableBytes) throws IOException {
        JvmFlags.check();
        return new JournalOpening(config, new SegmentPreparer(config, usableBytes));
    }

    /** Begins to write zeros, where that has not begun; no file of the log is changed. */
    public void begin() {
        if (!begun) {
            begun = true;
            preparer.start();
        }
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
        begin();
        opened = true;
        return ChronicleJournal.open(config, scan, preparer);
    }

    /** Ends the writing of zeros, where the journal was not opened. */
    @Override
    public void close() throws IOException {
        if (begun && !opened) {
            opened = true;
            preparer.close();
        }
    }
}
