package io.laurel.journal.checkpoint;

import java.util.Arrays;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * What a node vouches for: the text of a C2SP tlog-checkpoint, whose tree is that over blocks,
 * with lines of our own behind it, in this order:
 *
 * <pre>
 * ORIGIN                     name of the key that signs
 * SIZE                       blocks of the log
 * ROOT                       root of the tree over them
 * sequence N                 sequence of the last record
 * time NS                    its log time, ns since the Unix epoch
 * block HASH                 SHA-256 of the last block
 * journal HASH               SHA-256 of the first block: tells one journal from another
 * facts SIZE ROOT            tree over facts: results of contests that were settled by then
 * state N LAYOUT ROOT DIGEST state root at a sequence, as a snapshot has it, and a digest over
 *                            rules and standings of all contests; only where known
 * next-key NAME+ID+KEY       the key that signs from here on; only where the keys change
 * </pre>
 *
 * @param origin name of the log
 * @param blocks tree over blocks
 * @param sequence of the last record
 * @param timeNs its log time
 * @param block hash of the last block
 * @param journal hash of the first block
 * @param facts tree over facts
 * @param state null where none is known
 * @param nextKey empty where the key stays
 */
public record Checkpoint(String origin, TreeHead blocks, long sequence, long timeNs, String block,
    String journal, TreeHead facts, StateRoot state, String nextKey) {

    /**
     * A tree at a size.
     *
     * @param size number of leaves
     * @param root its root, base64
     */
    public record TreeHead(long size, String root) {
        /** Returns the head of a tree as it is. */
        static TreeHead of(MerkleTree tree) {
            return new TreeHead(tree.size(), text(tree.root()));
        }
    }

    /**
     * The state at a sequence (semantics 11.5).
     *
     * @param sequence not behind that of the checkpoint
     * @param layout version of the layout that the root covers; others have other roots
     * @param root the state root, base64
     * @param digest over rules and standings of all contests, free of any layout, base64
     */
    public record StateRoot(long sequence, int layout, String root, String digest) {
    }

    /** Returns a hash as checkpoints write it. */
    public static String text(byte[] hash) {
        return Base64.getEncoder().encodeToString(hash);
    }

    /** Returns a hash that a checkpoint names. */
    public static byte[] bytes(String text) {
        byte[] hash = Base64.getDecoder().decode(text);
        if (hash.length != Merkle.HASH_BYTES) {
            throw new IllegalArgumentException("a hash has " + Merkle.HASH_BYTES + " bytes");
        }
        return hash;
    }

    /** Returns the same with a key that signs from here on. */
    public Checkpoint withNextKey(VerifierKey key) {
        return new Checkpoint(origin, blocks, sequence, timeNs, block, journal, facts, state,
            key.toString());
    }

    /** Returns the text to be signed. */
    public String toText() {
        StringBuilder text = new StringBuilder(origin).append('\n').append(blocks.size)
            .append('\n').append(blocks.root)
            .append("\nsequence ").append(sequence)
            .append("\ntime ").append(timeNs)
            .append("\nblock ").append(block)
            .append("\njournal ").append(journal)
            .append("\nfacts ").append(facts.size).append(' ').append(facts.root).append('\n');
        if (state != null) {
            text.append("state ").append(state.sequence).append(' ').append(state.layout)
                .append(' ').append(state.root).append(' ').append(state.digest).append('\n');
        }
        if (!nextKey.isEmpty()) {
            text.append("next-key ").append(nextKey).append('\n');
        }
        return text.toString();
    }

    /**
     * Reads a text.
     *
     * @throws IllegalArgumentException where it is not exactly what {@link #toText()} writes
     */
    public static Checkpoint parse(String text) {
        Iterator<String> lines = text.lines().iterator();
        try {
            String origin = lines.next();
            TreeHead blocks = head(lines.next(), lines.next());
            long sequence = Long.parseLong(fields(lines.next(), "sequence", 1).get(0));
            long timeNs = Long.parseLong(fields(lines.next(), "time", 1).get(0));
            String block = text(bytes(fields(lines.next(), "block", 1).get(0)));
            String journal = text(bytes(fields(lines.next(), "journal", 1).get(0)));
            List<String> facts = fields(lines.next(), "facts", 2);
            StateRoot state = null;
            String nextKey = "";
            while (lines.hasNext()) {
                String line = lines.next();
                if (line.startsWith("state ") && state == null && nextKey.isEmpty()) {
                    List<String> parts = fields(line, "state", 4);
                    state = new StateRoot(Long.parseLong(parts.get(0)),
                        Integer.parseInt(parts.get(1)), text(bytes(parts.get(2))),
                        text(bytes(parts.get(3))));
                } else {
                    nextKey = VerifierKey.parse(fields(line, "next-key", 1).get(0)).toString();
                }
            }
            Checkpoint checkpoint = new Checkpoint(origin, blocks, sequence, timeNs, block,
                journal, head(facts.get(0), facts.get(1)), state, nextKey);
            if (checkpoint.toText().equals(text) && checkpoint.isPossible()) {
                return checkpoint;
            }
        } catch (IllegalArgumentException | NoSuchElementException e) {
            throw new IllegalArgumentException("no checkpoint of this program", e);
        }
        throw new IllegalArgumentException("no checkpoint of this program");
    }

    private boolean isPossible() {
        return blocks.size > 0 && facts.size >= 0 && sequence >= blocks.size
            && VerifierKey.isName(origin) && (state == null || state.sequence <= sequence);
    }

    private static TreeHead head(String size, String root) {
        return new TreeHead(Long.parseLong(size), text(bytes(root)));
    }

    private static List<String> fields(String line, String key, int count) {
        List<String> parts = Arrays.asList(line.split(" ", -1));
        if (parts.size() != count + 1 || !parts.get(0).equals(key)) {
            throw new IllegalArgumentException("a line '" + key + "' is missing");
        }
        return parts.subList(1, parts.size());
    }
}
