package io.laurel.replay.verify;

import io.laurel.engine.Engine;
import io.laurel.engine.query.ContestInfo;
import io.laurel.engine.state.State;
import io.laurel.replay.FileErrors;
import io.laurel.replay.KnownContests;
import io.laurel.replay.LogObserver;
import io.laurel.replay.LoggedCommand;
import io.laurel.snapshot.NewerSnapshotException;
import io.laurel.snapshot.Snapshot;
import io.laurel.snapshot.SnapshotDirectory;
import io.laurel.snapshot.SnapshotLoader;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Holds each snapshot against the state that the log alone leads to at its sequence. */
final class SnapshotAudit implements LogObserver {
    private final Path directory;
    private final TreeMap<Long, Snapshot> waiting = new TreeMap<>();
    private final List<Checked> checked = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    /** Those that the one behind them does not name. */
    private final Set<Long> disowned = new HashSet<>();

    /**
     * What became of one.
     *
     * @param file where it lies
     * @param sequence of its name
     * @param root that it holds, hex; empty where it is damaged
     * @param verdict equal, equal by its contests alone (of another layout, whose roots say
     *     nothing), different, damaged, pruned or unchecked; begun from: whole in itself, and
     *     where the replay of a pruned log began
     */
    record Checked(Path file, long sequence, String root, String verdict) {
    }

    private SnapshotAudit(Path directory) {
        this.directory = directory;
    }

    /**
     * Verifies the files of a directory, each for itself.
     *
     * @throws NewerSnapshotException where a newer program wrote one
     * @throws IOException where one cannot be read
     */
    static SnapshotAudit of(Path directory) throws IOException {
        final SnapshotAudit audit = new SnapshotAudit(directory);
        for (final Map.Entry<Long, Path> entry
            : SnapshotDirectory.view(directory).files().entrySet()) {
            audit.file(entry.getKey(), entry.getValue());
        }
        audit.checkOrder();
        return audit;
    }

    /** Each names the one before it, which must be that one where it is there and whole. */
    private void checkOrder() {
        for (final Snapshot snapshot : waiting.values()) {
            final Snapshot before = waiting.get(snapshot.before().sequence());
            if (before != null && !Arrays.equals(before.manifestHash(),
                snapshot.before().manifestHash())) {
                findings.add(Finding.ofSnapshot(snapshot.file(), snapshot.sequence(),
                    "the snapshot " + before.sequence() + " before it is not the one it names"));
                disowned.add(before.sequence());
            }
        }
    }

    /** Returns whether the replay of a pruned log may begin with one. */
    boolean mayBegin(long sequence) {
        return waiting.containsKey(sequence) && !disowned.contains(sequence);
    }

    private void file(long sequence, Path file) throws IOException {
        try {
            final Snapshot snapshot = Snapshot.verify(file);
            if (snapshot.sequence() == sequence) {
                waiting.put(sequence, snapshot);
            } else {
                damaged(sequence, file, "it holds sequence " + snapshot.sequence());
            }
        } catch (NewerSnapshotException | AccessDeniedException e) {
            throw e;
        } catch (NoSuchFileException e) {
            // a running node has pruned it meanwhile
            checked.add(new Checked(file, sequence, "", "pruned"));
        } catch (IOException e) {
            damaged(sequence, file, FileErrors.reason(e));
        }
    }

    private void damaged(long sequence, Path file, String message) {
        checked.add(new Checked(file, sequence, "", "damaged"));
        findings.add(Finding.ofSnapshot(file, sequence, message));
    }

    @Override
    public void onBegin(Engine engine) {
        while (!waiting.isEmpty() && waiting.firstKey() <= engine.sequence()) {
            final Snapshot snapshot = waiting.pollFirstEntry().getValue();
            final boolean isOther = snapshot.facts().hashSeed() != engine.hashSeed();
            checked.add(new Checked(snapshot.file(), snapshot.sequence(), snapshot.rootHex(),
                isOther || disowned.contains(snapshot.sequence()) ? "different"
                    : snapshot.sequence() < engine.sequence() ? "unchecked" : "begun from"));
            if (isOther) {
                findings.add(Finding.ofSnapshot(snapshot.file(), snapshot.sequence(),
                    "it is not one of the journal beside it"));
            }
        }
    }

