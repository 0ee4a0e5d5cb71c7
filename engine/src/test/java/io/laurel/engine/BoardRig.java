package io.laurel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.laurel.engine.command.CommandWriter;
import io.laurel.engine.query.BoardPage;
import io.laurel.engine.query.BoardRequest;
import io.laurel.engine.query.BoardRow;
import io.laurel.engine.query.ContestInfo;
import io.laurel.engine.rules.ContestDefinition;
import io.laurel.engine.rules.ContestDefinitionCodec;
import io.laurel.protocol.storage.ContestOperation;
import io.laurel.protocol.storage.PlayerOperation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** An engine with one source and some contests, for tests of large boards. */
final class BoardRig implements AutoCloseable {
    private static final long MEMORY_BYTES = 512L << 20;
    private static final int SLICE = 4_096;

    final Engine engine = new Engine(MEMORY_BYTES);
    final LogTape tape = new LogTape();
    final RoundFeed feed = new RoundFeed(engine, tape);
    private long rounds;

    BoardRig(ContestDefinition... contests) {
        feed.at(ContestDefinitions.START_NS);
        feed.writer().genesis(new CommandWriter.Limits(900_000_000_000L, 60_000_000_000L,
            2_000_000, 2_000, MEMORY_BYTES, 1), false, 7);
        accepted();
        feed.writer().registerSource("local");
        accepted();
        for (final ContestDefinition contest : contests) {
            publish(contest);
        }
    }

    void publish(ContestDefinition contest) {
        feed.writer().publishContest("test", ContestDefinitionCodec.encode(contest));
        accepted();
    }

    private void accepted() {
        assertEquals(ResultCode.ACCEPTED, feed.apply());
    }

    /** One round of each player in a range; wins make scores that many share. */
    void play(int fromPlayer, int players, long winMinor) {
        for (int i = fromPlayer; i < fromPlayer + players; i++) {
            assertEquals(ResultCode.ACCEPTED,
                feed.spin(rounds++, i, 100, winMinor + i * 31L % 977));
        }
    }

    ResultCode operate(ContestOperation operation, String contest) {
        feed.writer().contestAction(operation, contest, "test", "");
        return feed.apply();
    }

    ResultCode operate(PlayerOperation operation, String contest, int player) {
        feed.writer().playerAction(operation, contest, user(player), "test", "");
        return feed.apply();
    }

    static String user(int player) {
        return String.format("u%015d", player);
    }

    void tick() {
        feed.writer().tick();
        accepted();
    }

    void tickAt(long timeNs) {
        feed.at(timeNs);
        tick();
    }

    /** Ticks as the pipeline would, as long as work is due; returns how often. */
    int tickWhileDue() {
        int ticks = 0;
        while (engine.nextDeadlineNs() <= engine.timeNs()) {
            tick();
            ticks++;
            if (ticks > 1_000) {
                throw new AssertionError("work that never ends");
            }
        }
        return ticks;
    }

    ContestInfo info(String contest) {
        return engine.reads().contest(contest);
    }

    boolean shownFrozen(String contest) {
        return page(contest, 0).frozen();
    }

    private BoardPage page(String contest, long after) {
        return engine.reads().board(new BoardRequest(contest, "", 0, "", 0, List.of(), after,
            BoardRequest.MAX_ROWS));
    }

    List<BoardRow> rows(String contest) {
        final List<BoardRow> rows = new ArrayList<>();
        BoardPage page = page(contest, 0);
        while (!page.top().isEmpty()) {
            rows.addAll(page.top());
            page = page(contest, rows.size());
        }
        return rows;
    }

    /** Returns the hash of rows of rule version 1 in one go, straight from its definition. */
    static String hash(List<BoardRow> rows) {
        final MessageDigest board = sha256();
        board.update("laurel-board-1".getBytes(StandardCharsets.US_ASCII));
        board.update(ByteBuffer.allocate(8).putLong(rows.size()).array());
        for (int from = 0; from == 0 || from < rows.size(); from += SLICE) {
            final MessageDigest slice = sha256();
            for (final BoardRow row : rows.subList(from, Math.min(rows.size(), from + SLICE))) {
                final byte[] id = row.user().getBytes(StandardCharsets.UTF_8);
                slice.update(ByteBuffer.allocate(34 + id.length).putShort((short) id.length)
                    .put(id).putLong(row.score()).putLong(row.multiplierE4())
                    .putInt((int) row.rounds()).putLong(row.finishTs()).putInt(1).array());
            }
            board.update(slice.digest());
        }
        return HexFormat.of().formatHex(board.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        engine.close();
    }
}
