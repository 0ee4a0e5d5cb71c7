/**
 * JSON over HTTP/1.1: two listeners on one event loop, {@code http} for players and {@code admin}
 * for operators, which shows full player ids. {@link io.laurel.gateway.http.HttpServer} wires it;
 * {@link io.laurel.gateway.http.HttpConnection} guards one connection; the routes turn a request
 * into commands and reads and their outcomes into answers.
 *
 * <p>Invariants: one request is in flight per connection, so answers keep the order of requests;
 * nothing is answered before what it rests on is durable (the gate sees to that); no command is
 * dropped for want of room in the ring, it waits for its turn; every buffer, list and table is
 * bounded.
 */
package io.laurel.gateway.http;
