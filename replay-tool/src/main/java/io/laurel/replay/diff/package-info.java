/**
 * Two logs side by side, command by command: sequence, time, template, fields; never blocks, files
 * or epochs. Thread: the caller's, alone. Memory: two batches of records.
 */
package io.laurel.replay.diff;
