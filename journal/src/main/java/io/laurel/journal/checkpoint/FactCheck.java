package io.laurel.journal.checkpoint;

import io.laurel.journal.checkpoint.Checkpoint.TreeHead;
import io.laurel.journal.checkpoint.CheckpointReport.Finding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Holds the facts that a replay gives against the trees over facts in checkpoints. */
final class FactCheck {
    private final MerkleTree tree = new MerkleTree();
    private List<StoredCheckpoint> heads;
    private int judged;
    private String behind = "";
    private StoredCheckpoint wrong;
    private String wrongFrom = "";
    private long covered;

    void add(Fact fact) {
        tree.append(fact.leafHash());
        if (behind.isEmpty()) {
            behind = fact.contest();
        }
        judge();
    }

    void begin(List<StoredCheckpoint> checkpoints) {
        heads = new ArrayList<>(checkpoints);
        heads.sort(Comparator.comparingLong(one -> one.checkpoint().facts().size()));
        judge();
    }

    private void judge() {
        while (judged < heads.size()
            && heads.get(judged).checkpoint().facts().size() == tree.size()) {
            StoredCheckpoint head = heads.get(judged++);
            if (head.checkpoint().facts().equals(TreeHead.of(tree))) {
                covered = tree.size();
                behind = "";
            } else if (wrong == null) {
                wrong = head;
                wrongFrom = behind;
            }
        }
    }

    /** Adds what is wrong; nothing where the facts were never begun. */
    void finish(List<Finding> findings) {
        if (heads == null) {
            return;
        }
        if (wrong == null && judged < heads.size()) {
            wrong = heads.get(judged);
            wrongFrom = behind;
        }
        if (wrong != null) {
            long sequence = wrong.checkpoint().sequence();
            findings.add(new Finding("the results in checkpoint are not those that the log gives"
                + (wrongFrom.isEmpty() ? "" : ", from contest " + wrongFrom + " on"), wrong.name(),
                0, sequence, sequence));
        }
    }

    long covered() {
        return covered;
    }

    long uncovered() {
        return tree.size() - covered;
    }
}
