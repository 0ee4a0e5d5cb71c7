package io.laurel.engine.query;

import io.laurel.engine.contest.ContestState;
import java.util.List;

/**
 * Part of a board at one sequence.
 *
 * @param contest id
 * @param state of the contest
 * @param frozen whether this is the view as it stood when an operator froze it
 * @param sequence last command that it reflects
 * @param timeNs log time of that command
 * @param scoreScale decimals of every score
 * @param entries ranked on this board
 * @param top rows in rank order
 * @param around rows in rank order around {@code me}; empty where not asked for
 * @param me own row; null where not asked for or without an entry
 */
public record BoardPage(String contest, ContestState state, boolean frozen, long sequence,
    long timeNs, int scoreScale, long entries, List<BoardRow> top, List<BoardRow> around,
    BoardRow me) {
}
