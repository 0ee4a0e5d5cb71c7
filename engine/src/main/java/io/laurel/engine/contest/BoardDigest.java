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

    /** Returns the SHA-256 over the main board. */
    byte[] boardHash(CompiledContest contest) {
        final MessageDigest sha = sha256();
        sha.update("laurel-board-1".getBytes(StandardCharsets.US_ASCII));
        update(sha, contests.mainBoard(contest.ref));
        return sha.digest();
    }

    /** Returns the SHA-256 over id, version, state and every board of a contest. */
    byte[] contestDigest(CompiledContest contest) {
        final MessageDigest sha = sha256();
        sha.update("laurel-contest-1".getBytes(StandardCharsets.US_ASCII));
        sha.update(contests.id(contest.ref).getBytes(StandardCharsets.UTF_8));
        sha.update((byte) contests.stateOf(contest.ref).code());
        sha.update((byte) (contests.isFrozen(contest.ref) ? 1 : 0));
        sha.update(contests.rulesHash(contest.ref));
        for (int board = contests.boards(contest.ref); board != 0; board = boards.next(board)) {
            if (boards.tree(board) != 0) {
                update(sha, board);
            }
        }
        return sha.digest();
    }

    private void update(MessageDigest sha, int board) {
        buffer.clear().putLong(boards.size(board));
        sha.update(bytes, 0, buffer.position());
        boolean more = boards.trees().first(boards.tree(board), cursor);
        while (more) {
            final long entry = Allocator.at(cursor.ref());
            final long shadow = entries.shadow(entry);
            append(shadow == 0 ? entry : shadow);
            sha.update(bytes, 0, buffer.position());
            more = cursor.next();
        }
    }

    private void append(long entry) {
        final int entity = entries.entity(entry);
        final int length = IdDictionary.idLength(pages, entity);
        buffer.clear().putShort((short) length);
        pages.getBytes(IdDictionary.idAt(pages, entity), bytes, buffer.position(), length);
        buffer.position(buffer.position() + length);
        buffer.putLong(entries.score(entry)).putLong(entries.multiplierE4(entry))
            .putInt(entries.rounds(entry)).putLong(entries.finishTs(entry))
            .putInt(entries.ruleVersion(entry));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
