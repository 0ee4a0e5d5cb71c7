package io.laurel.server.config;

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
 * @param intake logged windows of event time
 * @param limits logged capacities
 * @param tcp listener for senders
 * @param http listener for players
 * @param admin listener for operators
 * @param keys who may do what; empty = loopback only
 */
public record LaurelConfig(Path data, boolean eventClock, Threading threading, Waiting waiting,
    JournalPart journal, IntakePart intake, LimitsPart limits, Listener tcp, Listener http,
    Listener admin, List<Key> keys) {

    /** Threads of the pipeline. */
    public enum Threading {
        SHARED, DEDICATED
    }

    /** What an idle pipeline thread does. */
    public enum Waiting {
        SPIN, YIELD, BACKOFF, BLOCK
    }

    /** What a key may do. */
    public enum Role {
        SEND, READ, ADMIN
    }

    /**
     * Durability and files.
     *
     * @param ackDurable whether outputs wait for the disk, not only for the page cache
     * @param segmentBytes size of one file
     * @param lowSpaceBytes free space below which the intake closes
     */
    public record JournalPart(boolean ackDurable, long segmentBytes, long lowSpaceBytes) {
    }

    /** Windows of event time around log time. */
    public record IntakePart(long maxLatenessNs, long maxSkewNs) {
    }

    /** Capacities of the state. */
    public record LimitsPart(long players, long contests, long memoryBytes) {
    }

    /**
     * Where a part of the gateway listens.
     *
     * @param bind address; port 0 = any free one
     * @param tls null = none
     */
    public record Listener(InetSocketAddress bind, Tls tls) {
        /** Returns whether only this machine can reach it. */
        public boolean isLoopback() {
            return bind.getAddress().isLoopbackAddress();
        }
    }

    /** PEM files of a listener. */
    public record Tls(Path certificateFile, Path keyFile) {
    }

    /**
     * One sender, reader or operator.
     *
     * @param id the source of its events
     * @param secret content of its secret file; never shown
     * @param roles what it may do
     * @param brands it may send for; empty = all
     */
    public record Key(String id, byte[] secret, Set<Role> roles, List<String> brands) {
        @Override
        public String toString() {
            return "Key[id=" + id + ", roles=" + roles + ", brands=" + brands + "]";
        }
    }
}
