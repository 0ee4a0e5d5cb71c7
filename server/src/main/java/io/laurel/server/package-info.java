/**
 * The one place that knows everything: the composition root that builds a node and takes it apart
 * again, what the node says to its own engine, and the entry of the command line. Threads: the
 * caller of {@link io.laurel.server.LaurelServer} builds and closes; {@link
 * io.laurel.server.NodeCommands} and {@link io.laurel.server.NodeTimer} belong to the gateway's
 * event loop. Nothing here takes part in the path of an event.
 */
package io.laurel.server;
