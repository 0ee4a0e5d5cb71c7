package io.laurel.replay.verify;

import io.laurel.replay.SnapshotBytes;
import io.laurel.replay.SnapshotBytes.Contest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Random;

/** What somebody may do to the snapshots of a data directory, checksums made right or not. */
enum SnapshotTampering {
    /** One bit anywhere. */
    FLIP,
    /** The end is gone. */
    CUT,
    /** More than was written. */
    GROW,
    /** Another one of the same node stands in its place. */
    SWAP,
    /** That of another log stands in its place. */
    FOREIGN,
    /** It says that it was taken at another time. */
    TIME,
    /** It names another snapshot before it. */
    PREVIOUS,
    /** Its manifest says other things of a contest. */
    MARK,
    /** Its manifest leaves a contest out. */
    MARK_DROP,
    /** It stands behind the end of the log. */
    AHEAD;

    /**
     * What must be said.
     *
     * @param file that is named in a finding
     * @param sequence of that finding
     * @param message a part of it
     */
    record Expected(Path file, long sequence, String message) {
    }

    /**
     * Does it to one of the snapshots.
     *
     * @param sequences of the snapshots, in order
     * @param foreign another data directory, with snapshots of the same sequences
     */
    Expected tamper(Path data, List<Long> sequences, Path foreign, Random random)
        throws IOException {
        final int index = random.nextInt(sequences.size());
        final long sequence = sequences.get(index);
        final SnapshotBytes bytes = SnapshotBytes.of(data, sequence);
        final Path file = SnapshotBytes.file(data, sequence);
        switch (this) {
            case FLIP -> bytes.flip(random.nextInt(bytes.length()), random.nextInt(8)).write();
            case CUT -> bytes.resize(random.nextInt(bytes.length())).write();
            case GROW -> bytes.resize(bytes.length() + 1 + random.nextInt(5_000)).write();
            case SWAP -> {
                final long other = sequences.get((index + 1) % sequences.size());
                Files.copy(SnapshotBytes.file(data, other), file,
                    StandardCopyOption.REPLACE_EXISTING);
                return new Expected(file, sequence, "it holds sequence " + other);
            }
            case FOREIGN -> {
                Files.copy(SnapshotBytes.file(foreign, sequence), file,
                    StandardCopyOption.REPLACE_EXISTING);
                return new Expected(file, sequence, "its state root is ");
            }
            case TIME -> {
                bytes.flip(SnapshotBytes.TIME_AT + random.nextInt(8), random.nextInt(8)).seal()
                    .write();
                return new Expected(file, sequence, "its header does not go with the state");
            }
            case PREVIOUS -> {
                if (index == 0) {
                    return tamper(data, sequences, foreign, random);
                }
                bytes.flip(SnapshotBytes.PREVIOUS_AT + random.nextInt(32), random.nextInt(8))
                    .seal().write();
                return new Expected(file, sequence, "the snapshot " + sequences.get(index - 1)
                    + " before it is not the one it names");
            }
            case MARK, MARK_DROP -> {
                return mark(bytes, file, sequence, random);
            }
            default -> {
                final long ahead = sequences.get(sequences.size() - 1) + 1 + random.nextInt(99);
                final Path target = SnapshotBytes.file(data, ahead);
                Files.copy(file, target);
                return new Expected(target, ahead, "it holds sequence " + sequence);
            }
        }
        return new Expected(file, sequence, "");
    }

    private Expected mark(SnapshotBytes bytes, Path file, long sequence, Random random)
        throws IOException {
        final List<Contest> contests = bytes.contests();
        final Contest contest = contests.get(random.nextInt(contests.size()));
        if (this == MARK_DROP) {
            bytes.drop(contest).seal().write();
            return new Expected(file, sequence,
                "its manifest does not have contest " + contest.id());
        }
        // version and hashes: what stands behind the id
        final int from = contest.start() + 2 + contest.id().length();
        bytes.flip(from + random.nextInt(contest.end() - from), random.nextInt(8)).seal().write();
        return new Expected(file, sequence, "contest " + contest.id() + ": its ");
    }
}
