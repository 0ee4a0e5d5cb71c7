package io.laurel.journal.checkpoint;

import io.laurel.engine.port.JournalCorruptException;
import io.laurel.journal.Block;
import io.laurel.journal.BlockReader;
import io.laurel.journal.checkpoint.Checkpoint.StateRoot;
import io.laurel.journal.checkpoint.Checkpoint.TreeHead;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The trees beside a running node: follows the files of its journal up to what is durable, takes
 * facts from somebody who reads them, and gives a checkpoint at any time. It never signs what the
 * last stored checkpoint contradicts. One thread.
 */
public final class LogTrees implements AutoCloseable {
    private final Path stateFile;
    private final long prunedSequence;
    private final Checkpoint stored;
    private final BlockReader reader;
    private final MerkleTree blocks;
    private MerkleTree facts;
    private MerkleTree growingFacts;
    private Block pending;
    private long sequence;
    private long timeNs;
    private String block;
    private String journal;
    private long growingSequence;
    private long settledSequence;
    private String settled;

    /**
     * Goes on where a checked directory ends; see {@link StoredCheckpoints}. Where that is before
     * the log begins, {@link #advance} says so.
     */
    public LogTrees(StoredCheckpoints checked) throws IOException {
        stateFile = checked.stateFile();
        prunedSequence = checked.prunedSequence();
        stored = checked.newest();
        TreeState state = checked.state();
        blocks = copy(state.blocks());
        facts = copy(state.facts());
        growingFacts = copy(facts);
        sequence = state.sequence();
        timeNs = state.timeNs();
        block = state.block();
        journal = state.journal();
        settledSequence = state.settledSequence();
        growingSequence = settledSequence;
        settled = state.settled();
        reader = BlockReader.openFollowing(checked.journal(),
            Math.max(sequence, prunedSequence) + 1);
    }

    private static MerkleTree copy(MerkleTree tree) {
        return new MerkleTree(tree.size(), tree.peaks());
    }

    /**
     * Takes blocks in.
     *
     * @param durableSequence last sequence on disk; blocks behind it wait
     * @param most how many at most
     * @return whether there may be more
     * @throws JournalCorruptException where the log is not the one that was signed
     * @throws IOException where the log was pruned further than the trees have come
     */
    public boolean advance(long durableSequence, int most) throws IOException {
        if (sequence < prunedSequence) {
            throw new IOException("nothing can be signed: " + stateFile + " is missing or too old,"
                + " and the journal begins with sequence " + (prunedSequence + 1) + "; stop the"
                + " node and put back a copy of that file that reaches there, or the older"
                + " segments");
        }
        for (int i = 0; i < most; i++) {
            if (pending == null && sequence < durableSequence) {
                pending = reader.next();
            }
            if (pending == null || pending.lastSequence() > durableSequence) {
                return false;
            }
            take(pending);
            pending = null;
        }
        return true;
    }

    private void take(Block next) throws IOException {
        if (next.firstSequence() != sequence + 1) {
            throw new JournalCorruptException("a block of sequence " + next.firstSequence()
                + " follows", next.file(), next.offset(), sequence);
        }
        blocks.append(BlockLeaf.hash(next));
        sequence = next.lastSequence();
        timeNs = next.lastTimeNs();
        block = Checkpoint.text(next.hash());
        if (journal.isEmpty()) {
            journal = block;
        }
        if (stored != null && blocks.size() == stored.blocks().size()
            && !TreeHead.of(blocks).equals(stored.blocks())) {
            throw new JournalCorruptException("the log up to here is not the one that was signed",
                next.file(), next.offset(), sequence);
        }
    }

    /**
     * Takes facts in, in their order.
     *
     * @param whole whether the last one completes its contest
     * @throws JournalCorruptException where the stored checkpoint has others
     */
    public void addFacts(List<Fact> more, boolean whole) throws IOException {
        for (Fact fact : more) {
            growingFacts.append(fact.leafHash());
            if (fact instanceof Fact.ContestResult result) {
                growingSequence = result.sequence();
            }
        }
        if (whole && !more.isEmpty()) {
            settled = more.get(more.size() - 1).contest();
            settledSequence = growingSequence;
            facts = copy(growingFacts);
            if (stored != null && facts.size() == stored.facts().size()
                && !TreeHead.of(facts).equals(stored.facts())) {
                throw new JournalCorruptException("the results up to contest " + settled
                    + " are not those that were signed", stateFile.toString(), 0, sequence);
            }
        }
    }

    /** Returns the last contest whose facts were taken in whole; empty = none. */
    public String settled() {
        return settled;
    }

    /** Returns the last sequence taken in. */
    public long sequence() {
        return sequence;
    }

    /** Returns the number of blocks taken in. */
    public long blocks() {
        return blocks.size();
    }

    /** Returns the number of facts of contests taken in whole. */
    public long facts() {
        return facts.size();
    }

    /**
     * Returns whether a checkpoint may be made: not before the stored one is reached again, and
     * not before the blocks are there that the facts rest on.
     */
    public boolean isReady() {
        return blocks.size() > 0 && settledSequence <= sequence && (stored == null
            || blocks.size() >= stored.blocks().size() && facts.size() >= stored.facts().size());
    }

    /**
     * Returns what can be vouched for now.
     *
     * @param origin name of the log
     * @param state a state root of this log, null where none is known
     */
    public Checkpoint checkpoint(String origin, StateRoot state) {
        return new Checkpoint(origin, TreeHead.of(blocks), sequence, timeNs, block, journal,
            TreeHead.of(facts), state == null || state.sequence() > sequence ? null : state, "");
    }

    /** Writes down where the trees stand, for the next start. */
    public void save() throws IOException {
        new TreeState(sequence, timeNs, block, journal, blocks, facts, settledSequence, settled)
            .write(stateFile);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
