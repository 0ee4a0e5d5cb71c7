package io.laurel.gateway.http;

import io.laurel.engine.contest.ContestState;
import io.laurel.engine.query.BoardPage;
import io.laurel.engine.query.BoardRequest;
import io.laurel.engine.query.BoardRow;
import io.laurel.engine.query.ContestInfo;
import io.laurel.engine.query.EngineReads;
import io.laurel.engine.query.SessionInfo;
import io.laurel.engine.query.SessionProbe;
import io.laurel.engine.query.StatusInfo;
import io.laurel.engine.rules.ContestDefinition;
import io.laurel.engine.rules.ContestDefinition.AntiAbuse;
import io.laurel.engine.rules.ContestDefinition.Board;
import io.laurel.engine.rules.ContestDefinition.BoardType;
import io.laurel.engine.rules.ContestDefinition.Distribution;
import io.laurel.engine.rules.ContestDefinition.Entity;
import io.laurel.engine.rules.ContestDefinition.LadderStep;
import io.laurel.engine.rules.ContestDefinition.MinBet;
import io.laurel.engine.rules.ContestDefinition.PartitionBy;
import io.laurel.engine.rules.ContestDefinition.Periodicity;
import io.laurel.engine.rules.ContestDefinition.Prize;
import io.laurel.engine.rules.ContestDefinition.Rewards;
import io.laurel.engine.rules.ContestDefinition.Scope;
import io.laurel.engine.rules.ContestDefinition.Scoring;
import io.laurel.engine.rules.ContestDefinition.TieBreaker;
import io.laurel.engine.rules.ContestDefinition.Window;
import io.laurel.engine.rules.Expression;
import io.laurel.engine.rules.FxTable;
import java.util.List;
import java.util.Map;

/** Reads of two contests: {@code t_a} of players and {@code t_games} of games. */
final class FakeReads implements EngineReads {
    static final long START_NS = 1_761_415_200_000_000_000L;
    static final long HOUR_NS = 3_600_000_000_000L;

    volatile boolean frozen;
    volatile boolean eventClock = true;
    volatile boolean broken;
    volatile BoardRequest asked;
    volatile long score = 18_400;

    private static ContestDefinition definition(String id, Entity entity, List<String> markets) {
        final Scope scope = new Scope(List.of("X"), markets, List.of(), List.of("g_*"),
            List.of(), List.of(), List.of("vip"), List.of());
        final Scoring scoring = new Scoring("min(win.amount / bet.amount, 50) * 100",
            new Expression.Literal(1), 2, false, new MinBet(0, Map.of("EUR", 50L)),
            List.of("g_*"), Map.of("g_77", 0.5), Map.of());
        final Board board = new Board(BoardType.BEST_N_ROUNDS, 20,
            List.of(TieBreaker.HIGHEST_SINGLE_MULTIPLIER, TieBreaker.EARLIEST_FINISH_TS), entity,
            PartitionBy.MARKET, List.of(), 0);
        final AntiAbuse abuse = new AntiAbuse(800_000_000L, 2_000_000_000L, 1,
            List.of("hosting", "proxy"), true, new Periodicity(50, 0.02, true));
        final Rewards rewards = new Rewards("EUR", 1_000_000, Distribution.LADDER,
            List.of(new LadderStep(1, 1, 300_000, null), new LadderStep(2, 10, 25_000, null),
                new LadderStep(11, 50, 0, new Prize("freespins", 10, "", "g_66", ""))), 0, 0,
            List.of(), 1, 0);
        return new ContestDefinition(id, Map.of("en", "Sprint"),
            new Window(START_NS, START_NS + HOUR_NS, "Europe/Kyiv"), null, scope, false, scoring,
            board, abuse, rewards, null, 30_000_000_000L, 600_000_000_000L, false);
    }

    @Override
    public List<ContestInfo> contests() {
        return List.of(contest("t_a"), contest("t_games"));
    }

    @Override
    public ContestInfo contest(String id) {
        if (broken) {
            throw new IllegalStateException("broken on purpose");
        }
        return switch (id) {
            case "t_a" -> new ContestInfo(id, "", definition(id, Entity.PLAYER,
                List.of("DE", "S*")), 3, "ab".repeat(32), ContestState.LIVE, frozen, START_NS,
                START_NS + HOUR_NS, 3, "", Map.of("zero_bet", 4L));
            case "t_games" -> new ContestInfo(id, "weekly", definition(id, Entity.GAME,
                List.of()), 1, "cd".repeat(32), ContestState.PROVISIONAL, false, START_NS,
                START_NS + HOUR_NS, 1, "ef".repeat(32), Map.of());
            default -> null;
        };
    }

    @Override
    public BoardPage board(BoardRequest request) {
        asked = request;
        if (!"t_a".equals(request.contest()) && !"t_games".equals(request.contest())
            || "FR".equals(request.partition())) {
            return null;
        }
        final boolean games = "t_games".equals(request.contest());
        final List<BoardRow> rows = List.of(
            new BoardRow(1, games ? "g_77" : "u_9", "", score, 500_000, 31, 5, 100, 0, false),
            new BoardRow(2, "u_123", "Ace", 560_010, 25_000, 3, 5, -200, 40, false),
            new BoardRow(3, "é𝄞x", "", 1_200, 3_333, 1, 5, 1, 2, true));
        final BoardRow me = switch (request.me()) {
            case "u_123" -> rows.get(1);
            default -> null;
        };
        return new BoardPage(request.contest(), ContestState.LIVE, frozen, 1, 2, 2, 3,
            request.top() == 1 ? rows.subList(0, 1) : request.top() == 0
                && request.users().isEmpty() && request.afterPosition() < 0 ? List.of() : rows,
            request.around() > 0 ? rows : List.of(), me);
    }

    @Override
    public SessionInfo session(long sessionId) {
        return null;
    }

    @Override
    public SessionProbe sessionProbe(long sessionId, long sessionVerId, long seqNo,
        long contentHash) {
        return SessionProbe.UNKNOWN;
    }

    @Override
    public int fxVersion(String id) {
        return fx(id) == null ? 0 : 1;
    }

    @Override
    public int profileVersion(String user) {
        return "u_old".equals(user) ? 1 : 0;
    }

    @Override
    public FxTable fx(String id) {
        return "fx_old".equals(id) ? new FxTable(id, "EUR", Map.of()) : null;
    }

    @Override
    public StatusInfo status() {
        return new StatusInfo(12, START_NS, eventClock, 5, 2, 1, Map.of("boards", 4096L), 1 << 20,
            List.of(new StatusInfo.Source("lo\"cal", Map.of("accepted", 9L))), 2);
    }

    @Override
    public int source(String name) {
        return -1;
    }

    @Override
    public List<String> schedulesToExtend(long beforeNs) {
        return List.of();
    }
}
