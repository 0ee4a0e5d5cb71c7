/**
 * The log on disk: Chronicle Queue as format and as the one who begins, numbers and leaves files;
 * most excerpts are laid behind its own by us ({@code SegmentQueue} says why); our own envelope,
 * checks and decisions.
 *
 * <pre>
 * DIR/lock                        held by the node that runs on DIR
 * DIR/manifest                    format_version, created
 * DIR/journal/19700101-01F.cq4    segment 1; the name is the n-th hour of 1970
 * DIR/journal/epochs              where the verified part of every finished epoch ends, which
 *                                 segments have begun and how long they must be, what was pruned
 * DIR/journal/next.zeros          the next segment, zeros written ahead
 * DIR/journal/metadata.cq4t       Chronicle's own table; thrown away at every start
 * DIR/snapshots/ DIR/checkpoints/ belong to others
 *
 * segment  = Chronicle's header and index (metadata excerpts), blocks, end mark
 * excerpt  = at a multiple of 4: u32 header (bit 31 not complete, bit 30 metadata, length),
 *            payload; header 0 = nothing yet, 0xC0000000 = end mark
 * block    = payload of a data excerpt: {@link io.laurel.journal.Envelope} and whole records
 *            ({@link io.laurel.engine.port.LogRecord})
 * epochs   = heading, lines as {@code EpochsFile} has them, CRC32C
 * </pre>
 *
 * <p>Invariants:
 * <ul>
 * <li>Sequences have no gaps from 1 on, across segments and epochs; each block names the SHA-256
 *     of the one before, the first one of an epoch too. Identity is the sequence, never an index
 *     of Chronicle.
 * <li>Every opening for writing is a new epoch in a new segment. A file of an older epoch is
 *     never written to again; at most the unused zeros at its end are cut.
 * <li>{@code force()} is {@code FileChannel.force}: it covers what was written through the file
 *     and through mappings of it, and throws where the disk fails, which Chronicle's
 *     {@code sync()} does not. What it returns may be acknowledged. A failure is final.
 * <li>A segment's blocks are allocated, by writing zeros, before it is used: a full disk shows
 *     as an exception ahead of time and never as a fault in a mapped page. (On file systems
 *     that write in place, such as ext4 and XFS; one that copies on write gives no such promise.)
 * <li>Recovery reads files as bytes and decides before Chronicle sees them. The first thing that
 *     is not a block that follows ends the log. Is the next sequence at or below the highest
 *     durable mark found anywhere (in a block before or behind it, in the recorded end of the
 *     epoch, known to the caller), then this is a loss:
 *     {@link io.laurel.engine.port.JournalCorruptException}. Above it, it is a torn tail: cut,
 *     counted, and recorded in {@code epochs} so that it is never looked at again.
 * <li>That a segment has begun, and its length, is written down and forced with the first force
 *     that covers it, before its zeros are given back and before anything in it counts. A segment
 *     that is missing or shorter than that is a loss, also where reading begins behind it.
 * <li>A clean stop records the end of its epoch; from then on every byte of it must be there.
 * </ul>
 *
 * <p>Threads: one appends, one forces, one writes zeros; readers are independent and read only
 * what is complete. {@link io.laurel.journal.ReadAhead} gives one of them a thread, for who has
 * nothing else to do than to take the log: a start, and the replay tool.
 */
package io.laurel.journal;
