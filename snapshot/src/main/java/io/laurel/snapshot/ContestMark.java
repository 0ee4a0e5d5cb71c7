package io.laurel.snapshot;

/**
 * What a manifest says of one contest, so that states can be compared over layouts.
 *
 * @param id of the contest or the instance
 * @param version of its rules
 * @param rulesHash SHA-256 of the canonical rules, 64 hex digits
 * @param digest over its logical content (semantics 11.5), 64 hex digits
 */
public record ContestMark(String id, int version, String rulesHash, String digest) {
}
