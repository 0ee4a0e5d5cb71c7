package io.laurel.replay.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.reference.Command;
import io.laurel.engine.reference.Command.Step;
import io.laurel.engine.reference.StreamGenerator;
import io.laurel.journal.checkpoint.Checkpoint.StateRoot;
import io.laurel.journal.checkpoint.MerkleTree;
import io.laurel.journal.checkpoint.SigningKey;
import io.laurel.replay.BlockFile;
import io.laurel.replay.Said;
import io.laurel.replay.TestNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Data directories that somebody has changed, judged with checkpoints kept outside: all of it is
 * found, at its place; and nothing once it is undone. {@code -Dlaurel.long=true} runs 1,000 of
 * them, {@code -Dlaurel.from=N -Dlaurel.runs=M} some of these.
 */
class TamperPropertyTest {
    private static final int FIRST = Integer.getInteger("laurel.from", 0);
    private static final int CASES = Integer.getInteger("laurel.runs",
        Boolean.getBoolean("laurel.long") ? 1_000 : 32);
    private static final int COMMANDS = 120;
    private static final int PER_BLOCK = 8;
    private static final List<Long> SNAPSHOTS = List.of(40L, 80L, 120L);
    private static final List<Integer> SIGNED = List.of(48, 96);
    private static final String CLEAN = "checkpoints 2 of 2 match; signed up to sequence 96, 3"
        + " blocks behind are not";
    private static final Pattern COVERED = Pattern.compile("signed up to sequence ([0-9]+)");

    @TempDir
    private Path scratch;
    private final List<Step> steps = StreamGenerator.generate(12, COMMANDS);
    private final Map<Path, byte[]> whole = new TreeMap<>();
    private KeptCheckpoints kept;
    private Path trusted;
    private Path data;
    private Path foreign;
    private String what;

