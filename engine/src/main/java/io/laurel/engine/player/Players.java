package io.laurel.engine.player;

import io.laurel.engine.memory.Allocator;
import io.laurel.engine.memory.IdDictionary;
import io.laurel.engine.memory.Pages;
import io.laurel.engine.state.Dictionaries;
import io.laurel.engine.state.Names;
import io.laurel.engine.state.Slot;
import io.laurel.engine.state.State;
import io.laurel.engine.state.Store;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The dictionary of players with their profiles. The id's bytes stay for ever, since they order
 * boards; the profile is personal and can be overwritten.
 *
 * <pre>
 * dictionary record: owner's bytes: profile u32 · body (8 B): the player's entries
 * profile: 0 self-excluded until i64 · 8 birth day i32 · 12 alias length u16
 *          14 segments u16 · 16 version u32 · 20 flags u8
 *          24 segment references u32 each · alias bytes
 * </pre>
 */
public final class Players {
    /** Birth day of a player who did not say. */
    public static final int UNKNOWN_BIRTH_DAY = Integer.MIN_VALUE;

    private static final int BODY_BYTES = 8;

    private static final int KYC = 1;
    private static final int BLOCKED = 2;
    private static final int ERASED = 4;

    private static final int EXCLUDED_UNTIL = 0;
    private static final int BIRTH_DAY = 8;
    private static final int ALIAS_LENGTH = 12;
    private static final int SEGMENT_COUNT = 14;
    private static final int VERSION = 16;
    private static final int FLAGS = 20;
    private static final int SEGMENTS = 24;

    private static final int ADULT_YEARS = 18;
    private static final long DAY_SECONDS = 24 * 60 * 60;
    private static final long SECOND_NS = 1_000_000_000L;

    private final State state;
    private final Pages pages;
    private final Allocator allocator;
    private final Names names;
    private final IdDictionary ids;

    /** Opens the players of a state. */
    public Players(State state, Names names) {
        this.state = state;
        this.names = names;
        pages = state.pages();
        allocator = state.allocator();
        ids = Dictionaries.open(state, Slot.PLAYERS, Store.PLAYERS, BODY_BYTES,
            Dictionaries.PLAYER);
    }

    /** Returns the dictionary, to walk over all players. */
    public IdDictionary ids() {
        return ids;
    }

    /** Returns the number of known players. */
    public long count() {
        return ids.size();
    }

    /** Returns the reference of a player, 0 where nobody has that id. */
    public int find(DirectBuffer buffer, int offset, int length) {
        return ids.find(buffer, offset, length);
    }

    /** As the other one, with the hash known. */
    public int find(int hash, DirectBuffer buffer, int offset, int length) {
        return ids.find(hash, buffer, offset, length);
    }

    /** As the other one, with the hash known. */
    public int intern(int hash, DirectBuffer buffer, int offset, int length) {
        return ids.intern(hash, buffer, offset, length);
    }

    /** Returns the place of the line where a hash is looked for first. */
    public long lineOf(int hash) {
        return ids.lineOf(hash);
    }

    /** Returns who most probably has the id of a hash, 0 = nobody. */
    public int guess(long line, int hash) {
        return ids.guess(line, hash);
    }

    /** As {@link #find(int, DirectBuffer, int, int)}, where a player was guessed lately. */
    public int find(int guess, int hash, DirectBuffer buffer, int offset, int length) {
        return ids.find(guess, hash, buffer, offset, length);
    }

    /** Returns the reference of a player, 0 where nobody has that id. */
    public int find(String id) {
        final byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
        return ids.find(new UnsafeBuffer(bytes), 0, bytes.length);
    }

    /** Returns the reference of a player, made where the id is new. */
    public int intern(DirectBuffer buffer, int offset, int length) {
        return ids.intern(buffer, offset, length);
    }

    /** Returns whether there is room for a player with that id. */
    public boolean hasRoomFor(DirectBuffer buffer, int offset, int length) {
        return count() < state.get(Slot.MAX_PLAYERS) || find(buffer, offset, length) != 0;
    }

    /** Returns the id of a player. */
    public String id(int player) {
        return IdDictionary.id(pages, player);
    }

