package io.laurel.engine.reference;

/**
 * What a command is answered.
 *
 * @param code token of the outcome
 * @param value original sequence of a duplicate, version of a published document, number of a
 *     source, otherwise the sequence of the command
 * @param original what a duplicate was answered the first time; null for anything else
 */
public record Outcome(String code, long value, String original) {
    static Outcome of(String code, long value) {
        return new Outcome(code, value, null);
    }
}
