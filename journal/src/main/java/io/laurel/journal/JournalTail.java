package io.laurel.journal;

/**
 * The place where the log ends.
 *
 * @param file name of the file
 * @param position offset in it in bytes
 * @param tornBytes bytes behind it, up to the last that is not zero
 * @param tornBlocks whole blocks among them, none of which was ever acknowledged
 * @param oldBlocks whole blocks among them that the log has before, or of an epoch that is over: no
 *     crash leaves such
 * @param reason what is wrong with the first of them; empty where there is simply nothing more
 */
public record JournalTail(String file, long position, long tornBytes, long tornBlocks,
    long oldBlocks, String reason) {
}
