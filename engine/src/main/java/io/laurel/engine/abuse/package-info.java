/**
 * Rules that look back (semantics 7): gaps between a player's rounds, rate of rounds, regularity.
 * Their state changes only when a round scores.
 */
package io.laurel.engine.abuse;
