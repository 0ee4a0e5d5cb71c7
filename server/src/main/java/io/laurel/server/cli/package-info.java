/**
 * The commands of the command line. Each is a class with its options; what goes wrong is one line
 * on stderr and an exit code of {@link io.laurel.replay.ExitCode}. Results go to stdout, everything
 * else to stderr. Except for {@code server} and {@code demo} they are clients of a running node and
 * know no more of it than its public interfaces.
 */
package io.laurel.server.cli;
