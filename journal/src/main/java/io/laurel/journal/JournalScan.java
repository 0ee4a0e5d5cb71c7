package io.laurel.journal;

import java.util.List;

/**
 * What recovery has found, and where writing goes on.
 *
 * @param segments files in the directory
 * @param blocks blocks verified
 * @param records records in them
 * @param recordBytes bytes of those records with their padding
 * @param firstSequence first sequence verified, 0 where there is none
 * @param lastSequence last sequence of the log, 0 where there is none
 * @param lastTimeNs time of that record, {@link Long#MIN_VALUE} where there is none
 * @param lastHash SHA-256 of the last block as hex, zeros where there is none
 * @param durableMark highest durable mark seen
 * @param tail where the log ends and what was cut there
 * @param epochs all epochs that are over, the one just ended included
 * @param openEpochSegments files of the epoch that was open until now; none after a clean stop
 * @param nextSegment first file of the next epoch
 */
public record JournalScan(int segments, long blocks, long records, long recordBytes,
    long firstSequence, long lastSequence, long lastTimeNs, String lastHash, long durableMark,
    JournalTail tail, List<EpochEnd> epochs, List<Long> openEpochSegments, long nextSegment) {

    /** Returns the number of the epoch that comes next. */
    public int nextEpoch() {
        return epochs.size() + 1;
    }
}
