package io.laurel.gateway.http;

import java.util.List;
import java.util.Set;

/**
 * What one method on one path does.
 *
 * @param method of HTTP
 * @param template path, with names in braces
 * @param access who may
 * @param body what it carries
 * @param query names of the parameters it takes
 * @param handler does it
 */
record Route(String method, String template, Access access, Body body, Set<String> query,
    Handler handler) {
    /** Does what a route is for. */
    @FunctionalInterface
    interface Handler {
        /** Answers now or later; may throw a problem. */
        void handle(Exchange exchange);
    }

    /** Who may ask. */
    enum Access {
        /** Everybody, on both listeners. */
        OPEN,
        /** Everybody on the public listener; operators on their own, where full ids are shown. */
        READ,
        /** Keys that send, on both listeners. */
        SEND,
        /** Operators, on their own listener only. */
        ADMIN,
        /** Everybody on the operators' listener; from loopback addresses on the public one. */
        SCRAPE
    }

    /** What a request carries. */
    enum Body {
        /** Nothing. */
        NONE,
        /** Nothing, or a few JSON fields. */
        SMALL,
        /** One event or a batch. */
        EVENTS,
        /** A document. */
        DOCUMENT
    }

    List<String> segments() {
        return List.of(template.substring(1).split("/", -1));
    }
}
