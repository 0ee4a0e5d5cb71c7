/**
 * From a document to something the engine can run: YAML or JSON is parsed and validated with line
 * and column ({@link io.laurel.engine.rules.Documents}), becomes a plain {@link
 * io.laurel.engine.rules.ContestDefinition} with everything resolved, travels through the log in
 * canonical bytes ({@code ContestDefinitionCodec}), and is compiled where the engine needs it.
 * Nothing here holds state; parsing happens before the log and never in {@code apply}.
 */
package io.laurel.engine.rules;
