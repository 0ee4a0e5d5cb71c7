package io.laurel.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.Engine;
import io.laurel.engine.memory.MappedRoom;
import io.laurel.engine.memory.PageImage;
import io.laurel.engine.memory.Pages;
import io.laurel.engine.port.JournalReader;
import io.laurel.engine.port.LogRecord;
import io.laurel.engine.port.MemoryJournal;
import io.laurel.engine.port.MemorySnapshots;
import io.laurel.engine.port.MemorySnapshots.Kept;
import io.laurel.engine.port.RecordingReplies;
import io.laurel.engine.port.SnapshotSink;
import io.laurel.engine.port.StateImage;
import io.laurel.engine.recovery.Progress;
import io.laurel.engine.recovery.Recovery;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Images of the state, made between batches. */
final class PipelineSnapshotTest {
    private static final long MEMORY_BYTES = 64L << 20;
    private static final int SOURCES = 900;

    private final Commands commands = new Commands();
    private final MemoryJournal journal = new MemoryJournal();
    private final RecordingReplies replies = new RecordingReplies();
    private final Engine engine = new Engine(MEMORY_BYTES);
    private long token;

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void shouldShowTheStateBehindTheMarkWhateverComesMeanwhile() throws IOException {
        final MemorySnapshots snapshots = new MemorySnapshots();
        final SynchronousPipeline pipeline = begun(snapshots);
        assertTrue(commands.takeSnapshot(pipeline, ++token));
        final long cut = engine.sequence() + 1;
        for (int i = 0; i < 8; i++) {
            commands.source(pipeline, ++token);
        }
        // mark and commands in one batch, then more while slices are copied
        pipeline.runBatch(64);
        assertEquals(0, pipeline.status().images(), "one slice is not all");
        commands.source(pipeline, ++token);
        pipeline.runBatch(64);
        assertTrue(pipeline.idle(), "one step is not all");
        commands.source(pipeline, ++token);
        pipeline.drain();
        assertEquals(1, pipeline.status().images());

        final Kept kept = snapshots.last();
        assertEquals(cut, kept.facts().sequence());
        assertTrue(kept.facts().sequence() < engine.sequence());
        try (Engine replayed = new Engine(MEMORY_BYTES); Engine opened = Engine.open(kept, 0)) {
            replay(replayed, cut);
            assertArrayEquals(replayed.stateRoot(), opened.stateRoot());
            // snapshot and tail = the whole log = live
            replay(opened, Long.MAX_VALUE);
            assertArrayEquals(engine.stateRoot(), opened.stateRoot());
        }
    }

    @Test
    void shouldCompleteByItselfWhereNothingComes() {
        final MemorySnapshots snapshots = new MemorySnapshots();
        final SynchronousPipeline pipeline = begun(snapshots);
        final long blocks = pipeline.status().blocks();
        for (int round = 1; round <= 3; round++) {
            commands.takeSnapshot(pipeline, ++token);
            pipeline.drain();
            assertEquals(round, pipeline.status().images());
            assertEquals(round, snapshots.kept().size());
        }
        assertEquals(blocks + 3, pipeline.status().blocks(), "slices are not journaled");
        assertEquals(token, replies.replies().size());
    }

    @Test
    void shouldMakeOneImageAtATime() {
        final MemorySnapshots snapshots = new MemorySnapshots();
        final SynchronousPipeline pipeline = begun(snapshots);
        commands.takeSnapshot(pipeline, ++token);
        final long cut = engine.sequence() + 1;
        pipeline.runBatch(64);
        commands.takeSnapshot(pipeline, ++token);
        pipeline.drain();
        assertEquals(1, snapshots.kept().size());
        assertEquals(cut, snapshots.last().facts().sequence());
    }

    /** What the sink has room for is what is filled; the engine takes no memory of its own. */
    @Test
    void shouldFillTheRoomThatWasMadeBefore() {
        final PageImage[] room = new PageImage[1];
        final long[] mapped = new long[1];
        final List<StateImage> taken = new ArrayList<>();
        final SynchronousPipeline pipeline = begun(new SnapshotSink() {
            @Override
            public PageImage room(long usedBytes) {
                assertEquals(engine.usedBytes(), usedBytes);
                room[0] = new PageImage(usedBytes + (1 << 20),
                    bytes -> new MappedRoom(bytes, more -> mapped[0] += more));
                room[0].map(usedBytes);
                return room[0];
            }

            @Override
            public void take(StateImage image, LongSupplier durableSequence) {
                taken.add(image);
            }
        });
        commands.takeSnapshot(pipeline, ++token);
        final long used = engine.usedBytes();
        pipeline.drain();
        assertSame(room[0], taken.get(0).pages());
        assertEquals(used, taken.get(0).facts().usedBytes());
        assertTrue(mapped[0] >= used && mapped[0] < used + used / 64 + 4 * Pages.PAGE_BYTES,
            "before the cut: " + mapped[0]);
        taken.get(0).close();
    }

    /** A sink that has room for one image, ahead of its cut. */
    private static final class Ahead implements SnapshotSink {
        private final MemorySnapshots taken = new MemorySnapshots();
        private final List<PageImage> back = new ArrayList<>();
        private PageImage room;
        private boolean settled;

        @Override
        public PageImage room(long usedBytes) {
            throw new AssertionError("it has been given out already");
        }

