package io.laurel.gateway.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laurel.engine.port.IntakeState;
import io.laurel.gateway.EventLoops;
import io.laurel.gateway.ReplyRouter;
import io.laurel.gateway.event.EventDraft;
import io.laurel.gateway.event.EventEncoder;
import io.laurel.gateway.event.Events;
import io.laurel.gateway.security.Keys;
import io.laurel.gateway.tcp.FakeEngineGate;
import io.laurel.gateway.tcp.TcpServer;
import io.laurel.gateway.tcp.TcpSettings;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Sessions on both kinds of event loop. */
@Timeout(60)
class EventLoopsTest {
    private static final int EVENTS = 3_000;

    private final UnsafeBuffer event = new UnsafeBuffer(new byte[EventEncoder.MAX_BYTES]);
    private final EventEncoder encoder = new EventEncoder();
    private final EventDraft draft = new EventDraft();

    @Test
    @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
    void shouldTakeEpollWhereItsLibraryIs() throws IOException {
        assertTrue(Epoll.isAvailable(), () -> "no epoll: " + Epoll.unavailabilityCause());
        final MultiThreadIoEventLoopGroup group = EventLoops.one("loop");
        assertEquals(EpollServerSocketChannel.class, EventLoops.listener(group.next()));
        serve(group);
    }

    @Test
    void shouldServeOnTheJdksSelectorsToo() throws IOException {
        final MultiThreadIoEventLoopGroup group =
            new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        assertEquals(NioServerSocketChannel.class, EventLoops.listener(group.next()));
        serve(group);
    }

    @Test
    void shouldSayInTheSameWordsWhyItCannotListen() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            final InetSocketAddress address = (InetSocketAddress) taken.getLocalSocketAddress();
            for (final MultiThreadIoEventLoopGroup group : List.of(EventLoops.one("loop"),
                new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory()))) {
                try {
                    final ReplyRouter router = new ReplyRouter();
                    final TcpServer server = new TcpServer(group.next(),
                        new FakeEngineGate(router), router, new Keys(List.of()),
                        TcpSettings.defaults());
                    assertEquals("cannot listen on 127.0.0.1 port " + address.getPort()
                        + ": Address already in use", assertThrows(BindException.class,
                            () -> server.start(address)).getMessage());
                } finally {
                    group.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
                }
            }
        }
    }

    /** Also over a stretch in which nothing is taken, so that reading may stop and go on. */
    private void serve(MultiThreadIoEventLoopGroup group) throws IOException {
        try (LoopNode node = new LoopNode(new Keys(List.of()), null, group);
            SbeClient client = SbeClient.connect(
                ClientSettings.of(node.address(), null, 5, 1), new ClientListener() { })) {
            offer(client, 1, EVENTS / 2);
            intake(node, IntakeState.STORAGE_LOW);
            offer(client, EVENTS / 2 + 1, EVENTS);
            intake(node, IntakeState.OPEN);
            assertTrue(client.finish(20_000));
            assertEquals(EVENTS, client.stats().durable());
            assertEquals(EVENTS, node.on(() -> node.gate().sessions().accepted().size()));
        }
    }

    private static void intake(LoopNode node, IntakeState state) {
        node.on(() -> {
            node.gate().intake(state);
            return state;
        });
    }

    private void offer(SbeClient client, int from, int to) throws IOException {
        for (int i = from; i <= to; i++) {
            Events.spin(draft, "e" + i);
            assertEquals(i, client.offer(event, 0, encoder.encode(draft, 0, event, 0)));
        }
    }
}
