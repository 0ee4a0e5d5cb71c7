/**
 * Snapshots of the state in files. A snapshot only shortens a start: the log is the truth, and
 * where no snapshot can be believed the log is replayed from its beginning.
 *
 * <p>One file each, {@code <sequence, 20 digits>.snap}, little endian:
 *
 * <pre>
 * header (128 B)
 *   0 magic u64 · 8 format version u32 · 12 layout version u32 · 16 behaviour version u32
 *  20 clock mode u32 (0 system, 1 event) · 24 sequence u64 · 32 time i64, ns since the Unix epoch
 *  40 used bytes u64 · 48 region bytes u64 · 56 pages of 4 KiB u64 · 64 bytes of a chunk u32
 *  68 chunks u32 · 72 hash seed i64 · 80 manifest hash of the snapshot before, 32 B · 112 its
 *     sequence u64 · 120 zeros
 * 124 CRC32C of bytes 0 to 123, in every format version
 * chunk, for each 64 KiB of the state in order
 *   0 stored bytes u32, bit 31: as they are, else LZ4 · 4 CRC32C of chunk number u32, the u32
 *   before and the stored bytes · 8 stored bytes
 * manifest
 *   0 magic u64 · 8 SHA-256 of each chunk of the state · state root, 32 B · contests u32, big
 *   endian from here on, and of each: length of the id u16, id, version of the rules u32, rules
 *   hash, 32 B, digest, 32 B
 *   manifest hash, 32 B: SHA-256 of header and manifest up to here
 * </pre>
 *
 * <p>Written as {@code .tmp}, forced, renamed, directory forced; renamed only once the log is
 * durable up to the sequence. A {@code .tmp} is what a crash left behind and is removed.
 *
 * <p>Thread: images are written by one thread of its own; loading is the caller's. The place in
 * the journal is found by the sequence.
 */
package io.laurel.snapshot;
