package io.laurel.gateway.tcp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * All connections: by number, for replies; by session, for "one connection per session"; and how
 * many of each key have logged on. A closed connection stays until the engine has answered all
 * that it published, because only then does the engine know where its session stands.
 */
final class SessionRegistry {
    private final Int2ObjectHashMap<SessionHandler> byNumber = new Int2ObjectHashMap<>();
    private final Long2ObjectHashMap<SessionHandler> bySession = new Long2ObjectHashMap<>();
    private final Map<String, Integer> perKey = new HashMap<>();
    private final List<SessionHandler> open = new ArrayList<>();
    private int lastNumber;

    int add(SessionHandler handler) {
        do {
            lastNumber++;
        } while (lastNumber == 0 || byNumber.containsKey(lastNumber));
        byNumber.put(lastNumber, handler);
        open.add(handler);
        return lastNumber;
    }

    SessionHandler byNumber(int number) {
        return byNumber.get(number);
    }

    /** Returns the connection that holds a session, maybe a closed one, or null. */
    SessionHandler holder(long sessionId) {
        return bySession.get(sessionId);
    }

    /** Gives a session to a connection; returns the one that held it, or null. */
    SessionHandler hold(long sessionId, SessionHandler handler) {
        return bySession.put(sessionId, handler);
    }

    /** Counts a logon; returns false where the key has too many already. */
    boolean enter(String keyName, int most) {
        final int count = perKey.getOrDefault(keyName, 0);
        if (count >= most) {
            return false;
        }
        perKey.put(keyName, count + 1);
        return true;
    }

    void leave(String keyName) {
        perKey.computeIfPresent(keyName, (name, count) -> count == 1 ? null : count - 1);
    }

    void onClosed(SessionHandler handler) {
        open.remove(handler);
    }

    /** Forgets a closed connection that nothing is owed any more. */
    void remove(SessionHandler handler, long sessionId) {
        byNumber.remove(handler.number());
        if (bySession.get(sessionId) == handler) {
            bySession.remove(sessionId);
        }
    }

    /** Returns the open connections, oldest first; a copy, since handlers close themselves. */
    List<SessionHandler> open() {
        return List.copyOf(open);
    }

    int openCount() {
        return open.size();
    }

    /** Tells every open connection that a burst of replies is over. */
    void onBatchEnd(long durableSequence) {
        for (int i = open.size() - 1; i >= 0; i--) {
            if (i < open.size()) {
                open.get(i).onBatchEnd(durableSequence);
            }
        }
    }
}
