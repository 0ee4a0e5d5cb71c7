package io.laurel.gateway.http;

import io.laurel.engine.ResultCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The numbers that the engine has given to the senders. Event loop only. */
final class EventSources {
    private final EngineBridge bridge;
    private final RequestKeys keys;
    private final Map<String, Integer> numbers = new HashMap<>();

    EventSources(EngineBridge bridge, RequestKeys keys) {
        this.bridge = bridge;
        this.keys = keys;
    }

    /** Registers every sender that is configured; done when all have their numbers. */
    CompletableFuture<Void> register() {
        final List<CompletableFuture<Void>> all = new ArrayList<>();
        final List<String> names =
            keys.isEmpty() ? List.of(Caller.LOCAL.name()) : keys.senders();
        names.forEach(name -> all.add(register(name)));
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
    }

    /** The log names a sender once: one that it knows is only looked up. */
    private CompletableFuture<Void> register(String name) {
        final CompletableFuture<Void> done = new CompletableFuture<>();
        bridge.read(reads -> reads.source(name), (number, sequence, failure) -> {
            if (failure != null) {
                done.completeExceptionally(failure);
            } else if (number >= 0) {
                numbers.put(name, number);
                done.complete(null);
            } else {
                publish(name, done);
            }
        });
        return done;
    }

    private void publish(String name, CompletableFuture<Void> done) {
        bridge.command(writer -> writer.registerSource(name), (index, sequence, code, value) -> {
            if (code == ResultCode.ACCEPTED.code() || code == ResultCode.DUPLICATE.code()) {
                numbers.put(name, (int) value);
                done.complete(null);
            } else {
                done.completeExceptionally(new IllegalStateException("source " + name
                    + " was refused: " + ResultCode.of(code).token()));
            }
        }, done::completeExceptionally);
    }

    /** Returns the numbers of all senders, by name. */
    Map<String, Integer> numbers() {
        return Map.copyOf(numbers);
    }

    /** Returns the number of a sender; a problem where it has none. */
    int number(Caller caller) {
        final Integer number = numbers.get(caller.name());
        if (number == null) {
            throw Problem.of(403, ResultCode.FORBIDDEN.token(),
                "The key is not registered as a source.").toException();
        }
        return number;
    }
}
