package io.laurel.engine.recovery;

/** Is told now and then how far a replay has come. */
@FunctionalInterface
public interface Progress {
    /** Tells nobody. */
    Progress NONE = (sequence, timeNs) -> { };

    /** A replay has come to this sequence and log time. */
    void onProgress(long sequence, long timeNs);
}
