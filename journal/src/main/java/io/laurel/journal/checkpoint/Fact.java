package io.laurel.journal.checkpoint;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * What a node vouches for beside its log, one leaf each in the tree over facts, in the order in
 * which the log brought them about: for each contest, when it is settled, its result and then its
 * entries in rank order. Kinds that come later get types of their own.
 */
public sealed interface Fact {
    /** Bytes of a salt. */
    int SALT_BYTES = 16;

    /** Returns the content of the leaf. */
    byte[] toLeaf();

    /** Returns the contest that it belongs to. */
    String contest();

    /** Returns the hash of the leaf. */
    default byte[] leafHash() {
        return Merkle.leaf(toLeaf());
    }

    /**
     * The result of a contest: type 2, version 1, fields as here, hashes as bytes.
     *
     * @param contest id
     * @param sequence command with which it was settled
     * @param rulesVersion version of its rules
     * @param rulesHash SHA-256 of its rules, 32 bytes
     * @param scoreScale decimals of its scores
     * @param entries ranked on its main board
     * @param boardHash hash of that board, 32 bytes
     */
    record ContestResult(String contest, long sequence, long rulesVersion, byte[] rulesHash,
        int scoreScale, long entries, byte[] boardHash) implements Fact {
        @Override
        public byte[] toLeaf() {
            return new LeafWriter(LeafWriter.CONTEST, 1).text(contest).number(sequence)
                .number(rulesVersion).raw(rulesHash).number(scoreScale).number(entries)
                .raw(boardHash).toBytes();
        }
    }

    /**
     * An entry of the main board of a settled contest: type 3, version 1, fields as here.
     *
     * @param salt 16 bytes that only the log tells, so that who holds a proof of one entry cannot
     *     try out who its neighbours are
     * @param contest id
     * @param rank from 1 on
     * @param user id of the player, provider or game
     * @param score in units of the contest's scale
     * @param multiplierE4 highest single multiplier x 10^4
     * @param rounds number of scored rounds
     * @param finishTs ns since the Unix epoch, 0 = none
     */
    record FinalEntry(byte[] salt, String contest, long rank, String user, long score,
        long multiplierE4, long rounds, long finishTs) implements Fact {
        @Override
        public byte[] toLeaf() {
            return new LeafWriter(LeafWriter.ENTRY, 1).raw(salt).text(contest).number(rank)
                .text(user).number(score).number(multiplierE4).number(rounds).number(finishTs)
                .toBytes();
        }

        /**
         * Returns the salt of an entry: the first 16 bytes of the SHA-256 of "laurel-salt-1", the
         * hash seed of Genesis, which nobody outside knows, contest and user.
         */
        public static byte[] salt(long hashSeed, String contest, String user) {
            MessageDigest sha = Merkle.sha256();
            sha.update("laurel-salt-1".getBytes(StandardCharsets.US_ASCII));
            sha.update(ByteBuffer.allocate(Long.BYTES).putLong(hashSeed).array());
            sha.update(new LeafWriter(LeafWriter.ENTRY, 1).text(contest).text(user).toBytes());
            return Arrays.copyOf(sha.digest(), SALT_BYTES);
        }
    }
}
