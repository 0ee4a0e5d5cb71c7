package io.laurel.gateway.tcp;

/** Where a connection stands in the life of a session. */
enum SessionState {
    /** Challenged; waits for Negotiate, or for Establish of a session that lives on. */
    CONNECTED,
    /** Waits for the engine to open a session version. */
    NEGOTIATING,
    /** Waits for Establish. */
    NEGOTIATED,
    /** Waits for the engine to say where the session stands. */
    ESTABLISHING,
    /** Takes events. */
    ESTABLISHED,
    /** The client has sent everything; it waits until all of it is safe. */
    FINISHING,
    /** Over; what still comes in is thrown away. */
    TERMINATED;

    /** Returns whether a connection may go from here to there. */
    boolean canMoveTo(SessionState next) {
        return switch (this) {
            case CONNECTED -> next == NEGOTIATING || next == ESTABLISHING || next == TERMINATED;
            case NEGOTIATING -> next == NEGOTIATED || next == TERMINATED;
            case NEGOTIATED -> next == ESTABLISHING || next == TERMINATED;
            case ESTABLISHING -> next == ESTABLISHED || next == TERMINATED;
            case ESTABLISHED -> next == FINISHING || next == TERMINATED;
            case FINISHING -> next == TERMINATED;
            case TERMINATED -> false;
        };
    }

    /** Returns whether it is bound to a session, so that positions and heartbeats travel. */
    boolean isLive() {
        return this == ESTABLISHED || this == FINISHING;
    }

    /** Returns whether the client has to take the next step of the logon, or the engine. */
    boolean isLogon() {
        return ordinal() < ESTABLISHED.ordinal();
    }
}
