package io.laurel.gateway.http;

import java.util.Map;
import java.util.TreeMap;

/** What the listeners have done since the start. Event loop only. */
final class HttpCounters {
    private final Map<Integer, Long> answers = new TreeMap<>();
    private long requests;
    private long malformedEvents;

    void onRequest() {
        requests++;
    }

    void onAnswer(int status) {
        answers.merge(status, 1L, Long::sum);
    }

    void onMalformedEvent() {
        malformedEvents++;
    }

    long requests() {
        return requests;
    }

    /** Returns how many texts were sent as events that were no JSON. */
    long malformedEvents() {
        return malformedEvents;
    }

    /** Returns how many answers went out, per status. */
    Map<Integer, Long> answers() {
        return answers;
    }
}
