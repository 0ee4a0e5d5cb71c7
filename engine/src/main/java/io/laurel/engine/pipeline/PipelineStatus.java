package io.laurel.engine.pipeline;

/**
 * The pipeline's own figures, each read at about the same moment.
 *
 * @param ringDepth slots that wait or are being worked on
 * @param ringSlots size of the ring
 * @param appendedSequence last sequence in the journal
 * @param durableSequence last sequence forced to disk
 * @param appliedSequence last sequence applied
 * @param appliedTimeNs log time of the last batch, ns since the Unix epoch
 * @param blocks appended to the journal since the start
 * @param batches that held a command, since the start
 * @param commands applied since the start
 * @param largestBatch commands of the largest batch
 * @param forces since the start
 * @param forceHistogram element i counts the forces that took less than 2^i microseconds, and at
 *     least half of that where i &gt; 0; the last one takes all longer ones too
 * @param imageBytes memory of the image that is being made now, 0 where none is
 * @param images of the state that were made for snapshots, since the start
 * @param longestSliceMicros longest pause that making an image has cost, since the start
 * @param longestSliceCpuMicros most processor time of one such pause; 0 where nobody tells
 * @param intakeOpen whether there is room on disk and in memory
 * @param failed whether the pipeline has stopped for good
 */
public record PipelineStatus(long ringDepth, int ringSlots, long appendedSequence,
    long durableSequence, long appliedSequence, long appliedTimeNs, long blocks, long batches,
    long commands, int largestBatch, long forces, long[] forceHistogram, long imageBytes,
    long images, long longestSliceMicros, long longestSliceCpuMicros, boolean intakeOpen,
    boolean failed) {
    /** Returns how many commands a batch held on average, 0 before the first. */
    public double meanBatch() {
        return batches == 0 ? 0 : (double) commands / batches;
    }
}
