package io.laurel.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.command.CommandWriter;
import io.laurel.engine.command.CommandWriter.Limits;
import io.laurel.engine.pipeline.BlockWriter;
import io.laurel.gateway.http.Explanations.RefusedException;
import io.laurel.gateway.http.Explanations.Refusal;
import io.laurel.journal.ChronicleJournal;
import io.laurel.journal.JournalConfig;
import io.laurel.journal.JournalFiles;
import io.laurel.server.NodeExplanations.Bounds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an explanation over HTTP may cost, and what is said where it would cost more. */
class NodeExplanationsTest {
    private static final long MEMORY_BYTES = 64L << 20;
    private static final int COMMANDS = 40_000;
    private static final int SEGMENT_BYTES = 1 << 20;
    private static final int PER_BLOCK = 1_000;

    @TempDir
    private Path directory;

    @BeforeEach
    void writeJournal() throws IOException {
        Files.createDirectories(directory);
        final BlockWriter block = new BlockWriter();
        try (ChronicleJournal journal = ChronicleJournal.open(
            new JournalConfig(directory, SEGMENT_BYTES, 0), JournalFiles.scan(directory))) {
            for (long first = 1; first <= COMMANDS; first += PER_BLOCK) {
                block.clear();
                for (long at = first; at < first + PER_BLOCK; at++) {
                    final CommandWriter command = command(at);
                    block.add(at, 1, command.templateId(), command.blockLength(),
                        command.buffer(), 0, command.length());
                }
                journal.append(block.buffer(), 0, block.length(), first, first + PER_BLOCK - 1, 0);
            }
            journal.force();
        }
    }

    private static CommandWriter command(long at) {
        return at > 1 ? new CommandWriter().tick() : new CommandWriter().genesis(
            new Limits(1, 1, 100, 100, MEMORY_BYTES, 1), true, 7);
    }

    private NodeExplanations open(int waiting, Duration time) {
        return new NodeExplanations(directory, MEMORY_BYTES, new Bounds(waiting, 10, time));
    }

    private static Refusal refusal(CompletableFuture<byte[]> asked) {
        final ExecutionException failed =
            assertThrows(ExecutionException.class, () -> asked.get(30, TimeUnit.SECONDS));
        return assertInstanceOf(RefusedException.class, failed.getCause(),
            () -> String.valueOf(failed.getCause())).refusal();
    }

    @Test
    void shouldEndWhenTheLogIsTooLong() {
        try (NodeExplanations explanations = open(1, Duration.ZERO)) {
            assertEquals(Refusal.TOO_LONG, refusal(explanations.explain("t", "u", COMMANDS)));
        }
    }

    @Test
    void shouldTurnAwayWhoeverWouldWaitBehindTooMany() {
        try (NodeExplanations explanations = open(2, Duration.ZERO)) {
            final List<CompletableFuture<byte[]>> asked = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                asked.add(explanations.explain("t", "u", COMMANDS));
            }
            assertEquals(Refusal.BUSY, refusal(asked.get(3)));
            for (int i = 0; i < 3; i++) {
                assertEquals(Refusal.TOO_LONG, refusal(asked.get(i)));
            }
            assertEquals(Refusal.TOO_LONG, refusal(explanations.explain("t", "u", COMMANDS)));
        }
    }

    @Test
    void shouldTellWhoeverWaitsWhenTheNodeStops() {
        final NodeExplanations explanations = open(2, Duration.ofMinutes(1));
        final List<CompletableFuture<byte[]>> asked = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            asked.add(explanations.explain("t", "u", COMMANDS));
        }
        explanations.close();
        asked.add(explanations.explain("t", "u", COMMANDS));
        asked.forEach(one -> assertEquals(Refusal.STOPPING, refusal(one)));
    }

    @Test
    void shouldSayWhereTheLogBeginsWhenOlderSegmentsWerePruned() throws IOException {
        try (ChronicleJournal journal = ChronicleJournal.open(
            new JournalConfig(directory, SEGMENT_BYTES, 0), JournalFiles.scan(directory))) {
            assertTrue(journal.prune(COMMANDS, 7) > 0);
        }
        try (NodeExplanations explanations = open(1, Duration.ofMinutes(1))) {
            assertEquals(Refusal.PRUNED, refusal(explanations.explain("t", "u", COMMANDS)));
        }
    }

    @Test
    void shouldFailWhereTheLogIsShorterThanWhatIsToBeExplained() {
        try (NodeExplanations explanations = open(1, Duration.ofMinutes(1))) {
            final ExecutionException failed = assertThrows(ExecutionException.class,
                () -> explanations.explain("t", "u", COMMANDS + 1).get(30, TimeUnit.SECONDS));
            assertInstanceOf(IOException.class, failed.getCause());
        }
    }
}
