/**
 * What a node vouches for, and how somebody who trusts nobody checks it: Merkle trees over the
 * blocks of the log and over facts (results of contests), their roots signed in checkpoints, keys,
 * proofs.
 *
 * <pre>
 * blocks ──► tree over blocks ─┐
 *                              ├─► checkpoint ──► signed note ──► kept outside, by somebody else
 * facts ───► tree over facts ──┘
 * </pre>
 *
 * <p>A checkpoint vouches for every byte of the log up to its sequence: leaves are the hashes of
 * whole blocks. Two checkpoints of one journal are always such that the later tree extends the
 * earlier one. Trees are those of RFC 9162, notes and checkpoints those of C2SP.
 *
 * <p>Threads: values and checks are for any thread, what grows belongs to one. No method looks at
 * clock, network or state of the engine.
 */
package io.laurel.journal.checkpoint;
