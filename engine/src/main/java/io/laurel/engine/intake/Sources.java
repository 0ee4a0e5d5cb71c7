package io.laurel.engine.intake;

import io.laurel.engine.ResultCode;
import io.laurel.engine.memory.Allocator;
import io.laurel.engine.memory.IdDictionary;
import io.laurel.engine.memory.Pages;
import io.laurel.engine.query.StatusInfo;
import io.laurel.engine.state.Dictionaries;
import io.laurel.engine.state.Slot;
import io.laurel.engine.state.State;
import io.laurel.engine.state.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.DirectBuffer;

/**
 * Senders: each has a number, dense from 0 on in the order of registration, and a counter for every
 * outcome.
 *
 * <pre>
 * body of the dictionary record (8 B): 0 number u32 · 4 counters u32 (48 x i64)
 * table (4,096 B): dictionary reference u32 by number
 * </pre>
 */
public final class Sources {
    /** Most senders that a log may know. */
    public static final int LIMIT = 1_024;

    private static final int NUMBER = 0;
    private static final int COUNTERS = 4;
    private static final int COUNTER_BYTES = ResultCode.LIMIT * Long.BYTES;

    private final Pages pages;
    private final Allocator allocator;
    private final IdDictionary names;
    private final long table;

    /** Opens the senders of a state, or makes room for them. */
    public Sources(State state) {
        pages = state.pages();
        allocator = state.allocator();
        names = Dictionaries.open(state, Slot.SOURCES, Store.SOURCES, 8, Dictionaries.SOURCE);
        if (state.get(Slot.SOURCE_TABLE) == 0) {
            state.set(Slot.SOURCE_TABLE,
                allocator.allocate(Store.SOURCES.id(), LIMIT * Integer.BYTES));
        }
        table = state.get(Slot.SOURCE_TABLE);
    }

    /** Returns the number of a sender, registered where it is new; -1 where there is no room. */
    public int register(DirectBuffer buffer, int offset, int length) {
        final int known = names.find(buffer, offset, length);
        if (known != 0) {
            return pages.getInt(names.bodyAt(known) + NUMBER);
        }
        final int number = (int) names.size();
        if (number == LIMIT) {
            return -1;
        }
        final int ref = names.intern(buffer, offset, length);
        final long counters = allocator.allocate(Store.SOURCES.id(), COUNTER_BYTES);
        pages.putInt(names.bodyAt(ref) + NUMBER, number);
        pages.putInt(names.bodyAt(ref) + COUNTERS, Allocator.ref(counters));
        pages.putInt(table + (long) number * Integer.BYTES, ref);
        return number;
    }

    /** Returns the number of a sender, -1 where it is not registered. */
    public int find(DirectBuffer buffer, int offset, int length) {
        final int known = names.find(buffer, offset, length);
        return known == 0 ? -1 : pages.getInt(names.bodyAt(known) + NUMBER);
    }

    /** Returns whether a number is that of a sender. */
    public boolean isKnown(int number) {
        return number >= 0 && number < names.size();
    }

    /** Counts an outcome of a sender. */
    public void count(int number, ResultCode outcome) {
        final long at = counters(number) + ((long) outcome.code() << 3);
        pages.putLong(at, pages.getLong(at) + 1);
    }

    /** Returns names and counters of all senders in the order of their numbers. */
    public List<StatusInfo.Source> describe() {
        final List<StatusInfo.Source> list = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            final Map<String, Long> outcomes = new TreeMap<>();
            for (final ResultCode code : ResultCode.values()) {
                final long count = pages.getLong(counters(i) + ((long) code.code() << 3));
                if (count > 0) {
                    outcomes.put(code.token(), count);
                }
            }
            list.add(new StatusInfo.Source(IdDictionary.id(pages, refOf(i)), outcomes));
        }
        return list;
    }

    private int refOf(int number) {
        return pages.getInt(table + (long) number * Integer.BYTES);
    }

    private long counters(int number) {
        return Allocator.at(pages.getInt(names.bodyAt(refOf(number)) + COUNTERS));
    }
}
