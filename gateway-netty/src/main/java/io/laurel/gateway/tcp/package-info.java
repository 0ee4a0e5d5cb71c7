/**
 * SBE sessions over TCP: frames to commands, replies to acknowledgements.
 *
 * <pre>
 * bytes  SofhFrameDecoder  SessionHandler (state)   Logon        Challenge ... EstablishAck
 *                                                   EventIntake  GameEvent to command
 * reply  SessionRegistry   SessionHandler           AckTracker   positions to Ack
 * </pre>
 *
 * <p>Everything runs on the gateway's one event loop. Invariants: an event is published once per
 * session position and in order; an outcome is written before the Ack that covers it; an Ack never
 * claims more than the engine answered; where a command finds no room its frame stays in the
 * decoder, so nothing is dropped and no seqNo consumed; every buffer is released where it was
 * taken.
 */
package io.laurel.gateway.tcp;
