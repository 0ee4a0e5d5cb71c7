/**
 * The one place that knows everything: the composition root that builds a node and takes it apart
 * again, and the entry of the command line. Thread: the main thread builds and waits; nothing here
 * takes part in the path of an event.
 */
package io.laurel.server;
