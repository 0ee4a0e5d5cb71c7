package io.laurel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.laurel.engine.query.EngineReads;
import io.laurel.engine.query.SettledContest;
import io.laurel.protocol.storage.ContestOperation;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The order in which contests were settled is part of the state. */
class SettledContestsTest {
    private static final int LARGE = 5_000;

    @Test
    void shouldListContestsInTheOrderInWhichTheyWereSettled() {
        try (BoardRig rig = new BoardRig(ContestDefinitions.total("a"),
            ContestDefinitions.total("b"), ContestDefinitions.total("c"))) {
            final EngineReads reads = rig.engine.reads();
            assertNull(reads.settledAfter(""));
            rig.play(0, 3, 1);
            assertEquals(ResultCode.ACCEPTED, rig.operate(ContestOperation.FINALIZE, "c"));
            final long first = rig.engine.sequence();
            assertEquals(ResultCode.ACCEPTED, rig.operate(ContestOperation.CANCEL, "b"));
            assertEquals(ResultCode.ACCEPTED, rig.operate(ContestOperation.FINALIZE, "a"));
            assertEquals(ResultCode.ACCEPTED, rig.operate(ContestOperation.FINALIZE, "c"));

            final SettledContest c = reads.settledAfter("");
            assertEquals("c", c.id());
            assertEquals(first, c.sequence());
            assertEquals(3, c.entries());
            assertEquals(1, c.rulesVersion());
            assertEquals(rig.info("c").rulesHash(), HexFormat.of().formatHex(c.rulesHash()));
            assertEquals(rig.info("c").boardHash(), HexFormat.of().formatHex(c.boardHash()));
            final SettledContest a = reads.settledAfter("c");
            assertEquals("a", a.id());
            assertEquals(first + 2, a.sequence());
            assertNull(reads.settledAfter("a"));
            assertThrows(IllegalArgumentException.class, () -> reads.settledAfter("b"));
        }
    }

    @Test
    void shouldListALargeContestWhenItsHashIsThere() {
        try (BoardRig rig = new BoardRig(ContestDefinitions.total("a"))) {
            rig.play(0, LARGE, 1);
            assertEquals(ResultCode.ACCEPTED, rig.operate(ContestOperation.FINALIZE, "a"));
            assertNull(rig.engine.reads().settledAfter(""), "a slice of two is to come");
            rig.tickWhileDue();
            final SettledContest settled = rig.engine.reads().settledAfter("");
            assertNotNull(settled);
            assertEquals(rig.engine.sequence(), settled.sequence());
            assertEquals(BoardRig.hash(rig.rows("a")),
                HexFormat.of().formatHex(settled.boardHash()));
        }
    }
}
