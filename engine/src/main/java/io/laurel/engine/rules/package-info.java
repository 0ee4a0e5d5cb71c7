/**
 * From a document to something the engine can run: YAML or JSON is parsed and validated with line
 * and column ({@link io.laurel.engine.rules.Documents}), becomes a plain {@link
 * io.laurel.engine.rules.ContestDefinition} with everything resolved, travels through the log in
 * canonical bytes ({@code ContestDefinitionCodec}), and is compiled where the engine needs it.
 * Parsing happens before the log and never in {@code apply}.
 *
 * <p>Nothing here holds state but a {@link io.laurel.engine.rules.Formula}, whose stack belongs to
 * one thread; everything else may be used by any. Equal definitions have equal canonical bytes, and
 * no reading depends on a clock, the locale or the order of a hash table.
 */
package io.laurel.engine.rules;
