/** What the machine is, and what it does to a thread that only wants to run. */
package io.laurel.perf.machine;
