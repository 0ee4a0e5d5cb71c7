package io.laurel.replay.proof;

import io.laurel.journal.checkpoint.Checkpoint;
import io.laurel.journal.checkpoint.Fact;
import io.laurel.journal.checkpoint.Fact.ContestResult;
import io.laurel.journal.checkpoint.Fact.FinalEntry;
import io.laurel.journal.checkpoint.Merkle;
import io.laurel.journal.checkpoint.MerkleLeaves;
import java.util.ArrayList;
import java.util.List;

/**
 * Shows that a checkpoint vouches for a final rank: an entry and the result of its contest stand in
 * the tree over facts, one so far behind the other as the rank says.
 *
 * @param result of the contest
 * @param entry of the player, provider or game
 * @param factsSize facts of the tree
 * @param resultIndex place of the result, from 0 on
 * @param resultPath hashes beside the way up from the result
 * @param entryPath hashes beside the way up from the entry
 */
public record RankProof(ContestResult result, FinalEntry entry, long factsSize, long resultIndex,
    List<byte[]> resultPath, List<byte[]> entryPath) {

    /** All facts of a log, to make proofs from. */
    public static final class Builder {
        private final String contest;
        private final String user;
        private final MerkleLeaves leaves = new MerkleLeaves();
        private ContestResult result;
        private FinalEntry entry;
        private int resultIndex;

        /** Looks for an entry. */
        public Builder(String contest, String user) {
            this.contest = contest;
            this.user = user;
        }

        /** Takes the next fact, in the order of the log. */
        public void add(Fact fact) {
            if (fact instanceof ContestResult found && found.contest().equals(contest)) {
                result = found;
                resultIndex = leaves.size();
            } else if (fact instanceof FinalEntry found && found.contest().equals(contest)
                && found.user().equals(user)) {
                entry = found;
            }
            leaves.append(fact.leafHash());
        }

        /** Returns whether the contest was settled. */
        public boolean isSettled() {
            return result != null;
        }

        /** Returns whether the entry was found. */
        public boolean isFound() {
            return entry != null;
        }

        /** Returns whether a checkpoint vouches for what was found. */
        public boolean isCoveredBy(Checkpoint checkpoint) {
            return resultIndex + entry.rank() < checkpoint.facts().size();
        }

        /** Returns whether the facts are those of a checkpoint. */
        public boolean matches(Checkpoint checkpoint) {
            final long size = checkpoint.facts().size();
            return size <= leaves.size()
                && Checkpoint.text(leaves.root((int) size)).equals(checkpoint.facts().root());
        }

        /** Makes the proof for the tree of a checkpoint that covers it. */
        public RankProof build(Checkpoint checkpoint) {
            final int size = (int) checkpoint.facts().size();
            return new RankProof(result, entry, size, resultIndex,
                leaves.inclusion(resultIndex, size),
                leaves.inclusion(resultIndex + (int) entry.rank(), size));
        }
    }

    /** Copies the lists. */
    public RankProof {
        resultPath = List.copyOf(resultPath);
        entryPath = List.copyOf(entryPath);
    }

    /**
     * Checks this against the text of a checkpoint, whose signature is checked elsewhere.
     *
     * @return what is wrong, empty where everything is right
     */
    public List<String> faults(Checkpoint checkpoint) {
        final List<String> faults = new ArrayList<>();
        if (factsSize != checkpoint.facts().size()) {
            faults.add("the proof is for a tree of " + factsSize + " facts, the checkpoint has "
                + checkpoint.facts().size());
            return faults;
        }
        final byte[] root = Checkpoint.bytes(checkpoint.facts().root());
        if (!entry.contest().equals(result.contest()) || entry.rank() < 1
            || entry.rank() > result.entries()) {
            faults.add("entry and result do not belong together");
        }
        if (!Merkle.includes(result.leafHash(), resultIndex, factsSize, resultPath, root)) {
            faults.add("the checkpoint does not vouch for the result of the contest");
        }
        if (!Merkle.includes(entry.leafHash(), resultIndex + entry.rank(), factsSize, entryPath,
            root)) {
            faults.add("the checkpoint does not vouch for the entry");
        }
        return faults;
    }
}
