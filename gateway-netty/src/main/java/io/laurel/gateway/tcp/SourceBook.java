package io.laurel.gateway.tcp;

import io.laurel.engine.ResultCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/** Numbers of the sources, each asked of the engine once. */
final class SourceBook {
    private final TcpContext context;
    private final Map<String, Entry> byName = new HashMap<>();
    private final List<Entry> entries = new ArrayList<>();

    SourceBook(TcpContext context) {
        this.context = context;
    }

    /**
     * Finds the number of a source.
     *
     * @param then gets the number, or -1 where the engine refused; at once or later
     * @return false where there was no room to ask: try again
     */
    boolean resolve(String name, IntConsumer then) {
        final Entry entry = entryOf(name);
        if (entry.number >= 0) {
            then.accept(entry.number);
            return true;
        }
        if (!entry.asked) {
            context.commands.registerSource(name);
            if (!context.publish(TcpContext.token(0, entry.index))) {
                return false;
            }
            entry.asked = true;
        }
        entry.waiting.add(then);
        return true;
    }

    /** Notes a number that is known; the engine is not asked for it. */
    void know(String name, int number) {
        entryOf(name).number = number;
    }

    private Entry entryOf(String name) {
        return byName.computeIfAbsent(name, n -> {
            final Entry made = new Entry(entries.size());
            entries.add(made);
            return made;
        });
    }

    void onReply(int index, int code, long value) {
        final Entry entry = entries.get(index);
        entry.asked = false;
        if (code == ResultCode.ACCEPTED.code() || code == ResultCode.DUPLICATE.code()) {
            entry.number = (int) value;
        }
        final List<IntConsumer> waiting = List.copyOf(entry.waiting);
        entry.waiting.clear();
        waiting.forEach(then -> then.accept(entry.number));
    }

    private static final class Entry {
        private final int index;
        private final List<IntConsumer> waiting = new ArrayList<>();
        private int number = -1;
        private boolean asked;

        private Entry(int index) {
            this.index = index;
        }
    }
}
