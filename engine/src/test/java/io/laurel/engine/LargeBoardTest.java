package io.laurel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.contest.ContestState;
import io.laurel.engine.query.BoardRow;
import io.laurel.protocol.storage.ContestOperation;
import io.laurel.protocol.storage.PlayerOperation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Boards too large for one command: what is done in slices ends as if done in one go. */
class LargeBoardTest {
    private static final int PLAYERS = 10_000;
    private static final long PROVISIONAL_NS = ContestDefinitions.END_NS + 30_000_000_000L;
    private static final long FINAL_NS = PROVISIONAL_NS + 600_000_000_000L;
    private static final String C = "c";

    private static BoardRig rig() {
        return new BoardRig(ContestDefinitions.total(C));
    }

    private static BoardRig provisional(int players) {
        final BoardRig rig = rig();
        rig.play(0, players, 1);
        rig.tickAt(PROVISIONAL_NS);
        assertEquals(ContestState.PROVISIONAL, rig.info(C).state());
        return rig;
    }

    @Test
    void shouldHashOverSeveralCommandsWhenABoardIsLarge() {
        try (BoardRig rig = provisional(PLAYERS)) {
            assertEquals("", rig.info(C).boardHash(), "two slices of three are to come");
            assertEquals(rig.engine.timeNs(), rig.engine.nextDeadlineNs(), "ticks must come");
            assertEquals(2, rig.tickWhileDue());
            assertEquals(BoardRig.hash(rig.rows(C)), rig.info(C).boardHash());
            rig.tickAt(FINAL_NS);
            assertEquals(ContestState.FINAL, rig.info(C).state(), "settled waits for the hash");
            assertEquals("", rig.info(C).boardHash());
            assertEquals(2, rig.tickWhileDue());
            assertEquals(ContestState.SETTLED, rig.info(C).state());
            assertEquals(BoardRig.hash(rig.rows(C)), rig.info(C).boardHash());
            assertEquals(Long.MAX_VALUE, rig.engine.nextDeadlineNs(), "nothing is left to do");
        }
    }

    @Test
    void shouldHashAtOnceWhenABoardFitsOneSlice() {
        for (final int players : new int[] {0, 1, 4_096}) {
            try (BoardRig rig = provisional(players)) {
                assertEquals(BoardRig.hash(rig.rows(C)), rig.info(C).boardHash());
            }
        }
        try (BoardRig rig = provisional(4_097)) {
            assertEquals("", rig.info(C).boardHash());
            rig.tickWhileDue();
            assertEquals(BoardRig.hash(rig.rows(C)), rig.info(C).boardHash());
        }
    }

    @Test
    void shouldHashAnewWhenABoardChangesUnderTheHash() {
        try (BoardRig rig = provisional(PLAYERS)) {
            rig.tick();
            final String first = rig.rows(C).get(0).user();
            final int player = Integer.parseInt(first.substring(1));
            assertEquals(ResultCode.ACCEPTED,
                rig.operate(PlayerOperation.DISQUALIFY, C, player));
            assertEquals("", rig.info(C).boardHash());
            rig.tickWhileDue();
            final List<BoardRow> rows = rig.rows(C);
            assertEquals(PLAYERS - 1, rows.size());
            assertTrue(rows.stream().noneMatch(row -> row.user().equals(first)));
            assertEquals(BoardRig.hash(rows), rig.info(C).boardHash());
        }
    }

    @Test
    void shouldLoseASliceWhenABoardShrinksBelowOne() {
        try (BoardRig rig = provisional(4_098)) {
            final long before = rig.engine.reads().status().memoryBytes().get("contests");
            rig.operate(PlayerOperation.DISQUALIFY, C, 1);
            rig.operate(PlayerOperation.DISQUALIFY, C, 2);
            assertEquals(BoardRig.hash(rig.rows(C)), rig.info(C).boardHash());
            assertTrue(rig.engine.reads().status().memoryBytes().get("contests") < before,
                "the hashes of slices are given back");
        }
    }