    /** Returns what the public sees of a player, empty where there is no alias. */
    public String alias(int player) {
        final long profile = profile(player);
        if (profile == 0) {
            return "";
        }
        final byte[] bytes = new byte[pages.getShort(profile + ALIAS_LENGTH) & 0xFFFF];
        pages.getBytes(profile + SEGMENTS
            + (long) countOfSegments(profile) * Integer.BYTES, bytes, 0, bytes.length);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Returns whether what was personal was overwritten. */
    public boolean isErased(int player) {
        return (flags(player) & ERASED) != 0;
    }

    /**
     * Returns whether a player may not score: blocked, self-excluded or under age (semantics 5).
     *
     * @param ts when the round ended, ns since the Unix epoch
     */
    public boolean isBarred(int player, long ts) {
        final long profile = profile(player);
        if (profile == 0) {
            return false;
        }
        if ((flagsOf(profile) & BLOCKED) != 0) {
            return true;
        }
        final int birthDay = pages.getInt(profile + BIRTH_DAY);
        return ts < pages.getLong(profile + EXCLUDED_UNTIL)
            || birthDay != UNKNOWN_BIRTH_DAY && isMinor(birthDay, ts);
    }

    /** Returns the number of segments of a player. */
    public int segmentCount(int player) {
        final long profile = profile(player);
        return profile == 0 ? 0 : countOfSegments(profile);
    }

    /** Returns the reference of the name of one segment of a player. */
    public int segment(int player, int index) {
        return pages.getInt(profile(player) + SEGMENTS + (long) index * Integer.BYTES);
    }

    /** Returns how often what is known of a player was changed, 0 = nothing is known. */
    public int profileVersion(int player) {
        final long profile = profile(player);
        return profile == 0 ? 0 : pages.getInt(profile + VERSION);
    }

    /**
     * Replaces what is known of a player; the same again is no new version.
     *
     * @param aliasBytes what the public sees; empty = none
     * @param segments names joined by a comma; empty = none
     */
    public void putProfile(int player, boolean kyc, boolean blocked, long selfExcludedUntilNs,
        int birthDay, byte[] aliasBytes, String segments) {
        final String[] list = segments.isEmpty() ? new String[0] : segments.split(",");
        final int bytes = SEGMENTS + list.length * Integer.BYTES + aliasBytes.length;
        final long at = allocator.allocate(Store.PLAYERS.id(), bytes);
        pages.putLong(at + EXCLUDED_UNTIL, selfExcludedUntilNs);
        pages.putInt(at + BIRTH_DAY, birthDay);
        pages.putShort(at + ALIAS_LENGTH, (short) aliasBytes.length);
        pages.putShort(at + SEGMENT_COUNT, (short) list.length);
        pages.putByte(at + FLAGS, (byte) ((kyc ? KYC : 0) | (blocked ? BLOCKED : 0)));
        for (int i = 0; i < list.length; i++) {
            pages.putInt(at + SEGMENTS + (long) i * Integer.BYTES, names.segment(list[i]));
        }
        pages.putBytes(at + SEGMENTS + (long) list.length * Integer.BYTES, aliasBytes, 0,
            aliasBytes.length);
        final int version = profileVersion(player);
        pages.putInt(at + VERSION, version > 0 && isSame(profile(player), at)
            ? version : version + 1);
        dropProfile(player);
        setProfile(player, at);
    }

    /** Says whether two profiles, 0 for none, hold the same, version and erasure aside. */
    private boolean isSame(long profile, long other) {
        if (profile == 0 || bytesOf(profile) != bytesOf(other)
            || (flagsOf(profile) & ~ERASED) != flagsOf(other)
            || pages.getLong(profile + BIRTH_DAY) != pages.getLong(other + BIRTH_DAY)
            || pages.getLong(profile + EXCLUDED_UNTIL) != pages.getLong(other + EXCLUDED_UNTIL)) {
            return false;
        }
        final int behind = bytesOf(profile) - SEGMENTS;
        return pages.compareBytes(profile + SEGMENTS, behind, other + SEGMENTS, behind) == 0;
    }

    /**
     * Overwrites what is personal: alias, segments, birth day. The id's bytes stay as a token of
     * order, and so do identity, block and self-exclusion, which protect the player.
     */
    public void erase(int player) {
        final long profile = profile(player);
        if (profile == 0) {
            final long at = allocator.allocate(Store.PLAYERS.id(), SEGMENTS);
            pages.putInt(at + BIRTH_DAY, UNKNOWN_BIRTH_DAY);
            setProfile(player, at);
        } else if (profileVersion(player) != 0) {
            // where nothing but an erasure is known there is nothing to overwrite
            final int flags = flagsOf(profile);
            putProfile(player, (flags & KYC) != 0, (flags & BLOCKED) != 0,
                pages.getLong(profile + EXCLUDED_UNTIL), UNKNOWN_BIRTH_DAY, new byte[0], "");
        }
        final long erased = profile(player);
        pages.putByte(erased + FLAGS, (byte) (flagsOf(erased) | ERASED));
    }

    private void dropProfile(int player) {
        final long profile = profile(player);
        if (profile != 0) {
            final int bytes = bytesOf(profile);
            // freed memory must not hold what was personal
            pages.zero(profile, bytes);
            allocator.free(Store.PLAYERS.id(), profile, bytes);
            setProfile(player, 0);
        }
    }

    private long profile(int player) {
        return Allocator.at(pages.getInt(Allocator.at(player) + IdDictionary.OWNER_OFFSET));
    }

    private void setProfile(int player, long profile) {
        pages.putInt(Allocator.at(player) + IdDictionary.OWNER_OFFSET, Allocator.ref(profile));
    }

    private int flags(int player) {
        final long profile = profile(player);
        return profile == 0 ? 0 : flagsOf(profile);
    }

    private int flagsOf(long profile) {
        return pages.getByte(profile + FLAGS);
    }

    private int bytesOf(long profile) {
        return SEGMENTS + countOfSegments(profile) * Integer.BYTES
            + (pages.getShort(profile + ALIAS_LENGTH) & 0xFFFF);
    }

    private int countOfSegments(long profile) {
        return pages.getShort(profile + SEGMENT_COUNT) & 0xFFFF;
    }

    private static boolean isMinor(int birthDay, long ts) {
        final long day = Math.floorDiv(Math.floorDiv(ts, SECOND_NS), DAY_SECONDS);
        // a quick answer that holds for nearly everybody; leap days make the rest worth a look
        if (day - birthDay > ADULT_YEARS * 366L) {
            return false;
        }
        final LocalDate at = LocalDate.ofEpochDay(day);
        final LocalDate birth = LocalDate.ofEpochDay(birthDay);
        // by the letter of the date: who was born on 29 February is of age on 1 March
        final int years = at.getYear() - birth.getYear() - ADULT_YEARS;
        return years < 0 || years == 0 && (at.getMonthValue() < birth.getMonthValue()
            || at.getMonthValue() == birth.getMonthValue()
            && at.getDayOfMonth() < birth.getDayOfMonth());
    }
}
