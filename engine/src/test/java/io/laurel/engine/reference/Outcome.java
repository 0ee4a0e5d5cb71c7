package io.laurel.engine.reference;

/**
 * What a command is answered.
 *
 * @param code token of the outcome
 * @param value original sequence of an event that came before, version of a published document,
 *     number of a source, otherwise the sequence of the command
 */
public record Outcome(String code, long value) {
    static Outcome of(String code, long value) {
        return new Outcome(code, value);
    }
}
