package io.laurel.journal.checkpoint;

import io.laurel.journal.Block;
import io.laurel.journal.LogStart;
import io.laurel.journal.checkpoint.Checkpoint.TreeHead;
import io.laurel.journal.checkpoint.CheckpointReport.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/**
 * Holds a journal against checkpoints that were kept outside: give it every block from the first
 * on, then, where the log was replayed, every fact, then ask. Between two checkpoints that match,
 * nothing can have been changed; what does not match lies between the last one that does and the
 * first one that does not. One thread; of the journal it keeps O(log n).
 *
 * <p>Where older segments were pruned the tree over all blocks cannot be built. A checkpoint also
 * names the last block that it vouches for, and each block the one before: so one whose last block
 * is there vouches for all that is there before it, and one that is older for nothing that is.
 *
 * <pre>
 *   CheckpointVerifier verifier = CheckpointVerifier.open(checkpoints, publicKeys);
 *   try (BlockReader blocks = BlockReader.openVerifying(journal)) {
 *       for (Block block = blocks.next(); block != null; block = blocks.next()) {
 *           verifier.onBlock(block);
 *       }
 *   }
 *   CheckpointReport report = verifier.finish(true);
 * </pre>
 */
public final class CheckpointVerifier {
    /** A checkpoint that can be believed and that the blocks do not match. */
    private record Suspicion(StoredCheckpoint stored, Block from) {
        Checkpoint checkpoint() {
            return stored.checkpoint();
        }
    }

    private final List<StoredCheckpoint> believed = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final List<Suspicion> suspicions = new ArrayList<>();
    private final List<StoredCheckpoint> matching = new ArrayList<>();
    private final MerkleTree tree = new MerkleTree();
    private final FactCheck facts = new FactCheck();
    private int judged;
    private String journal = "";
    private Block first;
    private Block last;
    /** First block behind the last checkpoint that matches. */
    private Block behind;
    private long coveredBlocks;
    private long blocks;
    private long signedBlocks;
    private LogStart start;
    private int earlier;

    private CheckpointVerifier(List<StoredCheckpoint> stored, List<VerifierKey> keys) {
        KeyRing ring = new KeyRing(keys);
        for (StoredCheckpoint one : stored) {
            String fault = ring.judge(one);
            if (fault.isEmpty()) {
                believed.add(one);
            } else {
                finding("checkpoint cannot be believed: " + fault, one);
            }
        }
        believed.sort(Comparator.comparingLong(one -> one.checkpoint().blocks().size()));
    }

    /**
     * Reads checkpoints and keys. Give the oldest key that you trust: the ones that followed it
     * are found in the checkpoints.
     *
     * @param checkpoints directory of files {@code *.checkpoint}
     * @param publicKeys file of public keys, {@code name+id+key}, one a line
     * @throws IOException where one of them cannot be read; a damaged checkpoint is a finding
     */
    public static CheckpointVerifier open(Path checkpoints, Path publicKeys) throws IOException {
        return new CheckpointVerifier(CheckpointFiles.list(checkpoints),
            VerifierKey.read(publicKeys));
    }

    /** Returns the state roots that the checkpoints name, to be held against a replay. */
    public List<StoredCheckpoint> statesToCheck() {
        return believed.stream().filter(one -> one.checkpoint().state() != null).toList();
    }

    /** Begins behind what was pruned; before the first block. */
    public void beginBehind(LogStart pruned) {
        start = pruned;
        believed.sort(Comparator.comparingLong(one -> one.checkpoint().sequence()));
        while (judged < believed.size()
            && believed.get(judged).checkpoint().sequence() <= pruned.sequence()) {
            StoredCheckpoint stored = believed.get(judged++);
            if (stored.checkpoint().sequence() < pruned.sequence()) {
                earlier++;
            } else if (stored.checkpoint().block().equals(
                Checkpoint.text(HexFormat.of().parseHex(pruned.lastHash())))) {
                matches(stored);
            } else {
                finding("checkpoint names another block before the first one that there is",
                    stored);
            }
        }
    }

    /** Takes the next block of the journal. */
    public void onBlock(Block block) {
        blocks++;
        last = block;
        if (start == null) {
            tree.append(BlockLeaf.hash(block));
        }
        if (first == null) {
            first = block;
            journal = start == null ? Checkpoint.text(block.hash()) : journal;
        }
        if (behind == null) {
            behind = block;
        }
        while (judged < believed.size() && isReached(believed.get(judged).checkpoint(), block)) {
            judge(believed.get(judged), block);
            judged++;
        }
    }

    private boolean isReached(Checkpoint checkpoint, Block block) {
        return start == null ? checkpoint.blocks().size() == tree.size()
            : checkpoint.sequence() <= block.lastSequence();
    }

    private boolean isSigned(Checkpoint checkpoint, Block block) {
        return start == null ? TreeHead.of(tree).equals(checkpoint.blocks())
            : checkpoint.block().equals(Checkpoint.text(block.hash()));
    }

