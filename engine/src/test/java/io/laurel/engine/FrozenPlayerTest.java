package io.laurel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.query.BoardPage;
import io.laurel.engine.query.BoardRequest;
import io.laurel.engine.query.BoardRow;
import io.laurel.protocol.storage.PlayerOperation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What can be read of a player whom the public does not see. */
class FrozenPlayerTest {
    private static final String C = "c";

    private static BoardPage ask(BoardRig rig, int player) {
        final String user = BoardRig.user(player);
        return rig.engine.reads().board(
            new BoardRequest(C, "", 0, user, 1, List.of(user), -1, 0));
    }

    @Test
    void shouldBeShownToNobodyWhileFrozenAndScoreOn() {
        try (BoardRig rig = new BoardRig(ContestDefinitions.total(C))) {
            rig.play(0, 3, 100);
            final BoardRow before = ask(rig, 1).me();
            rig.operate(PlayerOperation.FREEZE, C, 1);
            rig.play(1, 1, 100);
            final BoardPage page = ask(rig, 1);
            assertNull(page.me());
            assertEquals(List.of(), page.around());
            assertEquals(List.of(), page.top());
            assertEquals(2, page.entries());
            rig.operate(PlayerOperation.UNFREEZE, C, 1);
            assertEquals(1, ask(rig, 1).me().position());
            assertTrue(ask(rig, 1).me().score() > before.score(), "scores on out of sight");
        }
    }

    @Test
    void shouldHaveNoRowWithoutARoundOrOnceDisqualified() {
        try (BoardRig rig = new BoardRig(ContestDefinitions.total(C))) {
            rig.play(0, 3, 100);
            rig.operate(PlayerOperation.FREEZE, C, 9);
            assertNull(ask(rig, 9).me());
            rig.operate(PlayerOperation.FREEZE, C, 1);
            rig.operate(PlayerOperation.DISQUALIFY, C, 1);
            assertNull(ask(rig, 1).me());
        }
    }
}