    @Test
    void shouldCatchUpOverSeveralCommandsWhenMuchChangedWhileFrozen() {
        try (BoardRig rig = rig(); BoardRig twin = rig()) {
            rig.play(0, PLAYERS, 1);
            rig.operate(ContestOperation.FREEZE, C);
            final List<BoardRow> seen = rig.rows(C);
            rig.play(0, PLAYERS, 400);
            assertEquals(seen, rig.rows(C), "the public view is held");
            assertEquals(ResultCode.ACCEPTED, rig.operate(ContestOperation.UNFREEZE, C));
            assertTrue(rig.shownFrozen(C), "marked until all of it has caught up");
            assertEquals(rig.engine.timeNs(), rig.engine.nextDeadlineNs(), "ticks must come");
            rig.play(5, 1, 77);
            rig.tickWhileDue();
            assertFalse(rig.shownFrozen(C));
            twin.play(0, PLAYERS, 1);
            twin.play(0, PLAYERS, 400);
            twin.play(5, 1, 77);
            assertEquals(twin.rows(C), rig.rows(C));
        }
    }

    @Test
    void shouldStayFrozenWhenFrozenAgainBeforeAllHasCaughtUp() {
        try (BoardRig rig = rig()) {
            rig.play(0, PLAYERS, 1);
            rig.operate(ContestOperation.FREEZE, C);
            rig.play(0, PLAYERS, 400);
            rig.operate(ContestOperation.UNFREEZE, C);
            assertEquals(ResultCode.ACCEPTED, rig.operate(ContestOperation.FREEZE, C));
            rig.tickWhileDue();
            assertTrue(rig.shownFrozen(C));
            final List<BoardRow> seen = rig.rows(C);
            rig.play(0, 10, 5_000);
            assertEquals(seen, rig.rows(C));
            rig.tickAt(FINAL_NS);
            assertEquals(ContestState.LIVE, rig.info(C).state(), "transitions are held");
            rig.operate(ContestOperation.UNFREEZE, C);
            rig.tickWhileDue();
            assertNotEquals(seen, rig.rows(C));
            assertEquals(ContestState.SETTLED, rig.info(C).state());
        }
    }

    @Test
    void shouldBeFinalAtOnceWhenFinalizedWhileFrozen() {
        try (BoardRig rig = rig(); BoardRig twin = rig()) {
            rig.play(0, PLAYERS, 1);
            rig.operate(ContestOperation.FREEZE, C);
            rig.play(0, PLAYERS, 400);
            assertEquals(ResultCode.ACCEPTED, rig.operate(ContestOperation.FINALIZE, C));
            assertEquals(ContestState.FINAL, rig.info(C).state());
            assertEquals("", rig.info(C).boardHash(), "not before the trees have caught up");
            // what comes from now on is too late, although the trees still move
            rig.play(0, 10, 9_000);
            assertEquals(ResultCode.BAD_STATE, rig.operate(PlayerOperation.DISQUALIFY, C, 3));
            assertEquals(ResultCode.BAD_STATE, rig.operate(ContestOperation.FREEZE, C));
            rig.tickWhileDue();
            assertEquals(ContestState.SETTLED, rig.info(C).state());
            twin.play(0, PLAYERS, 1);
            twin.play(0, PLAYERS, 400);
            assertEquals(twin.rows(C), rig.rows(C));
            assertEquals(BoardRig.hash(twin.rows(C)), rig.info(C).boardHash());
        }
    }

    @Test
    void shouldRefuseToCallOffWhatIsFinalWhenItsTreesStillMove() {
        try (BoardRig rig = rig()) {
            rig.play(0, PLAYERS, 1);
            rig.operate(ContestOperation.FREEZE, C);
            rig.play(0, PLAYERS, 400);
            rig.operate(ContestOperation.FINALIZE, C);
            assertEquals(ResultCode.BAD_STATE, rig.operate(ContestOperation.CANCEL, C));
            rig.tickWhileDue();
            assertEquals(ContestState.SETTLED, rig.info(C).state());
        }
    }

