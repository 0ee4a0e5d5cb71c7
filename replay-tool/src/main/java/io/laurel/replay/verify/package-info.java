/**
 * Whether a data directory is what a node wrote: the chain of the log, snapshots against the state
 * that the log leads to, and both against signed checkpoints. All that is wrong is told of, not
 * only what comes first; what lies behind the first break of the chain is never called verified.
 * Thread: the caller's, alone.
 */
package io.laurel.replay.verify;
