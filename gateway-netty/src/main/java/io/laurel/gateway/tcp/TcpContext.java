package io.laurel.gateway.tcp;

import io.laurel.engine.command.CommandWriter;
import io.laurel.engine.port.EngineGate;
import io.laurel.gateway.ReplyRouter;
import io.laurel.gateway.security.Keys;
import io.laurel.gateway.security.LogonLimiter;
import io.laurel.gateway.security.Signer;
import io.netty.util.concurrent.Ticker;
import java.security.SecureRandom;
import java.util.function.LongSupplier;

/** What all connections of one server share. Event loop only. */
final class TcpContext {
    /** Kind of command that a reply belongs to, as its token has it. */
    static final int OPEN = 1;
    /** As above. */
    static final int EVENT = 2;

    private static final int NUMBER_SHIFT = 24;

    final EngineGate gate;
    final Keys keys;
    final TcpSettings settings;
    final Ticker ticker;
    final LongSupplier wallClockNs;
    final long instanceId;
    final SessionMetrics metrics = new SessionMetrics();
    final LogonLimiter limiter = new LogonLimiter();
    final Signer signer = new Signer();
    final SecureRandom random = new SecureRandom();
    final CommandWriter commands = new CommandWriter();
    final EventStage events = new EventStage();
    final SessionRegistry registry = new SessionRegistry();
    final SourceBook sources = new SourceBook(this);
    boolean draining;

    TcpContext(EngineGate gate, Keys keys, TcpSettings settings, Ticker ticker,
        LongSupplier wallClockNs) {
        this.gate = gate;
        this.keys = keys;
        this.settings = settings;
        this.ticker = ticker;
        this.wallClockNs = wallClockNs;
        instanceId = random.nextLong();
    }

    /** Publishes what {@link #commands} holds; returns false where there is no room. */
    boolean publish(long token) {
        return gate.tryPublish(commands.templateId(), commands.blockLength(), commands.buffer(), 0,
            commands.length(), token);
    }

    /** Returns a token of a connection; number 0 stands for the server itself. */
    static long token(int number, int detail) {
        return ReplyRouter.token(ReplyRouter.TCP,
            (number & 0xFFFF_FFFFL) << NUMBER_SHIFT | detail);
    }

    /** Returns the number of the connection in a token. */
    static int number(long token) {
        return (int) (ReplyRouter.number(token) >>> NUMBER_SHIFT);
    }

    /** Returns the detail in a token, 24 bits. */
    static int detail(long token) {
        return (int) token & (1 << NUMBER_SHIFT) - 1;
    }
}