    @Test
    void shouldShowWhatWasPlayedWhenCalledOffWhileFrozen() {
        try (BoardRig rig = rig()) {
            rig.play(0, PLAYERS, 1);
            rig.operate(ContestOperation.FREEZE, C);
            final List<BoardRow> seen = rig.rows(C);
            rig.play(0, PLAYERS, 400);
            assertEquals(ResultCode.ACCEPTED, rig.operate(ContestOperation.CANCEL, C));
            assertEquals(ContestState.CANCELLED, rig.info(C).state());
            rig.tickWhileDue();
            assertFalse(rig.shownFrozen(C));
            assertNotEquals(seen, rig.rows(C));
            assertEquals(Long.MAX_VALUE, rig.engine.nextDeadlineNs());
        }
    }

    @Test
    void shouldGiveUpTheHashWhenCalledOff() {
        // one player more than whole slices, who comes back while the hash is under way
        final int players = 5 * 4_096 + 1;
        try (BoardRig rig = rig()) {
            rig.play(0, players, 1);
            rig.operate(PlayerOperation.FREEZE, C, 1);
            final long before = rig.engine.reads().status().memoryBytes().get("contests");
            rig.tickAt(PROVISIONAL_NS);
            rig.operate(ContestOperation.FREEZE, C);
            rig.operate(PlayerOperation.UNFREEZE, C, 1);
            assertEquals(ResultCode.ACCEPTED, rig.operate(ContestOperation.CANCEL, C));
            assertEquals(Long.MAX_VALUE, rig.engine.nextDeadlineNs(), "no slice is left");
            assertEquals(before, rig.engine.reads().status().memoryBytes().get("contests"));
            assertEquals(players, rig.rows(C).size());
        }
    }

    @Test
    void shouldHashThePublicViewWhenFrozenUnderTheHash() {
        try (BoardRig rig = provisional(PLAYERS)) {
            rig.operate(ContestOperation.FREEZE, C);
            rig.operate(PlayerOperation.DISQUALIFY, C, 7);
            rig.tickWhileDue();
            final List<BoardRow> seen = rig.rows(C);
            assertEquals(PLAYERS, seen.size());
            assertEquals(BoardRig.hash(seen), rig.info(C).boardHash());
            rig.operate(ContestOperation.UNFREEZE, C);
            rig.tickWhileDue();
            assertEquals(PLAYERS - 1, rig.rows(C).size());
            assertEquals(BoardRig.hash(rig.rows(C)), rig.info(C).boardHash());
        }
    }

    @Test
    void shouldFinishEveryBoardWhenSeveralWaitForTheirHash() {
        try (BoardRig rig = new BoardRig(ContestDefinitions.total("a"),
            ContestDefinitions.bestRounds("b", 3), ContestDefinitions.maxMultiplier("d"))) {
            rig.play(0, PLAYERS, 1);
            rig.tickAt(FINAL_NS);
            final int ticks = rig.tickWhileDue();
            assertTrue(ticks >= 6, "one slice per command, not " + ticks + " commands");
            for (final String contest : List.of("a", "b", "d")) {
                assertEquals(ContestState.SETTLED, rig.info(contest).state());
                assertEquals(BoardRig.hash(rig.rows(contest)), rig.info(contest).boardHash());
            }
        }
    }

    @Test
    void shouldShareOneSliceWhenManySmallBoardsEndInOneCommand() {
        try (BoardRig rig = new BoardRig(ContestDefinitions.total("a"),
            ContestDefinitions.total("b"), ContestDefinitions.total("d"))) {
            rig.play(0, 2_000, 1);
            rig.tickAt(PROVISIONAL_NS);
            final List<String> hashed = List.of("a", "b", "d").stream()
                .filter(contest -> !rig.info(contest).boardHash().isEmpty()).toList();
            assertEquals(List.of("a", "b"), hashed, "4,096 entries hold two boards of 2,000");
            assertEquals(1, rig.tickWhileDue());
            assertEquals(BoardRig.hash(rig.rows("d")), rig.info("d").boardHash());
        }
    }
}
