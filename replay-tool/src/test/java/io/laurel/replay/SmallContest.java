package io.laurel.replay;

import io.laurel.engine.ContestDefinitions;
import io.laurel.engine.reference.Command;
import io.laurel.engine.reference.Command.Step;
import io.laurel.engine.reference.Event;
import io.laurel.engine.reference.Limits;
import io.laurel.engine.reference.PlayerOp;
import io.laurel.engine.rules.Document;
import io.laurel.engine.rules.Documents;
import io.laurel.engine.rules.PlayerDefinition;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One contest from its rules to its settlement, small enough to be known by heart. */
public final class SmallContest {
    /** Start of the window, 2025-10-25T18:00Z. */
    public static final long START_NS = ContestDefinitions.START_NS;
    /** Its id. */
    public static final String ID = "t_small";

    private static final long SECOND_NS = 1_000_000_000L;
    private static final String RULES = """
        id: t_small
        name: {en: '=Small, "sprint"'}
        window: {start: 2025-10-25T18:00Z, end: 2025-10-25T19:00Z, tz: UTC}
        scope: {markets: [DE]}
        scoring: {formula: win.amount, min_bet_minor: 50}
        leaderboard: {type: total}
        rewards:
          pool: {currency: EUR, total_minor: 1001}
          distribution: ladder
          ladder: [{rank: 1, percent: 50}, {rank: 2, percent: 30},
            {rank: 3, reward: {type: freespins, value: 10, game: g_66}}]
        """;

    private SmallContest() {
    }

    /** Returns all of it, a command each second, then the end and the appeals. */
    public static List<Step> steps() {
        final List<Command> commands = new ArrayList<>();
        commands.add(new Command.Genesis(new Limits(900 * SECOND_NS, 60 * SECOND_NS, 10), false));
        commands.add(new Command.RegisterSource("local"));
        commands.add(new Command.PublishContest(((Document.ContestDocument) Documents.parse(
            RULES.getBytes(StandardCharsets.UTF_8), START_NS).get(0)).definition()));
        commands.add(new Command.PlayerProfile(new PlayerDefinition("u_b", "@evil", List.of(),
            true, false, 0, Integer.MIN_VALUE, "")));
        commands.add(spin(4, "u_a", 500));
        commands.add(spin(5, "u_b", 300));
        commands.add(spin(6, "=u_c", 200));
        commands.add(spin(7, "u_d", 900));
        commands.add(spin(8, "u_e", 800));
        commands.add(spin(9, "u_a", 100));
        commands.add(spin(9, "u_a", 100));
        commands.add(new Command.PlayerAction(PlayerOp.FREEZE, ID, "u_d"));
        commands.add(new Command.PlayerAction(PlayerOp.DISQUALIFY, ID, "u_e"));
        commands.add(new Command.PlayerAction(PlayerOp.ENTER, ID, "u_f"));
        final List<Step> steps = new ArrayList<>();
        for (int i = 0; i < commands.size(); i++) {
            steps.add(new Step(START_NS + i * SECOND_NS, commands.get(i)));
        }
        steps.add(new Step(START_NS + 3_630 * SECOND_NS, new Command.Tick()));
        steps.add(new Step(START_NS + 4_230 * SECOND_NS, new Command.Tick()));
        return steps;
    }

    private static Command spin(int second, String user, long win) {
        final String id = second + user.replace("=", "");
        return new Command.SendEvent("local", 0, new Event("e" + id, "spin",
            START_NS + second * SECOND_NS, user, "DE", "X", "g_1", "P", "slot", 100L, "EUR", win,
            null, "r" + id, null, null, "web", "isp", false, null));
    }
}
