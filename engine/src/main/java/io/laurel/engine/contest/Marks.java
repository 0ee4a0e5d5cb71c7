package io.laurel.engine.contest;

import io.laurel.engine.memory.Allocator;
import io.laurel.engine.memory.HashIndex;
import io.laurel.engine.memory.Pages;
import io.laurel.engine.state.State;
import io.laurel.engine.state.Store;

/**
 * Entries that await being derived anew. A mark belongs to a player, provider or game in one
 * contest and stands for its entries on all boards; the entry on the main board (of a participant,
 * where players are not ranked) bears the flag. A mark that only holds waits for the reader to say
 * which round is meant; one with a sequence waits for its {@code RebuildEntry}.
 *
 * <p>What scores behind that sequence is summed up a second time beside each entry, in an entry of
 * its own found by the reference of the first, so that it can be added to what the reader derives.
 *
 * <pre>
 * mark (64 B): 0 contest u32 · 4 entity u32 · 8 marked at i64 (0 = holds only) · 16 held until i64
 *              24 neighbours · 32 epoch u32 · 36 entry u32 · 40 sums u32 · 44 voided rounds u32
 * </pre>
 */
final class Marks {
    private static final int MARK_BYTES = 64;
    private static final int ENTITY = 4;
    private static final int MARKED = 8;
    private static final int HELD = 16;
    private static final int LINKS = 24;
    private static final int EPOCH = 32;
    private static final int ENTRY = 36;
    private static final int SUMS = 40;
    private static final int VOIDED = 44;

    private final Pages pages;
    private final Allocator allocator;
    private final Contests contests;
    private final Entries entries;
    private final EntryScore entryScore;
    private final Catalogue catalogue;
    private final RecordChain chain;
    private final HashIndex index;

    Marks(State state, Contests contests, Entries entries, EntryScore entryScore,
        Catalogue catalogue) {
        pages = state.pages();
        allocator = state.allocator();
        this.contests = contests;
        this.entries = entries;
        this.entryScore = entryScore;
        this.catalogue = catalogue;
        final long head = Rollbacks.headAt(state);
        chain = new RecordChain(pages, head + Rollbacks.MARKS_CHAIN, LINKS);
        index = Rollbacks.index(state, head + Rollbacks.MARKS_INDEX);
    }

    /** Returns the mark of an entity in the present epoch of a contest, 0 = none. */
    long find(int contest, int entity) {
        return find(contest, contests.epoch(contest), entity);
    }

    private long find(int contest, int epoch, int entity) {
        for (long slot = index.find(entity); slot != 0; slot = index.next(slot, entity)) {
            final long at = Allocator.at(index.ref(slot));
            if (pages.getInt(at + ENTITY) == entity && pages.getInt(at) == contest
                && pages.getInt(at + EPOCH) == epoch) {
                return at;
            }
        }
        return 0;
    }

    /** Returns a mark of a player that only holds, and no longer than to a time; 0 = none. */
    long findHolding(int player, long before) {
        for (long slot = index.find(player); slot != 0; slot = index.next(slot, player)) {
            final long at = Allocator.at(index.ref(slot));
            if (isActive(at) && markedAt(at) == 0 && heldUntil(at) < before) {
                return at;
            }
        }
        return 0;
    }

    /** Holds a contest for a rollback of which it is not known yet which round it means. */
    void hold(int contest, int player, long entry, long rollback) {
        pages.putLong(activate(contest, player, entry) + HELD, rollback);
    }

    /** Marks an entry, anew where it is marked: what has been summed up since is of no use. */
    void mark(int contest, int entity, long entry, long sequence) {
        final long mark = activate(contest, entity, entry);
        pages.putLong(mark + MARKED, sequence);
        dropSums(mark);
    }

    private long activate(int contest, int entity, long entry) {
        final long known = find(contest, entity);
        final long mark = known != 0 ? known : create(contest, entity);
        if (!isActive(mark)) {
            chain.append(mark);
            contests.addRebuilding(contest, 1);
        }
        pages.putInt(mark + ENTRY, Allocator.ref(entry));
        entries.set(entry, Entries.REBUILDING, true);
        return mark;
    }

