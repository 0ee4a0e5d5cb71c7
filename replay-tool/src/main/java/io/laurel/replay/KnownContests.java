package io.laurel.replay;

import io.laurel.engine.Engine;
import io.laurel.engine.query.ContestInfo;
import io.laurel.engine.rules.Nearest;
import java.util.List;

/** The contests of a state, as somebody names them. */
public final class KnownContests {
    private KnownContests() {
    }

    /** Returns those that have a board: a recurring one has none, only its instances have. */
    public static List<ContestInfo> withBoards(Engine engine) {
        return engine.reads().contests().stream()
            .filter(contest -> contest.definition().schedule() == null).toList();
    }

    /** Returns a contest that has a board; refuses an unknown id and names the nearest known. */
    public static ContestInfo check(Engine engine, String id) {
        final List<ContestInfo> known = withBoards(engine);
        return known.stream().filter(contest -> contest.id().equals(id)).findFirst()
            .orElseThrow(() -> new CommandFailure(ExitCode.BAD_DOCUMENT, "no contest '" + id
                + "' at sequence " + engine.sequence()
                + Nearest.hint(id, known.stream().map(ContestInfo::id).toList())));
    }
}
