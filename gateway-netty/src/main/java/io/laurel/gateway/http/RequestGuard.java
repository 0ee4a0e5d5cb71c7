package io.laurel.gateway.http;

import io.laurel.engine.ResultCode;
import io.laurel.gateway.http.RequestKeys.Key;
import io.laurel.gateway.http.RequestKeys.Role;
import io.laurel.gateway.http.Route.Access;
import io.laurel.gateway.http.Route.Body;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Decides from its headers whether a request may be read, and from its whole whether it may be
 * done. Everything is refused by a problem. Event loop only.
 */
final class RequestGuard {
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");
    private static final Pattern HOST =
        Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(:[0-9]{1,5})?");
    private static final Pattern ADDRESS_OR_LOCALHOST =
        Pattern.compile("(?i)(\\[[0-9a-f:.]+]|[0-9.]+|localhost)(:[0-9]{1,5})?");
    private static final int SMALL_BODY_BYTES = 16 << 10;
    private static final long MS_PER_SECOND = 1_000;

    private final HttpLimits limits;
    private final RequestKeys keys;
    private final RequestSignatures signatures;
    private final RateLimiter<ConnectionTable.Address> byAddress;
    private final RateLimiter<String> byKey;
    private final RouteTable routes;

    /** What may be read: a route, its target and how long the body may be. */
    record Admission(RouteTable.Match match, Target target, int bodyLimitBytes) {
    }

    RequestGuard(HttpLimits limits, RequestKeys keys, RouteTable routes) {
        this.limits = limits;
        this.keys = keys;
        this.routes = routes;
        signatures = new RequestSignatures(keys, limits.noncesPerKey());
        byAddress = new RateLimiter<>(limits.requestsPerSecondPerAddress());
        byKey = new RateLimiter<>(limits.requestsPerSecondPerKey());
    }

    RouteTable routes() {
        return routes;
    }

    /** Looks at the headers, before any of the body is taken. */
    Admission admit(HttpRequest request, boolean admin, InetAddress peer,
        ConnectionTable.Address address, long nowNs) {
        final boolean limited = limits.limitLoopback() || !peer.isLoopbackAddress();
        if (limited && !byAddress.tryTake(address, nowNs)) {
            throw tooMany();
        }
        final HttpHeaders headers = request.headers();
        form(request, headers);
        final Target target = Target.parse(request.uri());
        final RouteTable.Match match =
            routes.match(admin, request.method().name(), target.segments());
        final Route route = match.route();
        for (final String name : target.query().keySet()) {
            if (!route.query().contains(name)) {
                throw Problem.field(400, ResultCode.INVALID.token(), name,
                    "There is no such query parameter here.").toException();
            }
        }
        origin(request, headers);
        access(route.access(), admin, peer, headers);
        return new Admission(match, target, bodyLimit(route, request, headers));
    }

    private static RuntimeException tooMany() {
        return Problem.later(429, "too_many_requests", "").toException();
    }

