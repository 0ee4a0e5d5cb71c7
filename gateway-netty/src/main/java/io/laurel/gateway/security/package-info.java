/**
 * Who may speak: keys with their secrets, rights and brands, signatures over exact bytes, and a
 * brake on guessing. Shared by TCP and HTTP.
 *
 * <p>Event loop only, except {@link io.laurel.gateway.security.Keys}, which is immutable.
 * Invariants: signatures are compared in constant time; an unknown key costs the work of a known
 * one; no secret is ever part of a text.
 */
package io.laurel.gateway.security;
