/**
 * Processes of their own: nodes, senders, rivals. A child takes one command a line on its standard
 * input and answers each with one line; it ends when its input does.
 */
package io.laurel.perf.proc;
