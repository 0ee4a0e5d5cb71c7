package io.laurel.engine.recovery;

/**
 * What a replay has done; the same log gives the same report.
 *
 * @param records replayed, without those that a snapshot had covered
 * @param events among them, refused ones included
 * @param skipped records that were passed
 * @param lastSequence of the log, 0 where it is empty
 * @param lastTimeNs its log time
 * @param stateRoot of the state there, in hex
 * @param skipToLog where not 0: the sequence that was passed on the operator's word, which the log
 *     does not know yet; a SkipCommand that names it must be the next record of the log
 */
public record RecoveryReport(long records, long events, long skipped, long lastSequence,
    long lastTimeNs, String stateRoot, long skipToLog) {

    /** Returns this with a sequence that a SkipCommand must name, 0 = none. */
    public RecoveryReport withSkipToLog(long sequence) {
        return new RecoveryReport(records, events, skipped, lastSequence, lastTimeNs, stateRoot,
            sequence);
    }
}
