package io.laurel.replay.export;

import io.laurel.engine.Engine;
import io.laurel.engine.ResultCode;
import io.laurel.engine.query.ContestInfo;
import io.laurel.engine.query.EntryInfo;
import io.laurel.engine.rules.ContestDefinition.Entity;
import io.laurel.protocol.storage.EventCommandDecoder;
import io.laurel.protocol.storage.PlayerActionDecoder;
import io.laurel.protocol.storage.PlayerOperation;
import io.laurel.protocol.wire.GameEventDecoder;
import io.laurel.replay.LogObserver;
import io.laurel.replay.LoggedCommand;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.DirectBuffer;

/**
 * Who has ever come into a contest, and when: by entering, or by the first round that scored.
 * Whoever was disqualified since is still among them. As many as the contest has entries.
 */
final class Entrants implements LogObserver {
    private final String contest;
    private final Map<String, Long> enteredNs = new TreeMap<>();
    private final Map<String, String> marks = new TreeMap<>();
    private Entity entity;

    Entrants(String contest) {
        this.contest = contest;
    }

    /** Returns log times by id, ns since the Unix epoch. */
    Map<String, Long> enteredNs() {
        return enteredNs;
    }

    /** Returns why an entrant is not on the board. */
    String mark(String id) {
        return marks.getOrDefault(id, "entered");
    }

    /** Whether a round of an entrant has scored; also where it is frozen and shown to nobody. */
    static boolean hasScored(Engine engine, String contest, String id) {
        final EntryInfo entry = engine.reads().entry(contest, id);
        return entry != null && entry.rounds() != 0;
    }

    @Override
    public void onApplied(LoggedCommand command, Engine engine) {
        if (command.result() != ResultCode.ACCEPTED) {
            return;
        }
        if (command.templateId() == EventCommandDecoder.TEMPLATE_ID) {
            event(command, engine);
        } else if (command.templateId() == PlayerActionDecoder.TEMPLATE_ID) {
            action(new PlayerActionDecoder().wrap(command.buffer(), command.offset(),
                command.blockLength(), command.version()), command.timeNs());
        }
    }

    private void event(LoggedCommand command, Engine engine) {
        if (entity == null) {
            final ContestInfo info = engine.reads().contest(contest);
            if (info == null) {
                return;
            }
            entity = info.definition().board().entity();
        }
        final String id = entityOf(command);
        if (!enteredNs.containsKey(id) && hasScored(engine, contest, id)) {
            enteredNs.put(id, command.timeNs());
        }
    }

    private String entityOf(LoggedCommand command) {
        final DirectBuffer buffer = command.buffer();
        final EventCommandDecoder from = new EventCommandDecoder().wrap(buffer,
            command.offset(), command.blockLength(), command.version());
        final GameEventDecoder event = new GameEventDecoder().wrap(buffer,
            from.limit() + EventCommandDecoder.payloadHeaderLength(), from.eventBlockLength(),
            from.eventVersion());
        event.skipEventId();
        final String user = event.userId();
        event.skipBrand();
        final String game = event.gameId();
        return switch (entity) {
            case PLAYER -> user;
            case GAME -> game;
            case PROVIDER -> event.gameProvider();
        };
    }

    private void action(PlayerActionDecoder action, long timeNs) {
        final PlayerOperation operation = action.operation();
        if (!action.contest().equals(contest)) {
            return;
        }
        final String user = action.user();
        switch (operation) {
            case ENTER -> {
                enteredNs.putIfAbsent(user, timeNs);
                marks.remove(user);
            }
            case LEAVE -> marks.put(user, "left");
            case DISQUALIFY -> marks.put(user, "disqualified");
            default -> {
                // a frozen player still has a row
            }
        }
    }
}
