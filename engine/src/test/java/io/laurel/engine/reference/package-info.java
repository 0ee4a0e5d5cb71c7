/**
 * The judge of the engine: semantics 1 to 7 and 10 in plain collections, without a line shared
 * with the engine but the parsed documents; and streams of random commands to compare the two.
 * One thread.
 */
package io.laurel.engine.reference;
