package io.laurel.server.config;

import io.laurel.engine.pipeline.AckMode;
import io.laurel.engine.pipeline.Threading;
import io.laurel.engine.pipeline.WaitMode;
import io.laurel.gateway.http.RequestKeys;
import io.laurel.journal.checkpoint.SigningKey;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * A node's configuration, complete and judged as a whole. What each key means stands in {@code
 * laurel-defaults.yaml}.
 *
 * @param data directory of the journal
 * @param eventClock whether log time comes from events
 * @param threading threads of the pipeline
 * @param waiting what an idle pipeline thread does
 * @param journal durability and files
 * @param snapshot when snapshots are taken and how many stay
 * @param checkpoint how often what is on disk is signed, and by which key
 * @param intake logged windows of event time
 * @param limits logged capacities
 * @param memory of this machine for the state
 * @param cores of this machine for threads
 * @param tcp where senders are listened to
 * @param http where players are listened to
 * @param admin where operators are listened to
 * @param keys who may do what; empty = loopback only
 */
public record LaurelConfig(Path data, boolean eventClock, Threading threading, WaitMode waiting,
    JournalPart journal, SnapshotPart snapshot, CheckpointPart checkpoint, IntakePart intake,
    LimitsPart limits, MemoryPart memory, CoresPart cores, Listener tcp, Listener http,
    Listener admin, List<Key> keys) {

    /**
     * Where a listener stands and how it is met.
     *
     * @param address port 0 = any free one
     * @param tls its certificates and keys; null = no TLS
     */
    public record Listener(InetSocketAddress address, SslContext tls) {
    }

    /**
     * Durability and files.
     *
     * @param ack what outputs wait for
     * @param segmentBytes size of one file
     * @param lowSpaceBytes free space below which the intake closes
     * @param prune whether files go that no kept snapshot needs
     */
    public record JournalPart(AckMode ack, long segmentBytes, long lowSpaceBytes,
        boolean prune) {
    }

    /** How often a snapshot is taken, and how many good ones stay. */
    public record SnapshotPart(long everyNs, int keep) {
    }

    /**
     * How often what is on disk is signed, and by which key.
     *
     * @param everyNs how often, where something was logged
     * @param configured where to; null = in the data directory
     * @param key null = nothing is signed
     */
    public record CheckpointPart(long everyNs, Path configured, SigningKey key) {
        /** Returns where checkpoints are written to, given the place in the data directory. */
        public Path directory(Path inData) {
            return configured == null ? inData : configured;
        }
    }

    /** Windows of event time around log time. */
    public record IntakePart(long maxLatenessNs, long maxSkewNs) {
    }

    /** Capacities of the state. */
    public record LimitsPart(long players, long contests, long memoryBytes) {
    }

    /**
     * Where the memory of the state comes from.
     *
     * @param mappedBytes how much of it is mapped before the node is ready
     * @param reserved whether it is asked for in huge pages that the operator has reserved
     */
    public record MemoryPart(long mappedBytes, boolean reserved) {
    }

    /**
     * Cores that belong to one thread.
     *
     * @param engine number of the engine's; {@link #ANY} = the system decides; {@link #AUTO} = the
     *     one with the fewest interrupts
     */
    public record CoresPart(int engine) {
        /** The core with the fewest interrupts of devices. */
        public static final int AUTO = -2;
        /** Any core. */
        public static final int ANY = -1;
    }

    /**
     * One sender or operator.
     *
     * @param id the source of its events
     * @param secret content of its secret file; never shown
     * @param roles what it may do
     * @param brands it may send for; empty = all
     */
    public record Key(String id, byte[] secret, Set<RequestKeys.Role> roles, List<String> brands) {
        @Override
        public String toString() {
            return "Key[id=" + id + ", roles=" + roles + ", brands=" + brands + "]";
        }
    }
}
