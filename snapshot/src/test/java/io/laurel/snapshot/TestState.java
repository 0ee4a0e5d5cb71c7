package io.laurel.snapshot;

import io.laurel.engine.ContestDefinitions;
import io.laurel.engine.Engine;
import io.laurel.engine.ResultCode;
import io.laurel.engine.RoundFeed;
import io.laurel.engine.command.CommandWriter;
import io.laurel.engine.port.StateImage;
import io.laurel.engine.rules.ContestDefinitionCodec;

/** A small engine with something in it, and images of it. */
final class TestState implements AutoCloseable {
    /** As fast as it goes. */
    static final SnapshotFileWriter.Pace NO_PACE = new SnapshotFileWriter.Pace() {
        @Override
        public void await(long bytesDone) {
            // nothing else is to be done
        }

        @Override
        public void breathe() {
            // nothing else is to be done
        }
    };

    /** Genesis, a source, a contest. */
    private static final int BEFORE_ROUNDS = 3;
    private static final long MEMORY_BYTES = 64L << 20;

    private final Engine engine;
    private final RoundFeed feed;
    private long rounds;

    /** The smallest state that there is. */
    TestState() {
        engine = new Engine(MEMORY_BYTES);
        feed = new RoundFeed(engine);
        feed.at(ContestDefinitions.START_NS);
        feed.writer().genesis(new CommandWriter.Limits(900_000_000_000L, 60_000_000_000L,
            1_000_000, 100, MEMORY_BYTES, 1), false, 7);
        apply();
    }

    /** Goes on with a state that has a contest and all rounds from the first on. */
    TestState(Engine engine) {
        this.engine = engine;
        feed = new RoundFeed(engine);
        rounds = engine.sequence() - BEFORE_ROUNDS;
    }

    /** Plays on up to a number of rounds. */
    TestState playTo(long number) {
        return play((int) (number - rounds));
    }

    /** Adds a contest. */
    TestState contest() {
        feed.writer().registerSource("local");
        apply();
        feed.writer().publishContest("test",
            ContestDefinitionCodec.encode(ContestDefinitions.bestRounds("b", 5)));
        apply();
        return this;
    }

    private void apply() {
        if (feed.apply() != ResultCode.ACCEPTED) {
            throw new AssertionError("refused");
        }
    }

    /** Passes rounds, so that others come. */
    TestState from(long round) {
        rounds = round;
        return this;
    }

    /** Plays rounds; needs a contest. */
    TestState play(int more) {
        for (int i = 0; i < more; i++) {
            rounds++;
            feed.at(ContestDefinitions.START_NS + rounds * 1_000);
            feed.spin(rounds, rounds * 7 % 1_000, 100, rounds * 31 % 997);
        }
        return this;
    }

    Engine engine() {
        return engine;
    }

    /** Makes an image of the state as it is. */
    StateImage image() {
        engine.images().begin();
        engine.images().copySlice(Integer.MAX_VALUE);
        return engine.images().end();
    }

    @Override
    public void close() {
        engine.close();
    }
}
