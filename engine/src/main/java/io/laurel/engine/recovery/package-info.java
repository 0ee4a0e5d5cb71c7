/**
 * From the log back to the state: the same {@code apply}, before the ring exists, on the caller's
 * thread. There is no flag in the engine that says so, and no clock here: who wants to know how
 * long it took looks at one. Nor is there a thread: a reader may have one of its own, as the
 * journal's {@code ReadAhead} has.
 *
 * <p>A command that cannot be applied ends recovery. An operator may pass it ({@code --skip}):
 * then it is replaced by a {@code Tick} at the same sequence and time, on this and, because a
 * {@code SkipCommand} that names it goes into the log, on every later replay. See {@link
 * io.laurel.engine.recovery.Recovery}.
 */
package io.laurel.engine.recovery;
