package io.laurel.perf.wire;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Reads of one board over one connection that is kept, one after another. */
public final class HttpBoard implements AutoCloseable {
    private static final String LENGTH = "content-length:";

    private final Socket socket;
    private final DataInputStream in;
    private final String path;
    private final String host;

    /** Connects. */
    public HttpBoard(String hostAndPort, String contest) throws IOException {
        final String[] parts = hostAndPort.split(":");
        host = parts[0];
        path = "/v1/leaderboards/" + contest + "?";
        socket = new Socket(host, Integer.parseInt(parts[1]));
        socket.setTcpNoDelay(true);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    }

    /** Asks with a query and returns the body. */
    public String get(String query) throws IOException {
        socket.getOutputStream().write(("GET " + path + query + " HTTP/1.1\r\nHost: " + host
            + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        int length = 0;
        String line = line();
        if (!line.contains(" 200 ")) {
            throw new IOException("a board answers " + line);
        }
        while (!line.isEmpty()) {
            if (line.regionMatches(true, 0, LENGTH, 0, LENGTH.length())) {
                length = Integer.parseInt(line.substring(LENGTH.length()).strip());
            }
            line = line();
        }
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
        final StringBuilder line = new StringBuilder();
        int next = in.read();
        while (next != '\n') {
            if (next < 0) {
                throw new IOException("the node has closed the connection");
            }
            if (next != '\r') {
                line.append((char) next);
            }
            next = in.read();
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
