package io.laurel.replay.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.journal.checkpoint.Checkpoint;
import io.laurel.journal.checkpoint.Checkpoint.TreeHead;
import io.laurel.journal.checkpoint.Fact;
import io.laurel.journal.checkpoint.Fact.ContestResult;
import io.laurel.journal.checkpoint.Fact.FinalEntry;
import io.laurel.journal.checkpoint.MerkleLeaves;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Proofs of ranks as they travel: made, written, read, checked, and changed on the way. */
final class RankProofTest {
    private static final String HASH = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    private static final int CONTESTS = 5;

    private final List<Fact> facts = new ArrayList<>();
    private final MerkleLeaves leaves = new MerkleLeaves();

    RankProofTest() {
        for (int c = 0; c < CONTESTS; c++) {
            final String contest = "contest-" + c;
            facts.add(new ContestResult(contest, 10 + c, 1, hash(c), 2, c, hash(c + 1)));
            for (int rank = 1; rank <= c; rank++) {
                final String user = "ü" + rank;
                facts.add(new FinalEntry(FinalEntry.salt(99, contest, user), contest, rank, user,
                    1_000 - rank, 25_000, rank, 1_700_000_000_000_000_000L + rank));
            }
        }
        facts.forEach(fact -> leaves.append(fact.leafHash()));
    }

    private static byte[] hash(int number) {
        final byte[] hash = new byte[32];
        hash[0] = (byte) number;
        return hash;
    }

    private Checkpoint checkpoint(int size) {
        return new Checkpoint("example.com/log", new TreeHead(1, HASH), 100, 0, HASH, HASH,
            new TreeHead(size, Checkpoint.text(leaves.root(size))), null, "");
    }

    private RankProof.Builder looking(String contest, String user) {
        final RankProof.Builder builder = new RankProof.Builder(contest, user);
        facts.forEach(builder::add);
        return builder;
    }

    @Test
    void shouldProveEveryRankInEveryTreeThatHoldsIt() {
        int proven = 0;
        for (final Fact fact : facts) {
            if (!(fact instanceof FinalEntry entry)) {
                continue;
            }
            final RankProof.Builder builder = looking(entry.contest(), entry.user());
            assertTrue(builder.isSettled() && builder.isFound());
            for (int size = 1; size <= facts.size(); size++) {
                final Checkpoint checkpoint = checkpoint(size);
                assertTrue(builder.matches(checkpoint));
                assertEquals(facts.indexOf(fact) < size, builder.isCoveredBy(checkpoint));
                if (builder.isCoveredBy(checkpoint)) {
                    final String text = ProofFile.text(builder.build(checkpoint));
                    final RankProof read = ProofFile.parse(text).rank();
                    assertEquals(List.of(), read.faults(checkpoint), text);
                    assertEquals(text, ProofFile.text(read));
                    proven++;
                }
            }
        }
        assertTrue(proven > CONTESTS * CONTESTS, "too few to say anything");
    }

    @Test
    void shouldNotBelieveAProofOfWhichAnythingWasChanged() {
        final Checkpoint checkpoint = checkpoint(facts.size());
        final String text = ProofFile.text(looking("contest-4", "ü2").build(checkpoint));
        for (final String[] change : new String[][] {{"\"rank\":2", "\"rank\":1"},
            {"\"user\":\"ü2\"", "\"user\":\"ü1\""}, {"\"score_units\":998", "\"score_units\":999"},
            {"\"multiplier_e4\":25000", "\"multiplier_e4\":25001"},
            {"\"rounds\":2", "\"rounds\":3"}, {"\"entries\":4", "\"entries\":40"},
            {"\"score_scale\":2", "\"score_scale\":0"},
            {"\"contest\":\"contest-4\"", "\"contest\":\"contest-3\""},
            {"\"settled_sequence\":14", "\"settled_sequence\":13"},
            {"\"result_index\":10", "\"result_index\":9"},
            {"\"facts\":15", "\"facts\":16"}}) {
            final String changed = text.replace(change[0], change[1]);
            assertFalse(changed.equals(text), change[0] + " is not in " + text);
            assertFalse(ProofFile.parse(changed).rank().faults(checkpoint).isEmpty(), change[0]);
        }
        assertFalse(ProofFile.parse(text).rank().faults(checkpoint(14)).isEmpty());
        assertEquals(List.of(), ProofFile.parse(text).contradictions());
        final String shown = text.replace("\"score\":9.98", "\"score\":99.8");
        assertFalse(shown.equals(text), text);
        assertFalse(ProofFile.parse(shown).contradictions().isEmpty());
        assertThrows(IllegalArgumentException.class,
            () -> ProofFile.parse(text.replace("\"salt\"", "\"sold\"")).rank());
        assertThrows(IllegalArgumentException.class, () -> ProofFile.parse("[]"));
        assertThrows(IllegalArgumentException.class,
            () -> ProofFile.parse("{\"a\":1,\"a\":2}"));
    }

    @Test
    void shouldNotMatchACheckpointOfOtherFacts() {
        final RankProof.Builder builder = looking("contest-4", "ü2");
        facts.remove(3);
        assertFalse(looking("contest-4", "ü2").matches(checkpoint(leaves.size() - 1)));
        assertTrue(builder.matches(checkpoint(leaves.size())));
        assertFalse(looking("contest-9", "ü2").isSettled());
        assertFalse(looking("contest-4", "ü9").isFound());
    }
}
