/**
 * The demonstration: rounds that look like real play, made from a seed, and a node in the same
 * process that takes them through its real gateway. The generator is also what tests send.
 */
package io.laurel.server.demo;
