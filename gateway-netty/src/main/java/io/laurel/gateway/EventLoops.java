package io.laurel.gateway;

import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;

/**
 * The gateway's event loop: on Linux's epoll where its library can be loaded, else on the JDK's
 * selectors; {@code -Dio.netty.transport.noNative=true} asks for the latter.
 */
public final class EventLoops {
    private EventLoops() {
    }

    /** Returns a group of one event loop, whose thread bears a name. */
    public static MultiThreadIoEventLoopGroup one(String name) {
        final IoHandlerFactory io =
            Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        return new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory(name), io);
    }

    /** Returns the kind of listener that an event loop can serve. */
    public static Class<? extends ServerSocketChannel> listener(EventLoop loop) {
        return loop instanceof IoEventLoop io && io.isIoType(EpollIoHandler.class)
            ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }
}
