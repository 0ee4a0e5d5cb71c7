package io.laurel.engine.simulation;

import io.laurel.engine.query.SessionInfo;
import io.laurel.engine.reference.Command.OpenSession;
import io.laurel.engine.reference.Command.SendEvent;
import io.laurel.engine.reference.Event;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A provider with a session: sends what it has in order, keeps all of it, sends again from where
 * the node says that it stands.
 */
final class SimulatedClient {
    private final long sessionId;
    private final String source;
    private final NodeSimulation node;
    private final Deque<Event> inbox = new ArrayDeque<>();
    private final List<Event> history = new ArrayList<>();
    private final List<Event> unacknowledged = new ArrayList<>();
    private long verId;
    private boolean opened;
    private int sent;
    private int acknowledged;

    SimulatedClient(long sessionId, String source, NodeSimulation node) {
        this.sessionId = sessionId;
        this.source = source;
        this.node = node;
    }

    void give(Event event) {
        inbox.add(event);
    }

    /** Begins a new version; what was not acknowledged comes again under new numbers. */
    void renew() {
        unacknowledged.addAll(history.subList(acknowledged, history.size()));
        history.clear();
        history.addAll(unacknowledged);
        unacknowledged.clear();
        verId++;
        opened = false;
        sent = 0;
        acknowledged = 0;
    }

    /** Sends the next message, or the opening where that is still to come. */
    void send() {
        if (verId == 0) {
            renew();
        }
        if (!opened) {
            opened = node.publish(new OpenSession(sessionId, verId, source), 0, 0);
            return;
        }
        if (sent == history.size()) {
            if (inbox.isEmpty()) {
                return;
            }
            history.add(inbox.poll());
        }
        sent += publish(sent + 1) ? 1 : 0;
    }

    /** Sends something that was sent before: the network came twice. */
    void repeat(int which) {
        if (sent > 0) {
            publish(1 + Math.floorMod(which, sent));
        }
    }

    /** Sends out of turn. */
    void skip() {
        if (opened && sent + 1 < history.size()) {
            publish(sent + 2);
        }
    }

    private boolean publish(int seqNo) {
        return node.publish(new SendEvent(source, sessionId, history.get(seqNo - 1)), verId,
            seqNo);
    }

    /** A message is durable and applied. */
    void onReply(Logged logged) {
        if (logged.verId() == verId) {
            acknowledged = Math.max(acknowledged, (int) logged.seqNo());
        }
    }

    /** The node is back and says where the session stands. */
    void onRestart(SessionInfo info) {
        if (info == null || info.sessionVerId() != verId) {
            if (acknowledged > 0) {
                throw new AssertionError("NoAckedLost: session " + sessionId + " at " + verId
                    + ", acknowledged to " + acknowledged + ", is now " + info);
            }
            opened = false;
            sent = 0;
            return;
        }
        if (info.lastSeqNo() < acknowledged || info.lastSeqNo() > history.size()) {
            throw new AssertionError("NoAckedLost: " + info + ", acknowledged " + acknowledged
                + " of " + history.size());
        }
        sent = (int) info.lastSeqNo();
    }
}
