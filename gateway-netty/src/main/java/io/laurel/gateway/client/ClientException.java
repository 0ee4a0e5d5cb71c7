package io.laurel.gateway.client;

import io.laurel.protocol.wire.RejectCode;
import java.io.IOException;

/** The session cannot go on: refused for good, or not reachable for too long. */
public final class ClientException extends IOException {
    private static final long serialVersionUID = 1L;

    private final RejectCode code;

    ClientException(String message, RejectCode code) {
        super(message);
        this.code = code;
    }

    ClientException(String message, Throwable cause) {
        super(message, cause);
        code = RejectCode.NULL_VAL;
    }

    /** Returns why the node refused, NULL_VAL where it did not. */
    public RejectCode code() {
        return code;
    }
}
