package io.laurel.gateway.http;

import java.util.HashMap;
import java.util.Map;

/**
 * Token buckets by name: each holds one second's worth and starts full. Their number is bounded;
 * whoever comes when the table is full shares one bucket with the others of that kind. One thread.
 *
 * @param <K> what has a bucket
 */
final class RateLimiter<K> {
    /** Most buckets that are kept. */
    static final int MAX_BUCKETS = 65_536;

    private static final long NS_PER_SECOND = 1_000_000_000L;

    private final long perSecond;
    private final Map<K, Bucket> buckets = new HashMap<>();
    private final Bucket shared = new Bucket();
    private long sweptNs;

    /** A bucket as a virtual time: it is full where that lies a second back. */
    private static final class Bucket {
        private long filledNs = Long.MIN_VALUE;
    }

    RateLimiter(int perSecond) {
        this.perSecond = perSecond;
    }

    /** Takes a token where there is one. */
    boolean tryTake(K name, long nowNs) {
        if (nowNs - sweptNs > NS_PER_SECOND) {
            sweptNs = nowNs;
            buckets.values().removeIf(b -> b.filledNs <= nowNs - NS_PER_SECOND);
        }
        Bucket bucket = buckets.get(name);
        if (bucket == null) {
            bucket = buckets.size() < MAX_BUCKETS ? new Bucket() : shared;
            if (bucket != shared) {
                buckets.put(name, bucket);
            }
        }
        final long from = Math.max(bucket.filledNs, nowNs - NS_PER_SECOND);
        final long next = from + NS_PER_SECOND / perSecond;
        if (next > nowNs) {
            return false;
        }
        bucket.filledNs = next;
        return true;
    }

    /** Returns how many names have a bucket. */
    int size() {
        return buckets.size();
    }
}
