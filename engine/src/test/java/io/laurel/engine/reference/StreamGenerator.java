package io.laurel.engine.reference;

import io.laurel.engine.reference.Command.Step;
import io.laurel.engine.rules.ContestDefinition;
import io.laurel.engine.rules.FxTable;
import io.laurel.engine.rules.PlayerDefinition;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A random log for a seed: the same seed gives the same steps. */
public final class StreamGenerator {
    private static final long BEGIN_NS =
        Instant.parse("2025-10-25T17:55:00Z").getEpochSecond() * Dice.SECOND_NS;
    private static final int FULL_AGE = 18;

    private final Dice dice;
    private final ContestGenerator contests;
    private final EventGenerator events;
    private final boolean eventClock;
    private final List<String> sources;
    private final List<Step> steps = new ArrayList<>();
    private final Map<String, ContestDefinition> published = new TreeMap<>();
    private final List<String> ids = new ArrayList<>();
    private final List<Long> edges = new ArrayList<>();
    private final List<Long> sessions = new ArrayList<>();
    private Limits limits;
    private long nowNs = BEGIN_NS;

    private StreamGenerator(long seed) {
        dice = new Dice(seed);
        contests = new ContestGenerator(dice);
        events = new EventGenerator(dice);
        eventClock = dice.percent(25);
        sources = List.of("local", "provider-a", "provider-b").subList(0, 1 + dice.below(3));
        limits = limits(dice.percent(10) ? 8 : 1_000);
    }

    /** Returns the stream of a seed, with about that many commands. */
    public static List<Step> generate(long seed, int commands) {
        return new StreamGenerator(seed).run(commands);
    }

    private List<Step> run(int commands) {
        add(new Command.Genesis(limits, eventClock));
        sources.forEach(source -> add(new Command.RegisterSource(source)));
        if (dice.percent(80)) {
            add(new Command.PublishFx(table(dice.below(2))));
        }
        publish();
        publish();
        while (steps.size() < commands) {
            step();
        }
        return List.copyOf(steps);
    }

    private void add(Command command) {
        steps.add(new Step(nowNs, command));
    }

    private void step() {
        final int what = dice.below(1_000);
        if (!eventClock) {
            nowNs += advance();
        }
        if (what < 855) {
            event();
        } else if (what < 870) {
            add(new Command.ReadLog());
        } else if (what < 890) {
            passTime();
        } else if (what < 905) {
            publish();
        } else if (what < 915) {
            republish();
        } else if (what < 935) {
            add(new Command.ContestAction(operation(), dice.one(ids)));
        } else if (what < 970) {
            add(new Command.PlayerAction(dice.one(List.of(PlayerOp.values())), dice.one(ids),
                dice.user()));
        } else if (what < 985) {
            add(new Command.PlayerProfile(profile()));
        } else {
            rare(what);
        }
    }

    private void rare(int what) {
        switch (what) {
            case 985, 986, 987 -> {
                limits = limits(limits.maxContests());
                add(new Command.SetLimits(limits));
            }
            case 988, 989 -> add(new Command.PublishFx(table(dice.below(2))));
            case 990, 991 -> add(new Command.ErasePlayer(dice.user()));
            case 992, 993 -> add(new Command.RegisterSource(dice.one(sources)));
            case 994, 995 -> openSession();
            case 996, 997 -> extend();
            default -> add(new Command.RefuseEvent(dice.one(sources), "invalid"));
        }
    }

    private void event() {
        final long before = eventClock ? nowNs + advance() : nowNs;
        final Event event = events.next(before, limits, eventClock, edges);
        if (eventClock) {
            nowNs = Math.max(nowNs, event.ts());
        }
        final long session = !sessions.isEmpty() && dice.percent(30) ? dice.one(sessions) : 0;
        final String source =
            session == 0 ? dice.one(sources) : sources.get((int) (session % sources.size()));
        add(new Command.SendEvent(source, session, event));
    }

    private void passTime() {
        if (eventClock) {
            final long toNs = nowNs + dice.one(-1, 0, 1) * Dice.SECOND_NS + advance();
            nowNs = Math.max(nowNs, toNs);
            add(new Command.AdvanceTime(toNs));
        } else if (dice.percent(5)) {
            add(new Command.AdvanceTime(nowNs + Dice.SECOND_NS));
        } else {
            add(new Command.Tick());
        }
    }

