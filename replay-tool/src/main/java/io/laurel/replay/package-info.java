/**
 * The auditor's commands: the journal of a data directory is read from the beginning, verified and
 * applied by the same {@link io.laurel.engine.Engine} that a node runs, then asked. Thread: the
 * caller's, alone. The directory is only read.
 */
package io.laurel.replay;
