/**
 * What the engine's surroundings implement, each with an in-memory twin in the test tree: the
 * journal (written by the journal stage, read by recovery and the replay tool), snapshots (taken
 * from the engine, given back to recovery), and the gate between gateway and pipeline.
 */
package io.laurel.engine.port;
