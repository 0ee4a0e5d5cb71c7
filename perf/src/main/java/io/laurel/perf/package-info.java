/**
 * {@code laurel bench}: measures the node, its parts and what a user would otherwise run. Nothing
 * else depends on it. Each bench makes its input outside of what it measures, warms up, says what
 * the machine itself does to a loop, and warns where its numbers mean less than they seem.
 */
package io.laurel.perf;