    @BeforeEach
    void play() throws IOException {
        kept = new KeptCheckpoints(Files.createDirectories(scratch.resolve("kept")),
            SigningKey.generate("laurel.test"));
        trusted = Files.writeString(scratch.resolve("trusted"), kept.key().verifier() + "\n");
        data = scratch.resolve("data");
        play(data, steps, true);
        foreign = scratch.resolve("foreign");
        play(foreign, without(0), false);
        for (final Path directory : List.of(data, kept.directory())) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (final Path file : files.filter(Files::isRegularFile).toList()) {
                    whole.put(file, Files.readAllBytes(file));
                }
            }
        }
    }

    private void play(Path target, List<Step> commands, boolean sign) throws IOException {
        StateRoot root = null;
        try (TestNode node = TestNode.open(target, PER_BLOCK)) {
            for (int at = 0; at < commands.size(); at++) {
                node.play(commands.subList(at, at + 1), false);
                final int sequence = at + 1;
                if (SNAPSHOTS.contains((long) sequence)) {
                    node.snapshot();
                    root = KeptCheckpoints.state(node.engine);
                }
                if (sign && SIGNED.contains(sequence)) {
                    node.flush();
                    kept.sign(target, new MerkleTree(), root);
                }
            }
        }
    }

    /** Returns the log with another command at or behind a place. */
    private List<Step> without(int index) {
        final List<Step> others = new ArrayList<>(steps);
        final int at = IntStream.range(index, steps.size()).filter(i ->
            steps.get(i).command() instanceof Command.SendEvent).findFirst().orElseThrow();
        others.set(at, new Step(steps.get(at).timeNs(), new Command.Tick()));
        return others;
    }

    private void undo() throws IOException {
        for (final Path directory : List.of(data, kept.directory())) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (final Path file : files.filter(Files::isRegularFile).toList()) {
                    if (!whole.containsKey(file)) {
                        Files.delete(file);
                    }
                }
            }
        }
        for (final Map.Entry<Path, byte[]> entry : whole.entrySet()) {
            Files.write(entry.getKey(), entry.getValue());
        }
    }

    private Said verify(Path directory) {
        final Said said = Said.replay("verify", "--data", directory, "--checkpoints",
            kept.directory(), "--public-key", trusted);
        what += ": " + said.out() + said.err();
        return said;
    }

    private static List<String> findings(Said said) {
        return said.lines().stream().filter(line -> line.startsWith("FINDING ")).toList();
    }

    @Test
    void shouldFindWhateverIsDoneAndNothingOnceItIsUndone() throws IOException {
        final SnapshotTampering[] snapshots = SnapshotTampering.values();
        for (int i = FIRST; i < FIRST + CASES; i++) {
            final Random random = new Random(i);
            what = "-Dlaurel.from=" + i + " -Dlaurel.runs=1";
            switch (i % 4) {
                case 0 -> block(random);
                case 1 -> snapshot(snapshots[i / 4 % snapshots.length], random);
                case 2 -> rewrite(random, scratch.resolve("rewritten" + i));
                default -> {
                    if (random.nextBoolean()) {
                        rollBack(random, scratch.resolve("early" + i));
                    } else {
                        checkpoint(random);
                    }
                }
            }
            undo();
            final Said untouched = verify(data);
            assertEquals(0, untouched.code(), what);
            assertTrue(untouched.out().contains(CLEAN), what);
        }
    }

    private void block(Random random) throws IOException {
        final BlockFile file = BlockFile.of(data, 1);
        final BlockTampering.Place place = BlockTampering.tamper(file, random);
        what += " " + place;
        final Said said = verify(data);
        assertEquals(1, said.code(), what);
        assertTrue(findings(said).stream().filter(line -> line.startsWith("FINDING journal "))
            .findFirst().orElseThrow().startsWith("FINDING journal " + file.file() + " offset "
                + place.offset() + " after sequence " + place.sequence() + ": "), what);
        final Matcher covered = COVERED.matcher(said.out());
        assertTrue(!covered.find() || Long.parseLong(covered.group(1)) <= place.sequence(), what);
    }

    /** The snapshot behind may say that it knows another one before it. */
    private void snapshot(SnapshotTampering kind, Random random) throws IOException {
        what += " " + kind;
        final SnapshotTampering.Expected expected =
            kind.tamper(data, SNAPSHOTS, foreign, random);
        final Said said = verify(data);
        assertEquals(1, said.code(), what);
        final String place = "FINDING snapshot " + expected.file() + " sequence "
            + expected.sequence() + ": ";
        assertTrue(findings(said).stream().anyMatch(line -> line.startsWith(place)
            && line.contains(expected.message())), what + expected);
        final String behind = ": the snapshot " + expected.sequence()
            + " before it is not the one it names";
        assertTrue(findings(said).stream().allMatch(line -> line.startsWith(place)
            || line.endsWith(behind)), what + expected);
        assertTrue(said.out().contains(CLEAN), what);
    }

    /** All of it is computed anew behind a change; what is behind the last signature is free. */
    private void rewrite(Random random, Path rewritten) throws IOException {
        final List<Step> others = without(random.nextInt(COMMANDS - 10));
        int changed = 0;
        while (others.get(changed).equals(steps.get(changed))) {
            changed++;
        }
        final long sequence = changed + 1;
        play(rewritten, others, false);
        final Said said = verify(rewritten);
        if (sequence > 96) {
            assertEquals(0, said.code(), what);
            assertTrue(said.out().contains(CLEAN), what);
            return;
        }
        assertEquals(1, said.code(), what);
        final long before = sequence <= 48 ? 0 : 48;
        final BlockFile.Block first = BlockFile.of(rewritten, 1).blocks()
            .get((int) before / PER_BLOCK);
        final String place = "FINDING checkpoint " + BlockFile.file(rewritten, 1) + " offset "
            + first.start() + " sequence " + (before + 1) + ": ";
        assertTrue(findings(said).stream().anyMatch(line -> line.startsWith(place)), what);
    }

    private void rollBack(Random random, Path early) throws IOException {
        final int blocks = 1 + random.nextInt(95 / PER_BLOCK);
        play(early, steps.subList(0, blocks * PER_BLOCK), false);
        final Said said = verify(early);
        assertEquals(1, said.code(), what);
        assertTrue(said.out().contains("the log ends at sequence " + blocks * PER_BLOCK
            + " and was signed up to 96"), what);
    }

    private void checkpoint(Random random) throws IOException {
        final List<Path> files = whole.keySet().stream()
            .filter(file -> file.startsWith(kept.directory())).toList();
        final Path file = files.get(random.nextInt(files.size()));
        final byte[] bytes = whole.get(file).clone();
        int at;
        do {
            at = random.nextInt(bytes.length);
            // the bits that fill up the last digit of base64 mean nothing
        } while (bytes[at] == '=' || at + 1 < bytes.length && bytes[at + 1] == '=');
        bytes[at] ^= (byte) (1 << random.nextInt(8));
        Files.write(file, bytes);
        final Said said = verify(data);
        assertEquals(1, said.code(), what);
        assertTrue(findings(said).stream().allMatch(line ->
            line.startsWith("FINDING checkpoint " + file + " ")), what);
        assertTrue(said.out().contains("checkpoints 1 of "), what);
    }
}
