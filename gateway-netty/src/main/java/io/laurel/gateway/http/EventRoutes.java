package io.laurel.gateway.http;

import io.laurel.engine.port.IntakeState;
import io.laurel.engine.ResultCode;

/** Takes events: one, or a batch with one per line. */
final class EventRoutes {
    private static final byte LINE_FEED = '\n';
    private static final byte CARRIAGE_RETURN = '\r';

    private final EngineBridge bridge;
    private final EventSources sources;
    private final HttpLimits limits;
    private final HttpCounters counters;
    private final EventReader reader = new EventReader();

    EventRoutes(EngineBridge bridge, EventSources sources, HttpLimits limits,
        HttpCounters counters) {
        this.bridge = bridge;
        this.sources = sources;
        this.limits = limits;
        this.counters = counters;
    }

    /** {@code POST /v1/events}. */
    void receive(Exchange exchange) {
        final IntakeState intake = bridge.gate().intakeState();
        if (intake != IntakeState.OPEN) {
            throw Problem.later(503, closed(intake).token(),
                "The node takes no events now for want of room.").toException();
        }
        final Request request = exchange.request();
        final boolean batch = EventBodies.isBatch(request.headers().get("Content-Type", ""));
        final EventLines lines = batch ? split(request.body())
            : EventLines.one(request.body().length);
        bridge.submit(new EventSubmission(exchange, bridge, reader, counters,
            sources.number(request.caller()), lines, batch));
    }

    /** Returns what stands for a closed intake. */
    static ResultCode closed(IntakeState intake) {
        return intake == IntakeState.CAPACITY ? ResultCode.CAPACITY : ResultCode.STORAGE_LOW;
    }

    private EventLines split(byte[] body) {
        final EventLines lines = new EventLines();
        int line = 1;
        int start = 0;
        for (int at = 0; at <= body.length; at++) {
            if (at == body.length || body[at] == LINE_FEED) {
                final int end = at > start && body[at - 1] == CARRIAGE_RETURN ? at - 1 : at;
                if (!isBlank(body, start, end)) {
                    lines.add(line, start, end - start);
                }
                start = at + 1;
                line++;
            }
        }
        if (lines.count() > limits.batchLines()) {
            throw Problem.of(413, "too_large",
                "A batch has " + limits.batchLines() + " lines at most.").toException();
        }
        return lines;
    }

    private static boolean isBlank(byte[] body, int start, int end) {
        for (int i = start; i < end; i++) {
            if (body[i] != ' ' && body[i] != '\t') {
                return false;
            }
        }
        return true;
    }
}
