/**
 * Reads: what the gateway and the replay tool may ask of the engine. Each query runs on the
 * engine's thread (or on the only thread of a tool), copies rows at one sequence and never changes
 * state. The answers are plain values; rendering is the reader's business.
 */
package io.laurel.engine.query;
