package io.laurel.engine.scenario;

import io.laurel.engine.reference.Command;
import io.laurel.engine.reference.Command.Step;
import io.laurel.engine.reference.Outcome;
import io.laurel.engine.reference.ReferenceEngine;
import io.laurel.engine.reference.ReferenceEngine.ContestView;
import io.laurel.engine.reference.Row;
import java.util.List;
import java.util.Map;

/** The judge as a subject. */
public final class ReferenceSubject implements Subject {
    private final ReferenceEngine engine = new ReferenceEngine();

    @Override
    public Outcome apply(long sequence, Step step) {
        final long time = step.timeNs();
        final Command command = step.command();
        if (command instanceof Command.SendEvent sent) {
            return engine.event(sequence, time, sent.source(), sent.event());
        }
        if (command instanceof Command.Genesis genesis) {
            return engine.genesis(sequence, time, genesis.limits(), genesis.eventClock());
        }
        if (command instanceof Command.RegisterSource source) {
            return engine.registerSource(sequence, time, source.name());
        }
        if (command instanceof Command.RefuseEvent refused) {
            return engine.eventRefused(sequence, time, refused.source(), refused.code());
        }
        if (command instanceof Command.SetLimits changed) {
            return engine.setLimits(sequence, time, changed.limits());
        }
        if (command instanceof Command.AdvanceTime advance) {
            return engine.advanceTime(sequence, time, advance.toNs());
        }
        if (command instanceof Command.ReadLog) {
            return engine.readLog(sequence, time);
        }
        if (command instanceof Command.Tick || command instanceof Command.OpenSession) {
            // sessions are no business of the judge: sequence numbers never reach it
            return engine.tick(sequence, time);
        }
        return document(sequence, time, command);
    }

    private Outcome document(long sequence, long time, Command command) {
        if (command instanceof Command.PublishContest publish) {
            return engine.publishContest(sequence, time, publish.definition());
        }
        if (command instanceof Command.ExtendSchedule extend) {
            return engine.extendSchedule(sequence, time, extend.contest(), extend.starts());
        }
        if (command instanceof Command.ContestAction action) {
            return engine.contestAction(sequence, time, action.operation(), action.contest());
        }
        if (command instanceof Command.PlayerAction action) {
            return engine.playerAction(sequence, time, action.operation(), action.contest(),
                action.user());
        }
        if (command instanceof Command.PlayerProfile profile) {
            return engine.playerProfile(sequence, time, profile.player());
        }
        if (command instanceof Command.ErasePlayer erase) {
            return engine.erasePlayer(sequence, time, erase.user());
        }
        if (command instanceof Command.PublishFx publish) {
            return engine.publishFx(sequence, time, publish.table());
        }
        throw new IllegalArgumentException("no such command: " + command);
    }

    @Override
    public List<String> contests() {
        return engine.contests();
    }

    @Override
    public List<Row> board(String contest, String partition) {
        return engine.board(contest, partition);
    }

    @Override
    public ContestView contest(String id) {
        return engine.contest(id);
    }

    @Override
    public Map<String, Map<String, Long>> outcomes() {
        return engine.outcomes();
    }

    @Override
    public long discardedRounds() {
        return engine.discardedRounds();
    }

    /** Returns the judge itself, for what only it can say. */
    public ReferenceEngine engine() {
        return engine;
    }

    @Override
    public void close() {
        // plain collections
    }
}
