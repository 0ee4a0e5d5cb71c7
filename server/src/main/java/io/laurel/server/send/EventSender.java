package io.laurel.server.send;

import io.laurel.engine.ResultCode;
import io.laurel.gateway.client.ClientListener;
import io.laurel.gateway.client.ClientSettings;
import io.laurel.gateway.client.SbeClient;
import io.laurel.gateway.event.EventDraft;
import io.laurel.gateway.event.EventEncoder;
import io.laurel.gateway.json.EventJson;
import io.laurel.gateway.security.Key;
import io.laurel.protocol.wire.AckLevel;
import io.laurel.protocol.wire.OutcomeCode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import org.agrona.ExpandableArrayBuffer;

/**
 * Sends events over a session of its own. What is no valid event is counted as refused and does
 * not travel.
 */
public final class EventSender implements AutoCloseable {
    /** Usual number of unacknowledged events. */
    public static final int WINDOW = 8_192;

    private final EventJson json = new EventJson();
    private final EventDraft draft = new EventDraft();
    private final EventEncoder encoder = new EventEncoder();
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(1_024);
    private final Outcomes outcomes = new Outcomes();
    private final SbeClient client;

    private EventSender(ClientSettings settings, ClientListener acks) throws IOException {
        client = SbeClient.connect(settings, new ClientListener() {
            @Override
            public void onOutcome(long seqNo, OutcomeCode code, long sequence) {
                outcomes.add(code.name().toLowerCase(Locale.ROOT));
                acks.onOutcome(seqNo, code, sequence);
            }

            @Override
            public void onAck(long fromSeqNo, long toSeqNo, long nanoTime) {
                acks.onAck(fromSeqNo, toSeqNo, nanoTime);
            }
        });
    }

    /**
     * Opens a session with a random id.
     *
     * @param address of the node
     * @param key that signs; null where the node has no keys
     * @param level which acknowledgement moves the window
     * @param window most unacknowledged events, a power of two
     * @param tls trust and keys where the node speaks TLS; null = it does not
     * @param acks hears of outcomes and acknowledgements, on the client's thread
     * @throws IOException where the node refuses or cannot be reached
     */
    public static EventSender connect(InetSocketAddress address, Key key, AckLevel level,
        int window, SSLContext tls, ClientListener acks) throws IOException {
        long sessionId = 0;
        while (sessionId == 0) {
            sessionId = new SecureRandom().nextLong();
        }
        return new EventSender(ClientSettings.of(address, key, sessionId, 1).with(level, window)
            .with(tls), acks);
    }

    /**
     * Sends one event, waiting while the window is full.
     *
     * @return the number of the event in its session; 0 where it is not valid, see {@link
     *     #problem()}
     * @throws IOException where the session cannot go on
     */
    public long send(byte[] bytes, int offset, int length) throws IOException {
        if (json.read(bytes, offset, length, draft) != EventJson.Verdict.VALID) {
            outcomes.addUnsent(ResultCode.INVALID.token());
            return 0;
        }
        return client.offer(buffer, 0, encoder.encode(draft, 0, buffer, 0));
    }

    /** Returns what was wrong with the last event that was not valid. */
    public String problem() {
        return json.field().isEmpty() ? json.message() : json.field() + " " + json.message();
    }

    /**
     * Returns once all events are durable and applied.
     *
     * @throws IOException where the session cannot go on
     */
    public void finish() throws IOException {
        client.finish(Long.MAX_VALUE);
    }

    /** Returns how many events were acknowledged. */
    public long acknowledged() {
        return client.stats().acked();
    }

    /** Returns what became of the events so far. */
    public SendReport report() {
        return outcomes.report(client.stats());
    }

    @Override
    public void close() {
        client.close();
    }
}
