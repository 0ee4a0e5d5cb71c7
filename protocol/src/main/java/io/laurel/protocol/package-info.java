/**
 * What a provider's developer depends on: the SBE schemas under {@code sbe/}, the codecs that the
 * build generates from them, and the framing around every message. Nothing here knows the engine.
 */
package io.laurel.protocol;
