/**
 * The regulator's record of a contest: who took part, with places and prizes, and under which
 * rules. Read from the state at the end of a pass, and from the log what the state does not keep.
 * Thread: the caller's, alone.
 */
package io.laurel.replay.export;
