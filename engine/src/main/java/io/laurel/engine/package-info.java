/**
 * The deterministic core. {@link io.laurel.engine.Engine} applies one command after another to
 * state that lies in off-heap pages; the same log gives the same bytes on every machine. Nothing
 * here reads a clock, a random source, a file or the environment; the one package that knows
 * threads and time is {@code pipeline}.
 */
package io.laurel.engine;
