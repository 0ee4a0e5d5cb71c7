/**
 * The auditor's commands. A {@link io.laurel.replay.LogPass} verifies the log of a data directory
 * and applies it by the same {@link io.laurel.engine.Engine} that a node runs; commands ask the
 * engine at the end, or put a {@link io.laurel.replay.LogObserver} into the pass. Thread: the
 * caller's, alone. The directory is only read, and a node may be running on it. Memory is bounded
 * by the state, never by the length of the log.
 */
package io.laurel.replay;
