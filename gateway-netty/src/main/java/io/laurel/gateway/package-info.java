/**
 * The node's faces: SBE sessions over TCP, JSON over HTTP. Everything runs on one event loop, which
 * is also the only producer of the engine's ring. The gateway knows the engine's gate and its
 * reads; it never sees the journal.
 */
package io.laurel.gateway;
