package io.laurel.server;

import io.laurel.gateway.http.RequestKeys;
import io.laurel.gateway.security.Keys;
import io.laurel.server.config.LaurelConfig;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The configured keys as each part of the gateway wants them. */
final class NodeKeys implements RequestKeys {
    private final Map<String, Key> byId = new TreeMap<>();

    NodeKeys(List<LaurelConfig.Key> keys) {
        keys.forEach(key -> byId.put(key.id(), new Key(key.id(), key.secret(), key.roles(),
            Set.copyOf(key.brands()))));
    }

    /** Returns the keys for sessions over TCP. */
    Keys forSessions() {
        return new Keys(byId.values().stream().map(key ->
            new io.laurel.gateway.security.Key(key.id(), key.secret(), key.roles().stream()
                .map(role -> role.name().toLowerCase(Locale.ROOT)).collect(Collectors.toSet()),
                key.brands())).toList());
    }

    @Override
    public boolean isEmpty() {
        return byId.isEmpty();
    }

    @Override
    public Key find(String id) {
        return byId.get(id);
    }

    @Override
    public List<String> senders() {
        return byId.values().stream().filter(key -> key.roles().contains(Role.SEND))
            .map(Key::id).toList();
    }
}
