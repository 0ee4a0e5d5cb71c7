/**
 * What is played: who, for how much, in which contests; and how it looks as bytes. The same seed
 * gives the same rounds. One thread each.
 */
package io.laurel.perf.load;
