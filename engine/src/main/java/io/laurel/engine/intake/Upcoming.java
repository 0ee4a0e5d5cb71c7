package io.laurel.engine.intake;

/**
 * What is known of an event before it is decided about: hashes that follow from its bytes alone,
 * and references that, once given, are for ever. 0 stands for a reference not known yet.
 */
public final class Upcoming extends EventHashes {
    /** Where the indexes begin to look, as long as nothing is applied. */
    long idLine;
    long roundLine;
    long playerLine;
    /** Who the player may be. */
    int guess;
    int player;
    int brand;
    int provider;
    int game;

    void forgetRefs() {
        guess = 0;
        player = 0;
        brand = 0;
        provider = 0;
        game = 0;
    }
}
