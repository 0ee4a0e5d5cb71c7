/** How the explanation of a score looks as JSON, for the command line and a running node alike. */
package io.laurel.replay.explain;