        @Override
        public PageImage roomAhead(long usedBytes) {
            final PageImage given = room;
            room = null;
            return given;
        }

        @Override
        public void settled() {
            assertFalse(settled);
            settled = true;
        }

        @Override
        public void giveBack(PageImage outgrown) {
            back.add(outgrown);
        }

        @Override
        public void take(StateImage image, LongSupplier durableSequence) {
            taken.take(image, durableSequence);
        }
    }

    @Test
    void shouldCopyAheadOfTheCutWhileNothingWaits() throws IOException {
        final Ahead sink = new Ahead();
        final SynchronousPipeline pipeline = begun(sink);
        assertFalse(pipeline.idle(), "there is no room");
        final PageImage room = new PageImage(2 * engine.usedBytes());
        sink.room = room;
        while (pipeline.idle()) {
            commands.source(pipeline, ++token);
            pipeline.runBatch(64);
        }
        assertTrue(sink.settled);
        assertFalse(room.isCut());
        assertFalse(pipeline.idle(), "nothing is left to do until the cut");
        commands.source(pipeline, ++token);
        commands.takeSnapshot(pipeline, ++token);
        final long cut = engine.sequence() + 2;
        commands.source(pipeline, ++token);
        pipeline.drain();
        assertEquals(1, pipeline.status().images());
        final Kept kept = sink.taken.last();
        assertEquals(cut, kept.facts().sequence());
        try (Engine replayed = new Engine(MEMORY_BYTES); Engine opened = Engine.open(kept, 0)) {
            replay(replayed, cut);
            assertArrayEquals(replayed.stateRoot(), opened.stateRoot());
        }
    }

    @Test
    void shouldGiveRoomBackThatTheStateHasOutgrownAheadOfTheCut() {
        final Ahead sink = new Ahead();
        final SynchronousPipeline pipeline = begun(sink);
        final PageImage room = new PageImage(engine.usedBytes());
        sink.room = room;
        pipeline.idle();
        while (engine.usedBytes() <= room.roomBytes()) {
            commands.source(pipeline, ++token);
            pipeline.drain();
        }
        commands.takeSnapshot(pipeline, ++token);
        pipeline.drain();
        assertEquals(List.of(room), sink.back);
        assertEquals(0, pipeline.status().images());
        room.close();
        // and then with another one
        sink.room = new PageImage(2 * engine.usedBytes());
        sink.settled = false;
        pipeline.drain();
        commands.takeSnapshot(pipeline, ++token);
        pipeline.drain();
        assertEquals(1, sink.taken.kept().size());
    }

    @Test
    void shouldMakeNoneWhereNobodyIsReady() {
        final SynchronousPipeline pipeline = begun(SnapshotSink.NONE);
        commands.takeSnapshot(pipeline, ++token);
        pipeline.drain();
        assertEquals(0, pipeline.status().images());
        assertEquals(token, replies.replies().size());
    }

    @Test
    void shouldTellWhatIsDurable() {
        final long[] seen = new long[2];
        final SynchronousPipeline pipeline = begun(new SnapshotSink() {
            @Override
            public PageImage room(long usedBytes) {
                return new PageImage(usedBytes);
            }

            @Override
            public void take(StateImage image, LongSupplier durableSequence) {
                seen[0] = image.facts().sequence();
                seen[1] = durableSequence.getAsLong();
                image.close();
            }
        });
        commands.takeSnapshot(pipeline, ++token);
        while (seen[0] == 0) {
            pipeline.runBatch(64);
            pipeline.egress();
            pipeline.idle();
        }
        assertEquals(seen[0] - 1, seen[1], "nothing was forced since");
        pipeline.drain();
        assertEquals(seen[0], pipeline.durableSequence());
    }

    @Test
    void shouldStillFitWhereTheRingIsFullOfCommands() {
        final MemorySnapshots snapshots = new MemorySnapshots();
        final SynchronousPipeline pipeline = begun(snapshots);
        commands.takeSnapshot(pipeline, ++token);
        pipeline.runBatch(64);
        while (commands.source(pipeline, token + 1)) {
            token++;
        }
        assertEquals(0, pipeline.remainingCapacity());
        pipeline.egress();
        assertFalse(commands.source(pipeline, token + 1));
        pipeline.drain();
        assertEquals(1, snapshots.kept().size());
    }

    /** A pipeline with a state of several slices. */
    private SynchronousPipeline begun(SnapshotSink snapshots) {
        final SynchronousPipeline pipeline =
            new SynchronousPipeline(Commands.config(), engine, journal, replies, snapshots);
        commands.genesis(pipeline, ++token);
        while (token < SOURCES) {
            commands.source(pipeline, ++token);
            if (token % 32 == 0) {
                pipeline.drain();
            }
        }
        pipeline.drain();
        return pipeline;
    }

    private void replay(Engine target, long last) throws IOException {
        Recovery.replay(new JournalReader() {
            @Override
            public long read(long from, RecordHandler handler) throws IOException {
                return journal.reader().read(from, (buffer, offset, length) ->
                    sequence(buffer, offset) <= last && handler.onRecord(buffer, offset, length));
            }

            @Override
            public void close() {
                // nothing is held
            }
        }, target, Recovery.NO_SKIP, Progress.NONE);
    }

    private static long sequence(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset + LogRecord.SEQUENCE_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }
}
