/**
 * A node seen from outside, over its public HTTP interface; what the commands of the command line
 * and the demonstration use. Nothing here knows the engine.
 */
package io.laurel.server.client;