    private void judge(StoredCheckpoint stored, Block block) {
        Checkpoint checkpoint = stored.checkpoint();
        if (!isSigned(checkpoint, block)) {
            if (behind == null) {
                contradiction(stored);
            } else {
                suspicions.add(new Suspicion(stored, behind));
            }
            return;
        }
        if (checkpoint.sequence() != block.lastSequence()
            || checkpoint.timeNs() != block.lastTimeNs()
            || !checkpoint.block().equals(Checkpoint.text(block.hash()))
            || !isOfThisJournal(checkpoint)) {
            finding("checkpoint contradicts itself: its tree is that of the journal, sequence,"
                + " time or hashes beside it are not", stored);
            return;
        }
        // the blocks are those that were signed, so whoever signed others before signed wrongly
        matches(stored);
        suspicions.forEach(suspicion -> contradiction(suspicion.stored));
        suspicions.clear();
    }

    /** The first block may be gone; then those that match must agree on it, and in their counts. */
    private boolean isOfThisJournal(Checkpoint checkpoint) {
        return start != null && matching.isEmpty() || checkpoint.journal().equals(journal)
            && checkpoint.blocks().size() - signedBlocks == blocks - coveredBlocks;
    }

    private void matches(StoredCheckpoint stored) {
        matching.add(stored);
        journal = stored.checkpoint().journal();
        signedBlocks = stored.checkpoint().blocks().size();
        coveredBlocks = blocks;
        behind = null;
    }

    private void contradiction(StoredCheckpoint stored) {
        finding(stored.checkpoint().journal().equals(journal)
            ? "checkpoint contradicts another one that the journal agrees with"
            : "checkpoint is one of another journal", stored);
    }

    private void finding(String what, StoredCheckpoint stored) {
        long sequence = stored.isReadable() ? stored.checkpoint().sequence() : 0;
        findings.add(new Finding(what, stored.name(), 0, sequence, sequence));
    }

    /** Begins with the facts, once all blocks were given; without it they are not judged. */
    public void beginFacts() {
        facts.begin(matching);
    }

    /** Takes the next fact, in the order of the log. */
    public void onFact(Fact fact) {
        facts.add(fact);
    }

    /**
     * Judges what was given.
     *
     * @param wholeLog whether the log came to its end; where it could not be read on, what is
     *     missing behind is no finding of its own
     */
    public CheckpointReport finish(boolean wholeLog) {
        long lastSequence = last == null ? 0 : last.lastSequence();
        List<StoredCheckpoint> beyond = new ArrayList<>();
        for (StoredCheckpoint stored : believed.subList(judged, believed.size())) {
            if (matching.isEmpty() || stored.checkpoint().journal().equals(journal)) {
                beyond.add(stored);
            } else {
                contradiction(stored);
            }
        }
        suspicions.removeIf(suspicion -> {
            boolean foreign = !matching.isEmpty()
                && !suspicion.checkpoint().journal().equals(journal);
            if (foreign) {
                contradiction(suspicion.stored);
            }
            return foreign;
        });
        if (!suspicions.isEmpty()) {
            changed(suspicions.get(0));
        } else if (wholeLog && !beyond.isEmpty()) {
            missing(beyond.get(beyond.size() - 1), lastSequence);
        }
        facts.finish(findings);
        return new CheckpointReport(findings, believed.size(), matching.size(), earlier,
            matching.isEmpty() ? 0
                : matching.get(matching.size() - 1).checkpoint().sequence(),
            lastSequence, blocks - coveredBlocks, facts.covered(), facts.uncovered());
    }

    private void changed(Suspicion suspicion) {
        findings.add(new Finding((isOther(suspicion.stored) ? "the log is another one than that of "
            : "the log is not the one that was signed by ") + suspicion.stored.name(),
            suspicion.from.file(), suspicion.from.offset(), suspicion.from.firstSequence(),
            suspicion.checkpoint().sequence()));
    }

    private boolean isOther(StoredCheckpoint stored) {
        return first != null && !journal.isEmpty()
            && !stored.checkpoint().journal().equals(journal);
    }

    /**
     * The log has fewer blocks than were signed: it was cut, or some were taken out and the rest
     * was chained anew. Whatever it was, it begins behind the last checkpoint that matches.
     */
    private void missing(StoredCheckpoint newest, long lastSequence) {
        long signed = newest.checkpoint().sequence();
        if (isOther(newest)) {
            changed(new Suspicion(newest, first));
            return;
        }
        String what = (signed > lastSequence ? "the log ends at sequence " + lastSequence
            + " and was signed up to " + signed + " by "
            : "the log has fewer blocks than were signed by ") + newest.name();
        if (last == null) {
            findings.add(new Finding(what, newest.name(), 0, 1, signed));
        } else {
            Block from = behind == null ? last : behind;
            findings.add(new Finding(what, from.file(), from.offset(),
                behind == null ? lastSequence + 1 : behind.firstSequence(), signed));
        }
    }
}
