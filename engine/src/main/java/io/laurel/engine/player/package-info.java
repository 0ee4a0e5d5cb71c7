/**
 * Players: who they are to the engine (a reference for ever, by the bytes of their id) and what an
 * operator has said of them. Knows nothing of contests.
 */
package io.laurel.engine.player;
