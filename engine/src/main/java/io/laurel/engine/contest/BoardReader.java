package io.laurel.engine.contest;

import io.laurel.engine.memory.Allocator;
import io.laurel.engine.memory.Cursor;
import io.laurel.engine.player.Players;
import io.laurel.engine.query.BoardPage;
import io.laurel.engine.query.BoardRequest;
import io.laurel.engine.query.BoardRow;
import io.laurel.engine.query.EntryInfo;
import io.laurel.engine.rules.ContestDefinition;
import io.laurel.engine.rules.ContestDefinition.PartitionBy;
import io.laurel.engine.state.Names;
import io.laurel.engine.state.State;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads boards from the same trees that scoring changes, so that a rank and a list never disagree.
 * While a contest is frozen its trees stand still, and changed entries are read from their shadows.
 */
final class BoardReader {
    private static final int MAX_ID_BYTES = 255;

    private final State state;
    private final Contests contests;
    private final Boards boards;
    private final Entries entries;
    private final Catalogue catalogue;
    private final Players players;
    private final Names names;
    private final Cursor cursor = new Cursor();

    BoardReader(State state, Contests contests, Boards boards, Entries entries,
        Catalogue catalogue, Players players, Names names) {
        this.state = state;
        this.contests = contests;
        this.boards = boards;
        this.entries = entries;
        this.catalogue = catalogue;
        this.players = players;
        this.names = names;

    }

    /** Returns part of a board, null where there is no such contest or partition. */
    BoardPage read(BoardRequest request) {
        final int contest = contests.find(request.contest());
        if (contest == 0 || contests.role(contest) == Contests.ROLE_SCHEDULE) {
            return null;
        }
        final CompiledContest rules = catalogue.compiled(contest);
        final int board = board(contest, request.partition());
        if (board == 0) {
            // a partition without rounds is an empty board, one that cannot be is none
            return rules.definition.board().partitionBy() == PartitionBy.NONE ? null
                : page(request, contest, rules, 0, List.of(), List.of(), null);
        }
        final long tree = boards.tree(board);
        final long size = boards.trees().size(tree);
        final List<BoardRow> top = new ArrayList<>();
        if (request.afterPosition() >= 0) {
            range(tree, request.afterPosition(), Math.min(request.limit(),
                BoardRequest.MAX_ROWS), rules, top);
        } else if (!request.users().isEmpty()) {
            listed(board, request.users(), rules, top);
        } else {
            range(tree, 0, Math.min(request.top(), BoardRequest.MAX_ROWS), rules, top);
        }
        final BoardRow me = request.me().isEmpty() ? null : row(board, request.me(), rules);
        final List<BoardRow> around = new ArrayList<>();
        if (me != null && me.position() > 0 && request.around() > 0) {
            final long from = Math.max(0, me.position() - 1 - request.around());
            range(tree, from, (int) (me.position() + request.around() - from), rules, around);
        }
        return page(request, contest, rules, size, top, around, me);
    }

    /** Returns the place of an entity on the main board of a contest, 0 where it has none. */
    long rank(int contest, int entity) {
        final int board = contests.mainBoard(contest);
        final long entry = entity == 0 ? 0 : entries.find(board, entity);
        if (entry == 0 || !entries.is(entry, Entries.RANKED)) {
            return 0;
        }
        return boards.trees().rank(Allocator.ref(entry)) + 1;
    }

    private BoardPage page(BoardRequest request, int contest, CompiledContest rules, long size,
        List<BoardRow> top, List<BoardRow> around, BoardRow me) {
        return new BoardPage(request.contest(), contests.stateOf(contest),
            contests.isFrozen(contest), state.sequence(), state.timeNs(), rules.scoreScale,
            size, top, around, me);
    }

    private int board(int contest, String partition) {
        if (partition.isEmpty()) {
            return contests.mainBoard(contest);
        }
        final byte[] bytes = partition.getBytes(StandardCharsets.UTF_8);
        return bytes.length > 64 ? 0 : boards.find(contest, Boards.KIND_PARTITION,
            new UnsafeBuffer(bytes), 0, bytes.length);
    }