    private long advance() {
        final int what = dice.below(100);
        if (what < 40) {
            return 0;
        }
        if (what < 80) {
            return dice.below(20) * (Dice.SECOND_NS / 10);
        }
        if (what < 90) {
            return dice.one(1, 999_999_999L, Dice.SECOND_NS, 5 * Dice.SECOND_NS);
        }
        if (what < 97) {
            final List<Long> ahead = edges.stream().filter(edge ->
                edge >= nowNs && edge <= nowNs + 90 * Dice.SECOND_NS).toList();
            return ahead.isEmpty() ? 0
                : Math.max(0, dice.one(ahead) - nowNs + dice.one(-1, 0, 1));
        }
        return dice.below(60) * Dice.SECOND_NS;
    }

    private ContestOp operation() {
        final int what = dice.below(12);
        if (what < 5) {
            return ContestOp.FREEZE;
        }
        if (what < 10) {
            return ContestOp.UNFREEZE;
        }
        return what == 10 ? ContestOp.FINALIZE : ContestOp.CANCEL;
    }

    private void publish() {
        final boolean series = dice.percent(8);
        final String id = (series ? "s" : "c") + published.size();
        final ContestDefinition made =
            series ? contests.series(id, nowNs) : contests.next(id, nowNs);
        if (series) {
            made.schedule().starts().forEach(start -> ids.add(Catalog.instanceId(id, start)));
        } else {
            ids.add(id);
        }
        published.put(id, made);
        edges.addAll(EventGenerator.edges(made));
        add(new Command.PublishContest(made));
    }

    private void republish() {
        final ContestDefinition old = dice.one(List.copyOf(published.values()));
        // what a changed series does to its instances is left to scenarios
        final ContestDefinition made =
            old.schedule() != null || dice.percent(25) ? old : contests.changed(old);
        if (dice.percent(70)) {
            published.put(made.id(), made);
        }
        edges.addAll(EventGenerator.edges(made));
        add(new Command.PublishContest(made));
    }

    private void extend() {
        final ContestDefinition any = dice.one(List.copyOf(published.values()));
        final long first = nowNs - nowNs % Dice.SECOND_NS + 60 * Dice.SECOND_NS;
        add(new Command.ExtendSchedule(any.id(), List.of(first, first + 90 * Dice.SECOND_NS)));
        if (any.schedule() != null) {
            ids.add(Catalog.instanceId(any.id(), first));
        }
    }

    private void openSession() {
        final long id = 1 + dice.below(4);
        if (!sessions.contains(id)) {
            sessions.add(id);
            add(new Command.OpenSession(id, steps.size(),
                sources.get((int) (id % sources.size()))));
        }
    }

    private Limits limits(long maxContests) {
        return new Limits(dice.one(30, 60, 120) * Dice.SECOND_NS,
            dice.one(0, 5, 10) * Dice.SECOND_NS, maxContests);
    }

    private PlayerDefinition profile() {
        final long today = Math.floorDiv(nowNs, 86_400L * Dice.SECOND_NS);
        final LocalDate adult = LocalDate.ofEpochDay(today).minusYears(FULL_AGE);
        final int birthDay = dice.percent(70) ? Integer.MIN_VALUE
            : (int) adult.plusDays(dice.one(-1, 0, 1)).toEpochDay();
        return new PlayerDefinition(dice.user(), dice.percent(50) ? "Al" + dice.below(5) : "",
            dice.some(Dice.SEGMENTS, 50), dice.percent(50), dice.percent(8),
            dice.percent(15) ? nowNs + dice.one(-1, 0, 5, 30) * Dice.SECOND_NS : 0, birthDay,
            "de");
    }

    private static FxTable table(int variant) {
        return new FxTable(ContestGenerator.FX, "EUR", Collections.unmodifiableMap(new TreeMap<>(
            Map.of("SEK", new FxTable.Rate(variant == 0 ? 895 : 905, 4)))));
    }
}
