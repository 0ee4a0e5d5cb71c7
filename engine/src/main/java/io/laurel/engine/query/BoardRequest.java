package io.laurel.engine.query;

import java.util.List;

/**
 * What of a board is wanted; several parts may be asked for at once.
 *
 * @param contest id of a contest or an instance
 * @param partition value of the partition; empty = the main board
 * @param top how many from rank 1 on; 0 = none
 * @param me whose own row is wanted; empty = nobody's
 * @param around how many rows on each side of {@code me}; 0 = none
 * @param users whose rows are wanted, in rank order; they answer in {@code top}
 * @param afterPosition rank after which a page begins; negative = no page; answers in {@code top}
 * @param limit rows of the page, at most 1,000
 */
public record BoardRequest(String contest, String partition, int top, String me, int around,
    List<String> users, long afterPosition, int limit) {
    /** Most rows of one answer. */
    public static final int MAX_ROWS = 1_000;
}
