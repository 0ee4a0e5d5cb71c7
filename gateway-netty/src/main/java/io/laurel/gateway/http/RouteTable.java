package io.laurel.gateway.http;

import io.laurel.gateway.http.Route.Access;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** All routes, and which of them a request means. */
final class RouteTable {
    private static final String HEAD = "HEAD";
    private static final String GET = "GET";

    private final List<Entry> entries = new ArrayList<>();

    private record Entry(Route route, List<String> segments) {
    }

    /** A route and what stands at the names in its path. */
    record Match(Route route, Map<String, String> variables) {
    }

    RouteTable(List<Route> routes) {
        routes.forEach(route -> entries.add(new Entry(route, route.segments())));
    }

    List<Route> routes() {
        return entries.stream().map(Entry::route).toList();
    }

    /** Finds the route; a problem where there is none on that listener. */
    Match match(boolean admin, String method, List<String> path) {
        final String wanted = HEAD.equals(method) ? GET : method;
        final TreeSet<String> allowed = new TreeSet<>();
        for (final Entry entry : entries) {
            final Route route = entry.route;
            if ((admin || route.access() != Access.ADMIN) && fits(entry.segments, path)) {
                if (route.method().equals(wanted)) {
                    return new Match(route, variables(entry.segments, path));
                }
                allowed.add(route.method());
            }
        }
        if (allowed.isEmpty()) {
            throw Problem.notFound("There is nothing at this path.").toException();
        }
        if (allowed.contains(GET)) {
            allowed.add(HEAD);
        }
        throw new Problem(405, "method_not_allowed", "", "", 0, 0, 0,
            Map.of("Allow", String.join(", ", allowed))).toException();
    }

    private static boolean fits(List<String> segments, List<String> path) {
        if (segments.size() != path.size()) {
            return false;
        }
        for (int i = 0; i < path.size(); i++) {
            if (isName(segments.get(i)) ? path.get(i).isEmpty()
                : !segments.get(i).equals(path.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isName(String segment) {
        return segment.startsWith("{");
    }

    private static Map<String, String> variables(List<String> segments, List<String> path) {
        final Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < path.size(); i++) {
            final String segment = segments.get(i);
            if (isName(segment)) {
                variables.put(segment.substring(1, segment.length() - 1), path.get(i));
            }
        }
        return variables;
    }
}
