/**
 * Scenarios: commands and what they are expected to do, one line each, in
 * {@code src/test/resources/scenarios}; the same file runs against the judge and the engine.
 */
package io.laurel.engine.scenario;
