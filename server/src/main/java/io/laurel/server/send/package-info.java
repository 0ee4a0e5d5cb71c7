/**
 * A sender: events in JSON Lines become SBE messages of one session and are counted by what became
 * of them. Threads: the caller feeds; outcomes are counted on the client's own thread.
 */
package io.laurel.server.send;
