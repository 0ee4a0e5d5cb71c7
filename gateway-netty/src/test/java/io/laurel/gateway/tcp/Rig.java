package io.laurel.gateway.tcp;

import io.laurel.gateway.ReplyRouter;
import io.laurel.gateway.event.EventDraft;
import io.laurel.gateway.event.Events;
import io.laurel.gateway.security.Key;
import io.laurel.gateway.security.Keys;
import io.laurel.gateway.security.Signer;
import io.laurel.protocol.wire.AckDecoder;
import io.laurel.protocol.wire.AckLevel;
import io.laurel.protocol.wire.ChallengeDecoder;
import io.laurel.protocol.wire.EstablishAckDecoder;
import io.laurel.protocol.wire.EstablishRejectDecoder;
import io.laurel.protocol.wire.EventOutcomeDecoder;
import io.laurel.protocol.wire.FinishedReceivingDecoder;
import io.laurel.protocol.wire.NegotiateRejectDecoder;
import io.laurel.protocol.wire.NegotiateResponseDecoder;
import io.laurel.protocol.wire.ResendRequestDecoder;
import io.laurel.protocol.wire.SequenceDecoder;
import io.laurel.protocol.wire.TerminateDecoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A server without sockets: connections are embedded channels on one virtual clock, the engine is
 * the fake one, and all memory is counted. What the server says is read as short lines, such as
 * {@code Ack 3/3 w=8192}.
 */
final class Rig implements AutoCloseable {
    static final long NOW_NS = Events.TS;

    final MockTicker ticker = Ticker.newMockTicker();
    final ReplyRouter router = new ReplyRouter();
    final FakeEngineGate gate = new FakeEngineGate(router);
    final TcpContext context;
    private final List<Client> clients = new ArrayList<>();
    private final UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(true);

    Rig(Keys keys, TcpSettings settings) {
        context = new TcpContext(gate, keys, settings, ticker, () -> NOW_NS + ticker.nanoTime());
        router.register(ReplyRouter.TCP, new ReplyRouter.Part() {
            @Override
            public void onReply(long token, long sequence, int code, long value) {
                TcpServer.dispatch(context, token, sequence, code, value);
            }

            @Override
            public void onBatchEnd(long durableSequence) {
                context.registry.onBatchEnd(durableSequence);
            }
        });
    }

    static Rig open() {
        return new Rig(Keys.none(), TcpSettings.defaults());
    }

    Client connect() {
        final Client client = new Client();
        clients.add(client);
        return client;
    }

    /** Lets time pass in steps of a millisecond, or of a hundredth of the whole. */
    void pass(long ms) {
        final long step = Math.max(1, ms / 100);
        for (long at = 0; at < ms; at += step) {
            ticker.advance(step, TimeUnit.MILLISECONDS);
            for (final Client client : clients) {
                client.channel.runScheduledPendingTasks();
                client.channel.runPendingTasks();
            }
        }
    }

    @Override
    public void close() {
        clients.forEach(client -> client.channel.finishAndReleaseAll());
        final long lost = memory.metric().usedDirectMemory() + memory.metric().usedHeapMemory();
        if (lost != 0) {
            throw new AssertionError(lost + " bytes were never released");
        }
    }

    /** One connection and what it was told. */
    final class Client {
        final EmbeddedChannel channel;
        final SessionHandler session;
        final byte[] nonce = new byte[Signer.NONCE_BYTES];
        Key key;
        long sessionId = 7;
        long version = 1;
        AckLevel level = AckLevel.DURABLE;
        int keepAliveMs = 5_000;

        Client() {
            channel = EmbeddedChannel.builder().ticker(ticker).register(false).build();
            channel.config().setAllocator(memory);
            session = TcpServer.accept(context, channel);
            try {
                channel.register();
            } catch (final Exception e) {
                throw new IllegalStateException(e);
            }
        }

        Client send(byte[]... frames) {
            for (final byte[] frame : frames) {
                channel.writeInbound(memory.buffer(frame.length).writeBytes(frame));
            }
            return this;
        }

        Client event(long seqNo) {
            return send(Wire.event(seqNo));
        }

        Client event(long seqNo, Consumer<EventDraft> change) {
            return send(Wire.event(seqNo, change));
        }

