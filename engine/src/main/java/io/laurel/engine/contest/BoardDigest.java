package io.laurel.engine.contest;

import io.laurel.engine.memory.Allocator;
import io.laurel.engine.memory.Cursor;
import io.laurel.engine.memory.IdDictionary;
import io.laurel.engine.memory.Pages;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Hashes over the logical content of boards in rank order, free of any layout (semantics 11.5). Of
 * each entry: length of the id u16, id, score, highest multiplier, rounds u32, finish ts, rule
 * version u32; numbers big-endian.
 */
final class BoardDigest {
    private static final int MAX_ENTRY_BYTES = 2 + 255 + 3 * Long.BYTES + 2 * Integer.BYTES;

    private final Pages pages;
    private final Contests contests;
    private final Boards boards;
    private final Entries entries;
    private final Cursor cursor = new Cursor();
    private final byte[] bytes = new byte[MAX_ENTRY_BYTES];
    private final ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.BIG_ENDIAN);

    BoardDigest(Pages pages, Contests contests, Boards boards, Entries entries) {
        this.pages = pages;
        this.contests = contests;
        this.boards = boards;
        this.entries = entries;

    }

    /** Returns the SHA-256 over some entries of a board, from a place on. */
    byte[] sliceHash(int board, long from, int count) {
        final MessageDigest sha = sha256();
        boolean more = boards.trees().select(boards.tree(board), from, cursor);
        for (int left = count; more && left > 0; left--) {
            append(sha);
            more = cursor.next();
        }
        return sha.digest();
    }

    /**
     * Returns the hash of a board: the SHA-256 over "laurel-board-1", the number of its entries u64
     * and the hashes of its slices of {@link BoardJobs#SLICE} entries in rank order; an empty
     * board has one empty slice.
     */
    byte[] boardHash(long size, byte[] sliceHashes) {
        final MessageDigest sha = sha256();
        sha.update("laurel-board-1".getBytes(StandardCharsets.US_ASCII));
        buffer.clear().putLong(size);
        sha.update(bytes, 0, buffer.position());
        sha.update(sliceHashes);
        return sha.digest();
    }

    /**
     * Returns the SHA-256 over id, state, rules hash and every board of a contest: the main one,
     * then those of the partitions in the order of their values' bytes, each behind its value.
     *
     * @param breath runs behind each {@link BoardJobs#SLICE} entries
     */
    byte[] contestDigest(CompiledContest contest, Runnable breath) {
        final MessageDigest sha = sha256();
        sha.update("laurel-contest-1".getBytes(StandardCharsets.US_ASCII));
        sha.update(contests.id(contest.ref).getBytes(StandardCharsets.UTF_8));
        sha.update((byte) contests.stateOf(contest.ref).code());
        sha.update((byte) (contests.isFrozen(contest.ref) ? 1 : 0));
        sha.update(contests.rulesHash(contest.ref));
        final SortedMap<byte[], Integer> partitions = new TreeMap<>(Arrays::compareUnsigned);
        for (int board = contests.boards(contest.ref); board != 0; board = boards.next(board)) {
            if (boards.tree(board) != 0) {
                partitions.put(boards.partition(board), board);
            }
        }
        partitions.forEach((value, board) -> {
            buffer.clear().putShort((short) value.length);
            sha.update(bytes, 0, buffer.position());
            sha.update(value);
            update(sha, board, breath);
        });
        return sha.digest();
    }

    private void update(MessageDigest sha, int board, Runnable breath) {
        buffer.clear().putLong(boards.size(board));
        sha.update(bytes, 0, buffer.position());
        boolean more = boards.trees().first(boards.tree(board), cursor);
        for (long done = 1; more; done++) {
            append(sha);
            if (done % BoardJobs.SLICE == 0) {
                breath.run();
            }
            more = cursor.next();
        }
    }

    private void append(MessageDigest sha) {
        final long live = Allocator.at(cursor.ref());
        final long shadow = entries.shadow(live);
        final long entry = shadow == 0 ? live : shadow;
        final int entity = entries.entity(entry);
        final int length = IdDictionary.idLength(pages, entity);
        buffer.clear().putShort((short) length);
        pages.getBytes(IdDictionary.idAt(pages, entity), bytes, buffer.position(), length);
        buffer.position(buffer.position() + length);
        buffer.putLong(entries.score(entry)).putLong(entries.multiplierE4(entry))
            .putInt(entries.rounds(entry)).putLong(entries.finishTs(entry))
            .putInt(entries.ruleVersion(entry));
        sha.update(bytes, 0, buffer.position());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
