/**
 * Configuration: one tree of keys with their places ({@link
 * io.laurel.server.config.ConfigTree}), defaults under the file under the flags, turned into
 * records ({@link io.laurel.server.config.LaurelConfig}) and judged as a whole before anything is
 * opened. A key that the defaults do not have is an error. Secrets come from files of their own and
 * never stand in a tree, a message or the log.
 */
package io.laurel.server.config;