    @Override
    public void onApplied(LoggedCommand command, Engine engine) {
        if (!waiting.isEmpty() && waiting.firstKey() == command.sequence()) {
            compare(waiting.pollFirstEntry().getValue(), engine);
        }
    }

    private void compare(Snapshot snapshot, Engine engine) {
        final List<String> faults = new ArrayList<>();
        final int layout = snapshot.facts().layoutVersion();
        final boolean comparable = layout == State.LAYOUT_VERSION;
        final byte[] root = engine.stateRoot();
        if (comparable && !Arrays.equals(root, snapshot.root())) {
            faults.add("its state root is " + snapshot.rootHex() + ", the log leads to "
                + HexFormat.of().formatHex(root) + contests(snapshot, engine));
        } else if (snapshot.facts().timeNs() != engine.timeNs()
            || snapshot.facts().hashSeed() != engine.hashSeed()
            || snapshot.facts().eventClock() != engine.eventClock()
            || snapshot.facts().behaviourVersion() != engine.limits().behaviourVersion()) {
            faults.add("its header does not go with the state in it");
        }
        faults.addAll(MarkComparison.faults(snapshot.contests(), Snapshot.marksOf(engine)));
        checked.add(new Checked(snapshot.file(), snapshot.sequence(), snapshot.rootHex(),
            !faults.isEmpty() ? "different" : comparable ? "equal"
                : "equal by its contests alone (layout " + layout + ")"));
        faults.forEach(fault -> findings.add(
            Finding.ofSnapshot(snapshot.file(), snapshot.sequence(), fault)));
    }

    /** Says which contests differ: the roots tell only that something does. */
    private String contests(Snapshot snapshot, Engine engine) {
        final SnapshotLoader.Loaded loaded;
        try {
            loaded = new SnapshotLoader(SnapshotDirectory.view(directory))
                .load(snapshot.sequence() + 1, Long.MAX_VALUE, 0);
        } catch (IOException e) {
            return "; it cannot be opened: " + e.getMessage();
        }
        if (loaded == null) {
            return "; it cannot be opened";
        }
        try (Engine other = loaded.engine()) {
            final Map<String, String> mine = digests(engine);
            final Map<String, String> theirs = digests(other);
            final TreeMap<String, String> all = new TreeMap<>(mine);
            all.putAll(theirs);
            final List<String> different = all.keySet().stream()
                .filter(id -> !String.valueOf(mine.get(id)).equals(theirs.get(id))).toList();
            return different.isEmpty() ? "; every contest is the same in both"
                : "; contests that differ: " + String.join(", ", different);
        }
    }

    private static Map<String, String> digests(Engine engine) {
        final Map<String, String> digests = new TreeMap<>();
        for (final ContestInfo contest : KnownContests.withBoards(engine)) {
            digests.put(contest.id(), contest.state().token() + " "
                + HexFormat.of().formatHex(engine.contestDigest(contest.id())));
        }
        return digests;
    }

    /**
     * Ends the comparison.
     *
     * @param lastSequence where the replay ended
     * @param damaged whether the log goes on behind it and cannot be believed
     */
    void end(long lastSequence, boolean damaged) {
        waiting.values().forEach(snapshot -> {
            checked.add(new Checked(snapshot.file(), snapshot.sequence(), snapshot.rootHex(),
                "unchecked"));
            if (!damaged && snapshot.sequence() > lastSequence) {
                findings.add(Finding.ofSnapshot(snapshot.file(), snapshot.sequence(),
                    "the log ends before it, at sequence " + lastSequence));
            }
        });
        waiting.clear();
    }

    List<Checked> checked() {
        return checked;
    }

    List<Finding> findings() {
        return findings;
    }
}