        Client negotiate() {
            return send(Wire.negotiate(key, nonce, sessionId, version, now()));
        }

        Client establish(long nextSeqNo) {
            return send(Wire.establish(key, nonce, sessionId, version, now(), nextSeqNo,
                keepAliveMs, level));
        }

        private long now() {
            return context.wallClockNs.getAsLong();
        }

        /** Logs on as a new session version; nothing of it stays in the mailbox. */
        Client logOn() {
            heard();
            negotiate();
            gate.pump();
            gate.pump();
            gate.pump();
            establish(1);
            gate.pump();
            final String said = heard();
            if (!said.contains("EstablishAck")) {
                throw new AssertionError(said);
            }
            return this;
        }

        /** Binds to a session that lives on; returns what the server said. */
        String resume(long nextSeqNo) {
            heard();
            establish(nextSeqNo);
            gate.pump();
            gate.pump();
            return heard();
        }

        /** Returns all that was said since the last call, one message each, joined by "; ". */
        String heard() {
            final StringBuilder out = new StringBuilder();
            ByteBuf frame = channel.readOutbound();
            while (frame != null) {
                if (frame.isReadable()) {
                    final byte[] bytes = new byte[frame.readableBytes()];
                    frame.readBytes(bytes);
                    out.append(out.isEmpty() ? "" : "; ").append(text(new UnsafeBuffer(bytes)));
                }
                frame.release();
                frame = channel.readOutbound();
            }
            return out.toString();
        }

        /** Returns the last of what was said since the last call. */
        String lastHeard() {
            final String all = heard();
            return all.substring(all.lastIndexOf(';') + 1).strip();
        }

        private String text(UnsafeBuffer in) {
            final int at = Wire.BODY;
            final int template = in.getShort(8) & 0xFFFF;
            final int block = in.getShort(6) & 0xFFFF;
            switch (template) {
                case ChallengeDecoder.TEMPLATE_ID:
                    in.getBytes(at, nonce);
                    return "Challenge";
                case NegotiateResponseDecoder.TEMPLATE_ID:
                    return "NegotiateResponse";
                case NegotiateRejectDecoder.TEMPLATE_ID:
                    final NegotiateRejectDecoder reject =
                        new NegotiateRejectDecoder().wrap(in, at, block, 0);
                    return "NegotiateReject " + reject.code()
                        + (reject.retryAfterMs() > 0 ? " later" : "");
                case EstablishAckDecoder.TEMPLATE_ID:
                    final EstablishAckDecoder ok =
                        new EstablishAckDecoder().wrap(in, at, block, 0);
                    return "EstablishAck " + ok.lastDurableSeqNo() + "/" + ok.lastAppliedSeqNo()
                        + " w=" + ok.windowMessages();
                case EstablishRejectDecoder.TEMPLATE_ID:
                    final EstablishRejectDecoder no =
                        new EstablishRejectDecoder().wrap(in, at, block, 0);
                    return "EstablishReject " + no.code() + " " + no.lastDurableSeqNo();
                case AckDecoder.TEMPLATE_ID:
                    final AckDecoder ack = new AckDecoder().wrap(in, at, block, 0);
                    return "Ack " + ack.durableSeqNo() + "/" + ack.appliedSeqNo() + " w="
                        + ack.windowMessages();
                case EventOutcomeDecoder.TEMPLATE_ID:
                    final EventOutcomeDecoder outcome =
                        new EventOutcomeDecoder().wrap(in, at, block, 0);
                    return "Outcome " + outcome.refSeqNo() + " " + outcome.code() + " @"
                        + outcome.sequence();
                case ResendRequestDecoder.TEMPLATE_ID:
                    return "Resend " + in.getLong(at);
                case SequenceDecoder.TEMPLATE_ID:
                    return "Sequence " + in.getLong(at);
                case FinishedReceivingDecoder.TEMPLATE_ID:
                    return "FinishedReceiving " + in.getLong(at) + " @" + in.getLong(at + 8);
                case TerminateDecoder.TEMPLATE_ID:
                    final TerminateDecoder end = new TerminateDecoder().wrap(in, at, block, 0);
                    return "Terminate " + end.code();
                default:
                    return "unknown " + template;
            }
        }
    }
}
