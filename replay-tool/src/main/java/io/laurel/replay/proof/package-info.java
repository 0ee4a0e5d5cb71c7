/**
 * Proofs of what a node vouches for: facts are read from an engine, made into proofs, and checked
 * against a checkpoint alone. Thread: the caller's; reading facts belongs to the engine's.
 */
package io.laurel.replay.proof;
