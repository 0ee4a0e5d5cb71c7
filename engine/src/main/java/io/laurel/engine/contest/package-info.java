/**
 * Contests: their records and life, the rules compiled for scoring, who is matched by a round, what
 * a round is worth, and the boards that come of it (semantics 4 to 7). Records and boards lie in
 * pages; {@link io.laurel.engine.contest.CompiledContest} is a cache on the heap that can be made
 * again from them at any time.
 */
package io.laurel.engine.contest;
