package io.laurel.engine.command;

import io.laurel.engine.contest.ContestRoom;
import io.laurel.engine.intake.ClosedRound;
import io.laurel.engine.intake.EventHashes;
import io.laurel.engine.intake.EventView;
import io.laurel.engine.intake.Intake;
import io.laurel.engine.intake.Upcoming;
import io.laurel.engine.memory.Pages;
import io.laurel.engine.memory.Touches;
import io.laurel.protocol.storage.EventCommandDecoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * Looks at the next few events of a batch before they are applied: hashes their ids once, and reads
 * in passes over all of them whatever applying them will read, so that misses in memory overlap.
 * Nothing here changes the state or a result; an engine that never looks ahead does the same.
 */
public final class Lookahead {
    /** Most events at a time; what they touch stays in the nearer caches. */
    public static final int LIMIT = 32;

    /** Where its id, its round and its player are looked for, and what grows. */
    private static final int LINES_PER_EVENT = 4;

    private final Intake intake;
    private final ContestRoom contests;
    private final EventCommandDecoder command = new EventCommandDecoder();
    private final long[] sequences = new long[LIMIT];
    private final EventView[] events = new EventView[LIMIT];
    private final Upcoming[] upcoming = new Upcoming[LIMIT];
    private final ClosedRound[] rounds = new ClosedRound[LIMIT];
    private final Touches touches;
    private int count;
    private int next;
    private long sum;

    Lookahead(Intake intake, ContestRoom contests, Pages pages) {
        touches = new Touches(pages, LINES_PER_EVENT * LIMIT);
        this.intake = intake;
        this.contests = contests;
        for (int i = 0; i < LIMIT; i++) {
            events[i] = new EventView();
            upcoming[i] = new Upcoming();
            rounds[i] = new ClosedRound();
        }
    }

    /** Forgets all events, applied or not. */
    public void clear() {
        count = 0;
        next = 0;
        contests.clearExpected();
    }

    /**
     * Adds an event; its bytes must stay where they are until it is applied.
     *
     * @param known what was computed of it before
     * @return whether there is room for another one
     */
    public boolean add(long sequence, int version, int blockLength, DirectBuffer buffer,
        int offset, EventHashes known) {
        command.wrap(buffer, offset, blockLength, version);
        if (count < LIMIT && wrap(events[count], command, buffer, offset + blockLength)) {
            sequences[count] = sequence;
            intake.foresee(events[count], command.source(), known, upcoming[count]);
            count++;
        }
        return count < LIMIT;
    }

    /**
     * Lays a view over the event of a command.
     *
     * @param at first byte behind the block of the command
     * @return false where it does not fit
     */
    static boolean wrap(EventView event, EventCommandDecoder command, DirectBuffer buffer,
        int at) {
        final int length = buffer.getShort(at, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
        return event.wrap(buffer, at + EventCommandDecoder.payloadHeaderLength(),
            command.eventBlockLength(), length);
    }

    /** Brings near what the events added will need. */
    public void touch() {
        for (int i = 0; i < count; i++) {
            intake.addLines(upcoming[i], touches);
        }
        intake.addGrowth(count, touches);
        sum += touches.run();
        for (int i = 0; i < count; i++) {
            intake.addBehind(upcoming[i], touches);
        }
        intake.addBehindGrowth(count, touches);
        sum += touches.run();
        for (int i = 0; i < count; i++) {
            if (intake.foresee(events[i], upcoming[i], rounds[i])) {
                contests.expect(rounds[i], i);
            }
        }
        sum += contests.touchExpected();
    }

    /** Returns the place of an event among those added, or -1; events are asked for in order. */
    int find(long sequence, DirectBuffer buffer) {
        while (next < count && sequences[next] < sequence) {
            next++;
        }
        // a command may be replaced by another one when it is skipped
        return next < count && sequences[next] == sequence && events[next].buffer() == buffer
            ? next : -1;
    }

    EventView event(int place) {
        return events[place];
    }

    Upcoming upcoming(int place) {
        return upcoming[place];
    }

    /** Returns what all touches read, added up: the reason why they are made at all. */
    public long sum() {
        return sum;
    }
}
