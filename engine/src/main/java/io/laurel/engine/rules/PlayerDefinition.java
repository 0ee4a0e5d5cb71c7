package io.laurel.engine.rules;

import java.util.List;

/**
 * What an operator says of a player; replaces what was said before.
 *
 * @param id 1 to 64 bytes UTF-8
 * @param alias shown in public; empty = none
 * @param segments sorted
 * @param kyc whether the identity is verified
 * @param blocked whether the operator blocked the player
 * @param selfExcludedUntilNs ns since the Unix epoch; 0 = not
 * @param birthDay days since 1970-01-01; Integer.MIN_VALUE = unknown
 * @param locale BCP 47; empty = none
 */
public record PlayerDefinition(String id, String alias, List<String> segments, boolean kyc,
    boolean blocked, long selfExcludedUntilNs, int birthDay, String locale) {
}
