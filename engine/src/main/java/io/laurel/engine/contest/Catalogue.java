package io.laurel.engine.contest;

import io.laurel.engine.ResultCode;
import io.laurel.engine.rules.ContestDefinition;
import io.laurel.engine.rules.ContestDefinition.BoardType;
import io.laurel.engine.rules.ContestDefinitionCodec;
import io.laurel.engine.state.Names;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Publishes versions of contests (semantics 4), and keeps their rules compiled. What it keeps on
 * the heap is a cache of the records.
 */
final class Catalogue {
    private final Contests contests;
    private final Boards boards;
    private final FxTables fxTables;
    private final Names names;
    private final Matcher matcher;
    private final Int2ObjectHashMap<CompiledContest> compiled = new Int2ObjectHashMap<>();
    private final UnsafeBuffer nothing = new UnsafeBuffer(new byte[0]);
    private final Schedules schedules;
    private ContestLife life;
    private Marks marks;
    private List<CompiledContest> open;
    private int lastVersion;

    Catalogue(Contests contests, Boards boards, FxTables fxTables, Names names,
        Matcher matcher) {
        this.contests = contests;
        this.boards = boards;
        this.fxTables = fxTables;
        this.names = names;
        this.matcher = matcher;
        schedules = new Schedules(contests, this);
    }

    /** Ties the knot: publishing arms deadlines, and deadlines make instances. */
    void setLife(ContestLife life) {
        this.life = life;
        onTakingChanged();
    }

    /** Names whose marks go with the standings that they belong to. */
    void setMarks(Marks known) {
        marks = known;
    }

    /** A contest has moved in its life. */
    void onMoved() {
        open = null;
    }

    /** Nobody waits any more for entries of a contest to be derived anew. */
    void onStandingsOver(int contest) {
        marks.releaseAll(contest);
    }

    /** Returns the contests whose boards can still change, in the order of their making. */
    List<CompiledContest> open() {
        if (open == null) {
            open = new ArrayList<>();
            for (int contest = contests.first(); contest != 0; contest = contests.next(contest)) {
                final ContestState now = contests.stateOf(contest);
                if (contests.role(contest) != Contests.ROLE_SCHEDULE
                    && (now.takesRounds() || now == ContestState.PROVISIONAL)) {
                    open.add(compiled(contest));
                }
            }
        }
        return open;
    }

    /** Returns the version that the last publication led to. */
    int lastVersion() {
        return lastVersion;
    }

    /** Returns what makes instances of recurring contests. */
    Schedules schedules() {
        return schedules;
    }

    /** Returns a contest's rules, compiled. */
    CompiledContest compiled(int contest) {
        final CompiledContest known = compiled.get(contest);
        if (known != null) {
            return known;
        }
        final CompiledContest made = new CompiledContest(contest, definition(contest),
            FxTables.decode(contests.fxTable(contest)), names);
        compiled.put(contest, made);
        return made;
    }

    /** Returns a contest's rules. */
    ContestDefinition definition(int contest) {
        return decode(contests.definition(contest));
    }

    private static ContestDefinition decode(byte[] bytes) {
        return ContestDefinitionCodec.decode(new UnsafeBuffer(bytes), 0, bytes.length);
    }

    /** Names anew who takes rounds; after publications and moves. */
    void onTakingChanged() {
        open = null;
        final List<CompiledContest> taking = new ArrayList<>();
        for (int contest = contests.first(); contest != 0; contest = contests.next(contest)) {
            if (contests.role(contest) != Contests.ROLE_SCHEDULE
                && contests.stateOf(contest).takesRounds()) {
                taking.add(compiled(contest));
            }
        }
        matcher.setContests(taking);
    }

    /** Makes the instance after the one that has just begun. */
    void onInstanceLive(int schedule) {
        schedules.makeNext(schedule);
    }

    /** Publishes a definition in canonical bytes. */
    ResultCode publish(byte[] bytes) {
        final ContestDefinition definition = decode(bytes);
        if (definition.board().type() == BoardType.ELO
            || definition.board().type() == BoardType.GLICKO2) {
            return ResultCode.UNSUPPORTED;
        }
        final byte[] fx = definition.fxTable() == null ? new byte[0]
            : fxTables.find(definition.fxTable());
        if (fx == null) {
            return ResultCode.NOT_FOUND;
        }
        final byte[] rulesHash = ContestDefinitionCodec.rulesHash(definition);
        final int contest = contests.find(definition.id());
        if (contest == 0) {
            return publishNew(definition, bytes, rulesHash, fx);
        }
        lastVersion = contests.version(contest);
        if (Arrays.equals(contests.rulesHash(contest), rulesHash)) {
            return ResultCode.ACCEPTED;
        }
        final boolean recurring = contests.role(contest) == Contests.ROLE_SCHEDULE;
        if (recurring != (definition.schedule() != null)) {
            return ResultCode.BAD_STATE;
        }
        final ResultCode result = recurring ? replaceSeries(contest)
            : replace(contest, definition);
        if (result != ResultCode.ACCEPTED) {
            return result;
        }
        store(contest, definition, bytes, rulesHash, fx);
        if (recurring) {
            schedules.onChanged(contest, definition, life);
        }
        onTakingChanged();
        return ResultCode.ACCEPTED;
    }

