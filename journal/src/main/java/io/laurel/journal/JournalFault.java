package io.laurel.journal;

/**
 * One thing that is wrong with the files of a journal.
 *
 * @param file name of the file
 * @param offset in it, bytes
 * @param sequence last sequence of the block before that place, 0 where there is none
 * @param message what is wrong
 */
public record JournalFault(String file, long offset, long sequence, String message) {
}
