/**
 * From the gateway to the log, to the engine, and back: the one package that knows threads and the
 * clock. {@link io.laurel.engine.pipeline.EnginePipeline} shows the wiring.
 *
 * <p>Threads: the gateway's event loop publishes and takes replies; the engine's thread (two with
 * {@code threading: dedicated}) journals and applies; the force thread sleeps in the kernel. What
 * several of them look at is a {@code Sequence} or a volatile field with one writer.
 *
 * <p>Invariants: a command is applied only after it was appended. Nothing reaches the reply
 * handler before what it rests on is durable at the configured level. After a failure no sequence
 * advances past the failed command and nothing is published any more. Every bound is counted when
 * a command or read is taken in, so no later stage can find its queue full. From ring to output
 * nothing is allocated, but for bodies that are larger than a slot.
 */
package io.laurel.engine.pipeline;
