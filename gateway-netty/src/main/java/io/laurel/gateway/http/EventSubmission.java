package io.laurel.gateway.http;

import io.laurel.engine.ResultCode;
import io.laurel.engine.port.IntakeState;
import io.laurel.gateway.json.EventJson;
import io.laurel.gateway.json.JsonWriter;

/**
 * The events of one request on their way: published in the order of their lines, a slice at a time,
 * and answered when the last of them is durable.
 */
final class EventSubmission implements Backlog.Attempt, EngineBridge.Replies {
    /** Lines per slice, so that a batch does not hold the event loop up. */
    private static final int SLICE = 64;

    private final Exchange exchange;
    private final EngineBridge bridge;
    private final EventReader reader;
    private final HttpCounters counters;
    private final int source;
    private final EventLines lines;
    private final boolean batch;
    private final String[] outcomes;
    private final int[] codes;
    private final long[] sequences;
    private final String[] fields;
    private final String[] messages;
    private long conversation;
    private int next;
    private int awaited;

    EventSubmission(Exchange exchange, EngineBridge bridge, EventReader reader,
        HttpCounters counters, int source, EventLines lines, boolean batch) {
        this.exchange = exchange;
        this.bridge = bridge;
        this.reader = reader;
        this.counters = counters;
        this.source = source;
        this.lines = lines;
        this.batch = batch;
        outcomes = new String[lines.count()];
        codes = new int[lines.count()];
        sequences = new long[lines.count()];
        fields = new String[lines.count()];
        messages = new String[lines.count()];
    }

    @Override
    public Backlog.Step proceed() {
        if (conversation == 0) {
            conversation = bridge.open(this);
        }
        final int sliceEnd = Math.min(lines.count(), next + SLICE);
        for (; next < sliceEnd; next++) {
            if (!publish(next)) {
                return Backlog.Step.FULL;
            }
        }
        if (next < lines.count()) {
            return Backlog.Step.MORE;
        }
        finishIfComplete();
        return Backlog.Step.DONE;
    }

    /** Returns false where there is no room. */
    private boolean publish(int index) {
        final IntakeState intake = bridge.gate().intakeState();
        if (intake != IntakeState.OPEN) {
            decide(index, EventRoutes.closed(intake));
            return true;
        }
        final EventJson.Verdict verdict = reader.read(exchange.request().body(),
            lines.offset(index), lines.length(index), exchange.request().caller().brands());
        if (verdict == EventJson.Verdict.MALFORMED) {
            counters.onMalformedEvent();
            outcomes[index] = "malformed";
            messages[index] = reader.message();
            return true;
        }
        if (!bridge.tryPublish(conversation, index, to -> reader.write(to, source))) {
            return false;
        }
        awaited++;
        if (reader.refusal() != ResultCode.ACCEPTED) {
            decide(index, reader.refusal());
            fields[index] = reader.field();
            messages[index] = reader.message();
        }
        return true;
    }

    private void decide(int index, ResultCode code) {
        outcomes[index] = code.token();
        codes[index] = code.code();
    }

    @Override
    public void onReply(int index, long sequence, int code, long value) {
        awaited--;
        if (outcomes[index] == null) {
            decide(index, ResultCode.of(code));
        }
        sequences[index] = value;
        if (next == lines.count()) {
            finishIfComplete();
        }
    }

    @Override
    public void fail(RuntimeException failure) {
        bridge.close(conversation);
        exchange.fail(failure);
    }

    private void finishIfComplete() {
        if (awaited == 0) {
            bridge.close(conversation);
            exchange.run(batch ? this::answerBatch : this::answerOne);
        }
    }

    private void answerOne() {
        final String outcome = outcomes[0];
        final boolean duplicate = ResultCode.DUPLICATE.token().equals(outcome);
        if (duplicate || ResultCode.ACCEPTED.token().equals(outcome)) {
            exchange.answer(Answer.json(duplicate ? 200 : 202, new JsonWriter().object()
                .field("accepted", true).field("outcome", outcome)
                .field("sequence", sequences[0]).endObject()));
        } else if (messages[0] == null) {
            exchange.problem(Problem.refused(codes[0], sequences[0]));
        } else if (codes[0] == 0) {
            exchange.problem(Problem.malformed(messages[0]));
        } else {
            exchange.problem(Problem.refused(codes[0], sequences[0])
                .withField(fields[0], (fields[0].isEmpty() ? "The event" : fields[0]) + " "
                    + messages[0] + "."));
        }
    }

    private void answerBatch() {
        long accepted = 0;
        long duplicate = 0;
        long noRoom = 0;
        long last = 0;
        for (int i = 0; i < lines.count(); i++) {
            accepted += ResultCode.ACCEPTED.token().equals(outcomes[i]) ? 1 : 0;
            duplicate += ResultCode.DUPLICATE.token().equals(outcomes[i]) ? 1 : 0;
            noRoom += isNoRoom(i) ? 1 : 0;
            last = Math.max(last, sequences[i]);
        }
        if (noRoom > 0 && noRoom == lines.count()) {
            exchange.problem(Problem.refused(codes[0], sequences[0]));
            return;
        }
        final JsonWriter json = new JsonWriter().object().field("accepted", accepted)
            .field("duplicate", duplicate).array("refused");
        for (int i = 0; i < lines.count(); i++) {
            if (!ResultCode.ACCEPTED.token().equals(outcomes[i])
                && !ResultCode.DUPLICATE.token().equals(outcomes[i])) {
                json.object().field("line", lines.number(i)).field("code", outcomes[i])
                    .fieldIfAny("field", fields[i]).fieldIfAny("detail", messages[i]);
                if (sequences[i] > 0) {
                    json.field("sequence", sequences[i]);
                }
                json.endObject();
            }
        }
        exchange.answer(Answer.json(200, json.endArray().field("sequence", last).endObject()));
    }

    private boolean isNoRoom(int index) {
        return codes[index] == ResultCode.CAPACITY.code()
            || codes[index] == ResultCode.STORAGE_LOW.code();
    }
}
