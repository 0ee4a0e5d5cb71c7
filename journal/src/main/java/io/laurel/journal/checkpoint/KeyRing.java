package io.laurel.journal.checkpoint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The keys that are trusted while checkpoints are gone through in the order of their sequences: it
 * begins with those that were given, and follows from a key to the one that it names as the next.
 * From then on the old one says nothing any more.
 */
public final class KeyRing {
    private final List<VerifierKey> trusted;
    private final Map<VerifierKey, Long> replacedAt = new LinkedHashMap<>();

    /** Begins with the keys that somebody trusts. */
    public KeyRing(List<VerifierKey> keys) {
        trusted = new ArrayList<>(keys);
    }

    /**
     * Judges the next checkpoint.
     *
     * @return what is wrong with it, empty where it can be believed
     */
    public String judge(StoredCheckpoint stored) {
        if (!stored.isReadable()) {
            return stored.fault();
        }
        Checkpoint checkpoint = stored.checkpoint();
        VerifierKey signer = null;
        VerifierKey replaced = null;
        for (VerifierKey key : trusted) {
            SignedNote.Verdict verdict = stored.note().verdict(key);
            if (verdict == SignedNote.Verdict.INVALID) {
                return "the signature of key " + key.name() + "+" + key.idHex()
                    + " is not one over this text";
            }
            if (verdict == SignedNote.Verdict.VALID && key.name().equals(checkpoint.origin())) {
                if (replacedAt.containsKey(key)) {
                    replaced = key;
                } else {
                    signer = key;
                }
            }
        }
        if (signer == null) {
            return replaced == null ? "it is signed by no key that is trusted"
                : "it is signed by a key that was replaced at sequence "
                    + replacedAt.get(replaced);
        }
        return checkpoint.nextKey().isEmpty() ? "" : follow(stored, signer);
    }

    private String follow(StoredCheckpoint stored, VerifierKey signer) {
        VerifierKey next = VerifierKey.parse(stored.checkpoint().nextKey());
        if (!next.name().equals(signer.name())
            || stored.note().verdict(next) != SignedNote.Verdict.VALID) {
            return "the next key that it names has not signed it";
        }
        if (!next.equals(signer)) {
            for (VerifierKey key : trusted) {
                if (key.name().equals(signer.name()) && !key.equals(next)) {
                    replacedAt.putIfAbsent(key, stored.checkpoint().sequence());
                }
            }
            if (!trusted.contains(next)) {
                trusted.add(next);
            }
        }
        return "";
    }
}