    private static void form(HttpRequest request, HttpHeaders headers) {
        final HttpVersion version = request.protocolVersion();
        if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
            throw Problem.of(505, "http_version", "HTTP/1.1 is spoken here.").toException();
        }
        final List<String> hosts = headers.getAll("Host");
        final boolean old = version.equals(HttpVersion.HTTP_1_0);
        if (hosts.size() > 1 || hosts.isEmpty() && !old
            || !hosts.isEmpty() && !HOST.matcher(hosts.get(0)).matches()) {
            throw Problem.malformed("A request needs one Host header.").toException();
        }
        final List<String> encodings = headers.getAll("Transfer-Encoding");
        final List<String> lengths = headers.getAll("Content-Length");
        final boolean chunked =
            encodings.size() == 1 && "chunked".equalsIgnoreCase(encodings.get(0).trim());
        if (!encodings.isEmpty() && (!chunked || old || !lengths.isEmpty())
            || lengths.size() > 1
            || lengths.size() == 1 && !LENGTH.matcher(lengths.get(0)).matches()) {
            throw Problem.malformed("The length of the body is not clear.").toException();
        }
        final String expect = headers.get("Expect");
        if (expect != null && !"100-continue".equalsIgnoreCase(expect)) {
            throw Problem.of(417, "expectation_failed", "").toException();
        }
    }

    /** A page of another site may make a browser send requests here; none of them may change. */
    private static void origin(HttpRequest request, HttpHeaders headers) {
        final String origin = headers.get("Origin");
        if (origin == null || "GET".equals(request.method().name())
            || "HEAD".equals(request.method().name())) {
            return;
        }
        final int slashes = origin.indexOf("://");
        final String host = slashes < 0 ? "" : origin.substring(slashes + 3);
        if (!host.equalsIgnoreCase(headers.get("Host", ""))) {
            throw Problem.of(403, ResultCode.FORBIDDEN.token(),
                "Pages of other origins may not do this.").toException();
        }
    }

    private void access(Access access, boolean admin, InetAddress peer, HttpHeaders headers) {
        if (access == Access.SCRAPE && !admin && !peer.isLoopbackAddress()) {
            throw Problem.notFound("There is nothing at this path.").toException();
        }
        if (role(access, admin) == null) {
            return;
        }
        if (!keys.isEmpty()) {
            if (headers.getAll(RequestSignatures.HEADER).size() != 1) {
                throw unauthorized("This needs one Laurel-Signature header.");
            }
            return;
        }
        // a name in Host would let a page reach a node on this machine by rebinding that name
        if (!peer.isLoopbackAddress()
            || !ADDRESS_OR_LOCALHOST.matcher(headers.get("Host", "localhost")).matches()) {
            throw Problem.of(403, ResultCode.FORBIDDEN.token(),
                "Without keys this is open to loopback addresses only.").toException();
        }
    }

    private static RuntimeException unauthorized(String detail) {
        return new Problem(401, "unauthorized", detail, "", 0, 0, 0,
            Map.of("WWW-Authenticate", RequestSignatures.HEADER)).toException();
    }

    /** Returns the role that is needed, null where none is. */
    private static Role role(Access access, boolean admin) {
        return switch (access) {
            case OPEN, SCRAPE -> null;
            case READ -> admin ? Role.ADMIN : null;
            case SEND -> Role.SEND;
            case ADMIN -> Role.ADMIN;
            default -> throw new IllegalStateException("access " + access);
        };
    }

    private int bodyLimit(Route route, HttpRequest request, HttpHeaders headers) {
        final String encoding = headers.get("Content-Encoding", "identity");
        if (!"identity".equalsIgnoreCase(encoding)) {
            throw Problem.of(415, "unsupported_media_type",
                "Bodies are taken as they are, not compressed.").toException();
        }
        final int limit = switch (route.body()) {
            case NONE -> 0;
            case SMALL -> SMALL_BODY_BYTES;
            case DOCUMENT -> limits.documentBytes();
            case EVENTS -> EventBodies.isBatch(request.headers().get("Content-Type", ""))
                ? limits.batchBytes() : limits.eventBytes();
            default -> throw new IllegalStateException("body " + route.body());
        };
        final long declared = Long.parseLong(headers.get("Content-Length", "0"));
        if (declared > limit) {
            throw tooLarge(limit);
        }
        if (route.body() == Body.EVENTS) {
            EventBodies.check(headers.get("Content-Type", ""));
        }
        return limit;
    }

    static RuntimeException tooLarge(int limitBytes) {
        return Problem.of(413, "too_large", limitBytes == 0 ? "No body is taken here."
            : "The body is longer than " + limitBytes + " bytes.").toException();
    }

    /** Looks at the whole request and says who asks. */
    Caller authenticate(HttpRequest request, Admission admission, boolean admin, byte[] body) {
        final Role role = role(admission.match().route().access(), admin);
        if (role == null || keys.isEmpty()) {
            return Caller.LOCAL;
        }
        final RequestSignatures.Checked checked = signatures.check(
            request.headers().get(RequestSignatures.HEADER), request.method().name(),
            admission.target().raw(), body, System.currentTimeMillis() / MS_PER_SECOND);
        switch (checked.verdict()) {
            case GOOD -> {
                final Key key = checked.key();
                if (!byKey.tryTake(key.id(), System.nanoTime())) {
                    throw tooMany();
                }
                if (!key.roles().contains(role)) {
                    throw Problem.of(403, ResultCode.FORBIDDEN.token(),
                        "The key may not do this.").toException();
                }
                return Caller.of(key);
            }
            case FULL -> throw Problem.later(503, ResultCode.CAPACITY.token(),
                "Too many signed requests are remembered.").toException();
            case MALFORMED -> throw unauthorized("The signature header is not of the right form.");
            case BAD -> throw unauthorized("The signature does not fit.");
            case STALE -> throw unauthorized("The time of the signature is too far from now.");
            case REPLAYED -> throw unauthorized("The nonce of the signature was used before.");
            default -> throw new IllegalStateException("verdict " + checked.verdict());
        }
    }
}
