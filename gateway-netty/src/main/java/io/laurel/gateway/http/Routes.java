package io.laurel.gateway.http;

import io.laurel.gateway.http.DocumentParser.Kind;
import io.laurel.gateway.http.Route.Access;
import io.laurel.gateway.http.Route.Body;
import io.laurel.protocol.storage.ContestOperation;
import io.laurel.protocol.storage.PlayerOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Every route there is; {@code openapi.json} describes the same ones. */
final class Routes {
    private static final String GET = "GET";
    private static final String PUT = "PUT";
    private static final String POST = "POST";
    private static final String CONTESTS = "/v1/admin/contests/{id}";
    private static final Set<String> NONE = Set.of();

    private Routes() {
    }

    static RouteTable all(EngineBridge bridge, EventSources sources, HttpServices services,
        HttpLimits limits, HttpCounters counters, ConnectionTable table) {
        final List<Route> routes = new ArrayList<>();
        final EventRoutes events = new EventRoutes(bridge, sources, limits, counters);
        routes.add(new Route(POST, "/v1/events", Access.SEND, Body.EVENTS, NONE,
            events::receive));
        final BoardRoutes boards = new BoardRoutes(bridge, limits.sequenceWait().toNanos());
        routes.add(new Route(GET, "/v1/leaderboards/{id}", Access.READ, Body.NONE,
            BoardRoutes.PARAMETERS, boards::board));
        final ContestRoutes contests =
            new ContestRoutes(bridge, limits.sequenceWait().toNanos());
        routes.add(new Route(GET, "/v1/contests", Access.READ, Body.NONE,
            ContestRoutes.LIST_PARAMETERS, contests::list));
        routes.add(new Route(GET, "/v1/contests/{id}", Access.READ, Body.NONE,
            ContestRoutes.ONE_PARAMETERS, contests::one));
        final NodeRoutes node = new NodeRoutes(bridge, services.figures(), counters, table);
        routes.add(new Route(GET, "/health/live", Access.OPEN, Body.NONE, NONE, node::live));
        routes.add(new Route(GET, "/health/ready", Access.OPEN, Body.NONE, NONE, node::ready));
        routes.add(new Route(GET, "/metrics", Access.SCRAPE, Body.NONE, NONE, node::metrics));
        routes.add(new Route(GET, "/openapi.json", Access.OPEN, Body.NONE, NONE, node::openApi));
        routes.add(new Route(GET, "/v1/admin/status", Access.ADMIN, Body.NONE, NONE,
            node::status));
        final ExplainRoutes explain = new ExplainRoutes(bridge, services.explanations(),
            limits.sequenceWait().toNanos());
        routes.add(new Route(GET, CONTESTS + "/players/{user}/explain", Access.ADMIN, Body.NONE,
            ExplainRoutes.PARAMETERS, explain::explain));
        documents(routes, new DocumentRoutes(bridge, services.documents()));
        actions(routes, new ActionRoutes(bridge, services.figures()));
        return new RouteTable(routes);
    }

    private static void documents(List<Route> routes, DocumentRoutes documents) {
        routes.add(document(CONTESTS, exchange -> documents.publish(Kind.CONTEST, exchange)));
        routes.add(document("/v1/admin/players/{id}",
            exchange -> documents.publish(Kind.PLAYER, exchange)));
        routes.add(document("/v1/admin/fx/{id}",
            exchange -> documents.publish(Kind.FX, exchange)));
        routes.add(document("/v1/admin/missions/{id}", DocumentRoutes::unsupported));
    }

    private static Route document(String template, Route.Handler handler) {
        return new Route(PUT, template, Access.ADMIN, Body.DOCUMENT, DocumentRoutes.PARAMETERS,
            handler);
    }

    private static void actions(List<Route> routes, ActionRoutes actions) {
        for (final ContestOperation operation : new ContestOperation[] {ContestOperation.FREEZE,
            ContestOperation.UNFREEZE, ContestOperation.FINALIZE, ContestOperation.CANCEL}) {
            routes.add(new Route(POST, CONTESTS + "/" + path(operation), Access.ADMIN,
                Body.SMALL, NONE, exchange -> actions.contest(operation, exchange)));
        }
        for (final PlayerOperation operation : new PlayerOperation[] {PlayerOperation.FREEZE,
            PlayerOperation.UNFREEZE, PlayerOperation.DISQUALIFY, PlayerOperation.ENTER,
            PlayerOperation.LEAVE}) {
            routes.add(new Route(POST, CONTESTS + "/players/{user}/" + path(operation),
                Access.ADMIN, Body.SMALL, NONE,
                exchange -> actions.player(operation, exchange)));
        }
        routes.add(new Route(POST, "/v1/admin/players/{id}/erase", Access.ADMIN, Body.SMALL, NONE,
            actions::erase));
        routes.add(new Route(POST, "/v1/admin/time", Access.ADMIN, Body.SMALL, NONE,
            actions::advanceTime));
        routes.add(new Route(POST, "/v1/admin/snapshot", Access.ADMIN, Body.SMALL, NONE,
            actions::snapshot));
    }

    private static String path(Enum<?> operation) {
        return operation.name().toLowerCase(Locale.ROOT);
    }
}
