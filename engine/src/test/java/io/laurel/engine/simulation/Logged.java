package io.laurel.engine.simulation;

import io.laurel.engine.reference.Command;

/**
 * A command that went into the ring.
 *
 * @param command what it says
 * @param token under which its reply comes; 0 = nobody waits
 * @param verId version of its session, where it is an event of one
 * @param seqNo its place in the session
 */
record Logged(Command command, long token, long verId, long seqNo) {
}