    private void range(long tree, long from, int count, CompiledContest rules,
        List<BoardRow> rows) {
        if (count <= 0 || from >= boards.trees().size(tree)) {
            return;
        }
        long scoreAbove = 0;
        if (from > 0) {
            boards.trees().select(tree, from - 1, cursor);
            scoreAbove = score();
            cursor.next();
        } else {
            boards.trees().first(tree, cursor);
        }
        boolean more = true;
        for (int i = 0; i < count && more; i++) {
            final long score = score();
            final long position = from + i + 1;
            rows.add(describe(Allocator.at(cursor.ref()), position,
                position == 1 ? score : scoreAbove, rules));
            scoreAbove = score;
            more = cursor.next();
        }
    }

    private long score() {
        return entries.score(fields(Allocator.at(cursor.ref())));
    }

    private void listed(int board, List<String> users, CompiledContest rules,
        List<BoardRow> rows) {
        for (final String user : users.stream().distinct().toList()) {
            final BoardRow row = row(board, user, rules);
            if (row != null && row.position() > 0) {
                rows.add(row);
            }
        }
        rows.sort(Comparator.comparingLong(BoardRow::position));
    }

    /** Returns the row of an entity, null where the public sees none. */
    private BoardRow row(int board, String id, CompiledContest rules) {
        final int entity = entity(rules, id);
        final long entry = entity == 0 ? 0 : entries.find(board, entity);
        if (entry == 0 || !entries.is(entry, Entries.RANKED)) {
            return null;
        }
        final long fields = fields(entry);
        final long tree = boards.tree(board);
        final long rank = boards.trees().rank(Allocator.ref(entry));
        long scoreAbove = entries.score(fields);
        if (rank > 0) {
            boards.trees().select(tree, rank - 1, cursor);
            scoreAbove = score();
        }
        return describe(entry, rank + 1, scoreAbove, rules);
    }

    /** Returns the player, provider or game of that id, 0 where nobody has heard of it. */
    int entity(CompiledContest rules, String id) {
        final byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0 || bytes.length > MAX_ID_BYTES) {
            return 0;
        }
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        return switch (rules.definition.board().entity()) {
            case PLAYER -> players.find(buffer, 0, bytes.length);
            case PROVIDER -> names.findProvider(buffer, 0, bytes.length);
            case GAME -> names.findGame(buffer, 0, bytes.length);
            default -> throw new IllegalStateException("unknown entity");
        };
    }

    /** Returns an entry of a main board as scoring has it, null where there is no such contest. */
    EntryInfo entry(String id, String user) {
        final int contest = contests.find(id);
        if (contest == 0 || contests.role(contest) == Contests.ROLE_SCHEDULE) {
            return null;
        }
        final int entity = entity(catalogue.compiled(contest), user);
        final long entry =
            entity == 0 ? 0 : entries.find(contests.mainBoard(contest), entity);
        final int epoch = contests.epoch(contest);
        return entry == 0 ? new EntryInfo(epoch, 0, 0, 0, 0, false)
            : new EntryInfo(epoch,
            entries.score(entry), entries.rounds(entry) & 0xFFFF_FFFFL,
                entries.multiplierE4(entry), entries.finishTs(entry),
                entries.is(entry, Entries.REBUILDING));
    }

    private long fields(long entry) {
        final long shadow = entries.shadow(entry);
        return shadow == 0 ? entry : shadow;
    }

    /** The entry on the main board bears the mark for all boards. */
    private boolean isRebuilding(CompiledContest rules, int entity) {
        if (contests.rebuilding(rules.ref) == 0) {
            return false;
        }
        final long main = entries.find(contests.mainBoard(rules.ref), entity);
        return main != 0 && entries.is(main, Entries.REBUILDING);
    }

    private BoardRow describe(long entry, long position, long scoreAbove,
        CompiledContest rules) {
        final long fields = fields(entry);
        final int entity = entries.entity(entry);
        final boolean isPlayer =
            rules.definition.board().entity() == ContestDefinition.Entity.PLAYER;
        final long score = entries.score(fields);
        return new BoardRow(position, isPlayer ? players.id(entity) : names.text(entity),
            isPlayer ? players.alias(entity) : "", score, entries.multiplierE4(fields),
            entries.rounds(fields) & 0xFFFF_FFFFL, entries.finishTs(fields),
            entries.delta(fields), scoreAbove - score, isRebuilding(rules, entity));
    }
}
