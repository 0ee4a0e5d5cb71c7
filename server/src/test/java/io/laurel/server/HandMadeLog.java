package io.laurel.server;

import io.laurel.engine.Engine;
import io.laurel.engine.command.CommandWriter;
import io.laurel.engine.command.CommandWriter.Limits;
import io.laurel.engine.pipeline.BlockWriter;
import io.laurel.journal.ChronicleJournal;
import io.laurel.journal.Envelope;
import io.laurel.journal.JournalConfig;
import io.laurel.journal.JournalFiles;
import io.laurel.protocol.storage.EventCommandDecoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;

/** A journal whose commands are written by hand, each at the time that its sequence says. */
final class HandMadeLog {
    /** State that Genesis asks for. */
    static final long MEMORY_BYTES = 32L << 20;

    /** Writes what is logged next. */
    final CommandWriter writer = new CommandWriter();
    private final Path directory;
    private final BlockWriter block = new BlockWriter();
    private ChronicleJournal journal;

    HandMadeLog(Path directory) {
        this.directory = directory;
    }

    /** Begins an epoch. */
    void begin() throws IOException {
        journal = ChronicleJournal.open(new JournalConfig(directory, 1 << 20, 0),
            JournalFiles.scan(directory));
    }

    /** Ends it in order. */
    void end() throws IOException {
        journal.close();
    }

    private static Limits limits(long memoryBytes, int behaviour) {
        return new Limits(1, 1, 100, 100, memoryBytes, behaviour);
    }

    /** Returns the first command. */
    CommandWriter genesis() {
        return writer.genesis(limits(MEMORY_BYTES, Engine.BEHAVIOUR_VERSION), true, 7);
    }

    /** Returns a command that sets them. */
    CommandWriter limits(long memoryBytes) {
        return writer.setLimits(limits(memoryBytes, Engine.BEHAVIOUR_VERSION), "", "");
    }

    /** Returns a command that only a newer program knows to follow. */
    CommandWriter newerRules() {
        return writer.setLimits(limits(MEMORY_BYTES, Engine.BEHAVIOUR_VERSION + 1), "", "");
    }

    /** Logs a command in a block of its own. */
    void log(CommandWriter command) throws IOException {
        block.clear();
        final long sequence = journal.lastAppendedSequence() + 1;
        block.add(sequence, sequence, command.templateId(), command.blockLength(),
            command.buffer(), 0, command.length());
        append(sequence);
    }

    /** Logs an event that no engine can apply. */
    void logWhatFails() throws IOException {
        block.clear();
        final long sequence = journal.lastAppendedSequence() + 1;
        block.add(sequence, sequence, EventCommandDecoder.TEMPLATE_ID,
            EventCommandDecoder.BLOCK_LENGTH,
            new UnsafeBuffer(new byte[EventCommandDecoder.BLOCK_LENGTH + Short.BYTES]), 0,
            EventCommandDecoder.BLOCK_LENGTH + Short.BYTES);
        append(sequence);
    }

    private void append(long sequence) throws IOException {
        journal.append(block.buffer(), 0, block.length(), sequence, sequence, 0);
        journal.force();
    }

    /** Logs ten blocks of ten records: more than is looked at of the front of an epoch. */
    void logMany() throws IOException {
        for (int i = 0; i < 10; i++) {
            block.clear();
            final long first = journal.lastAppendedSequence() + 1;
            for (long at = first; at < first + 10; at++) {
                final CommandWriter command = writer.registerSource("s" + at);
                block.add(at, at, command.templateId(), command.blockLength(), command.buffer(),
                    0, command.length());
            }
            journal.append(block.buffer(), 0, block.length(), first, first + 9, 0);
        }
        journal.force();
    }

    /** Copies it as a node leaves it that is killed now. */
    Path copy() throws IOException {
        final Path copy = Files.createDirectories(directory.resolveSibling("copy"));
        try (Stream<Path> files = Files.list(directory)) {
            for (final Path file : files.filter(one -> !one.endsWith("next.zeros")
                && !one.endsWith("next.zeros.tmp")).toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        return copy;
    }

    /** Puts a copy in its place. */
    void replace(Path by) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (final Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
        Files.move(by, directory);
    }

    /** Changes a byte of the n-th block of the first file; its CRC is made right or not. */
    void spoil(int number, int offset, boolean sealed) throws IOException {
        final Path file;
        try (Stream<Path> files = Files.list(directory)) {
            file = files.filter(one -> one.toString().endsWith(".cq4")).sorted().findFirst()
                .orElseThrow();
        }
        final byte[] bytes = Files.readAllBytes(file);
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        int at = -1;
        for (int i = 0; i < number; i++) {
            do {
                at++;
            } while (buffer.getLong(at, ByteOrder.LITTLE_ENDIAN) != Envelope.MAGIC);
        }
        bytes[at + offset] ^= 1;
        if (sealed) {
            final int length = Envelope.HEADER_BYTES
                + buffer.getInt(at + Envelope.RECORD_BYTES_OFFSET, ByteOrder.LITTLE_ENDIAN);
            final CRC32C crc = new CRC32C();
            crc.update(ByteBuffer.wrap(bytes, at, Envelope.CRC_OFFSET));
            crc.update(ByteBuffer.wrap(bytes, at + Envelope.EPOCH_OFFSET,
                length - Envelope.EPOCH_OFFSET));
            buffer.putInt(at + Envelope.CRC_OFFSET, (int) crc.getValue(),
                ByteOrder.LITTLE_ENDIAN);
        }
        Files.write(file, bytes);
    }
}