    private ResultCode publishNew(ContestDefinition definition, byte[] bytes, byte[] rulesHash,
        byte[] fx) {
        final boolean recurring = definition.schedule() != null;
        if (!contests.hasRoom(recurring ? 2 : 1)) {
            return ResultCode.CAPACITY;
        }
        final int contest = contests.create(definition.id(),
            recurring ? Contests.ROLE_SCHEDULE : Contests.ROLE_SINGLE);
        store(contest, definition, bytes, rulesHash, fx);
        if (recurring) {
            schedules.onPublished(contest, definition);
        }
        onTakingChanged();
        return ResultCode.ACCEPTED;
    }

    /** Makes an instance with rules of its own. */
    void publishInstance(int schedule, ContestDefinition instance) {
        final byte[] bytes = ContestDefinitionCodec.encode(instance);
        final int known = contests.find(instance.id());
        if (known != 0) {
            replace(known, instance);
        }
        final int contest = known != 0 ? known
            : contests.create(instance.id(), Contests.ROLE_INSTANCE);
        contests.setSchedule(contest, schedule);
        store(contest, instance, bytes, ContestDefinitionCodec.rulesHash(instance),
            contests.fxTable(schedule));
        contests.setVersion(contest, contests.version(schedule));
    }

    private void store(int contest, ContestDefinition definition, byte[] bytes,
        byte[] rulesHash, byte[] fx) {
        contests.setDefinition(contest, bytes, rulesHash);
        contests.setFxTable(contest, fx);
        lastVersion = contests.version(contest);
        compiled.remove(contest);
        open = null;
        if (contests.role(contest) == Contests.ROLE_SCHEDULE) {
            return;
        }
        contests.setTimes(contest, definition.window().startNs(), definition.window().endNs(),
            definition.lateGraceNs(), definition.appealNs());
        final CompiledContest rules = compiled(contest);
        final int main = boards.findOrCreate(rules, Boards.KIND_MAIN, nothing, 0, 0);
        final int earlier = contests.participants(contest);
        final int participants = rules.entityIsPlayer ? main
            : boards.findOrCreate(rules, Boards.KIND_PARTICIPANTS, nothing, 0, 0);
        if (participants != earlier) {
            boards.setEarlier(participants, earlier);
        }
        contests.setMainBoard(contest, main);
        contests.setParticipants(contest, participants);
        life.arm(contest);
    }

    private ResultCode replaceSeries(int contest) {
        return contests.stateOf(contest) == ContestState.CANCELLED
            ? ResultCode.BAD_STATE : ResultCode.ACCEPTED;
    }

    /** Says whether a new version may replace the present one; voids standings where it must. */
    private ResultCode replace(int contest, ContestDefinition next) {
        final ContestState now = contests.stateOf(contest);
        if (now == ContestState.FINAL || now == ContestState.SETTLED
            || now == ContestState.CANCELLED) {
            return ResultCode.BAD_STATE;
        }
        final ContestDefinition before = definition(contest);
        final boolean sameBoard = before.scoring().equals(next.scoring())
            && before.board().equals(next.board());
        if (sameBoard && (now == ContestState.SCHEDULED
            || Objects.equals(before.rewards(), next.rewards()))) {
            return ResultCode.ACCEPTED;
        }
        if (now != ContestState.SCHEDULED && !next.restart()) {
            return ResultCode.RULES_LOCKED;
        }
        if (!now.takesRounds() || contests.isFrozen(contest)) {
            return ResultCode.BAD_STATE;
        }
        // a new epoch has boards of its own; the old ones are found no more
        onStandingsOver(contest);
        boards.retire(contest);
        return ResultCode.ACCEPTED;
    }

    /** Returns the rules hash of a contest as 64 hex digits. */
    String rulesHashHex(int contest) {
        return hex(contests.rulesHash(contest));
    }

    static String hex(byte[] bytes) {
        final byte[] digits = new byte[bytes.length * 2];
        for (int i = 0; i < bytes.length; i++) {
            digits[2 * i] = (byte) Character.forDigit(bytes[i] >> 4 & 0xF, 16);
            digits[2 * i + 1] = (byte) Character.forDigit(bytes[i] & 0xF, 16);
        }
        return new String(digits, StandardCharsets.US_ASCII);
    }
}