    private long create(int contest, int entity) {
        final long at = allocator.allocate(Store.ROLLBACKS.id(), MARK_BYTES);
        pages.putInt(at, contest);
        pages.putInt(at + ENTITY, entity);
        pages.putInt(at + EPOCH, contests.epoch(contest));
        index.insert(entity, Allocator.ref(at));
        return at;
    }

    /** Takes a mark away; a count of voided rounds stays. */
    void release(long mark) {
        dropSums(mark);
        chain.remove(mark);
        contests.addRebuilding(contest(mark), -1);
        entries.set(Allocator.at(pages.getInt(mark + ENTRY)), Entries.REBUILDING, false);
        pages.putLong(mark + MARKED, 0);
        pages.putLong(mark + HELD, 0);
        if (pages.getInt(mark + VOIDED) == 0) {
            index.remove(entity(mark), Allocator.ref(mark));
            allocator.free(Store.ROLLBACKS.id(), mark, MARK_BYTES);
        }
    }

    /** Takes all marks of a contest away, whose standings are void or of no use. */
    void releaseAll(int contest) {
        long next = chain.first();
        while (next != 0 && contests.rebuilding(contest) > 0) {
            final long mark = next;
            next = chain.next(mark);
            if (contest(mark) == contest) {
                release(mark);
            }
        }
    }

    /** Forgets how many rounds of a player were voided in an epoch that is over. */
    void forget(int contest, int epoch, int player) {
        final long mark = find(contest, epoch, player);
        if (mark != 0) {
            index.remove(player, Allocator.ref(mark));
            allocator.free(Store.ROLLBACKS.id(), mark, MARK_BYTES);
        }
    }

    private boolean isActive(long mark) {
        return (pages.getLong(mark + MARKED) | pages.getLong(mark + HELD)) != 0;
    }

    /** Returns the first mark, 0 = none. */
    long first() {
        return chain.first();
    }

    long next(long mark) {
        return chain.next(mark);
    }

    int contest(long mark) {
        return pages.getInt(mark);
    }

    int entity(long mark) {
        return pages.getInt(mark + ENTITY);
    }

    /** Returns the command up to which the entry must be derived, 0 = the mark only holds. */
    long markedAt(long mark) {
        return pages.getLong(mark + MARKED);
    }

    /** Returns the last rollback that the mark waits for. */
    long heldUntil(long mark) {
        return pages.getLong(mark + HELD);
    }

    /** Returns how many of a player's rounds count in no score any more, but in round.count. */
    int voided(int contest, int player) {
        final long mark = find(contest, player);
        return mark == 0 ? 0 : pages.getInt(mark + VOIDED);
    }

    void addVoided(long mark, int rounds) {
        pages.putInt(mark + VOIDED, pages.getInt(mark + VOIDED) + rounds);
    }

    /** Returns what sums up what scores on an entry from now on, made where it is new. */
    long sumOf(long mark, long entry) {
        final long known = findSum(mark, entry);
        if (known != 0) {
            return known;
        }
        final long made = entries.createSum(Allocator.ref(entry), entity(mark));
        entries.setNextSum(made, pages.getInt(mark + SUMS));
        pages.putInt(mark + SUMS, Allocator.ref(made));
        return made;
    }

    /** Returns what has scored on an entry since it was marked, 0 = nothing. */
    long findSum(long mark, long entry) {
        return entries.find(Allocator.ref(entry), entity(mark));
    }

    private void dropSums(long mark) {
        int next = pages.getInt(mark + SUMS);
        while (next != 0) {
            final long sum = Allocator.at(next);
            next = entries.nextSum(sum);
            entryScore.clear(catalogue.compiled(contest(mark)), sum);
            entries.drop(sum);
        }
        pages.putInt(mark + SUMS, 0);
    }
}
