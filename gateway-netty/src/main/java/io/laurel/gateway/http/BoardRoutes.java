package io.laurel.gateway.http;

import io.laurel.engine.query.BoardPage;
import io.laurel.engine.query.BoardRequest;
import io.laurel.engine.query.ContestInfo;
import io.laurel.engine.query.EngineReads;
import io.laurel.engine.rules.ContestDefinition.Entity;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads of boards. */
final class BoardRoutes {
    /** Query of a board. */
    static final Set<String> PARAMETERS = Set.of("top", "me", "around", "users", "after_pos",
        "limit", "partition", "min_sequence");

    private static final int DEFAULT_ROWS = 100;
    private static final int MAX_AROUND = 499;
    private static final int NOT_MODIFIED = 304;
    private static final String PUBLIC = "public, max-age=1, stale-while-revalidate=5";
    private static final String PRIVATE = "private, no-store";

    private final EngineBridge bridge;
    private final long sequenceWaitNs;

    /** A page and who stands on it; the page is null where there is none. */
    private record Found(BoardPage page, boolean players, boolean contestKnown) {
    }

    BoardRoutes(EngineBridge bridge, long sequenceWaitNs) {
        this.bridge = bridge;
        this.sequenceWaitNs = sequenceWaitNs;
    }

    /** {@code GET /v1/leaderboards/{id}}. */
    void board(Exchange exchange) {
        final Request request = exchange.request();
        final BoardRequest wanted = wanted(request);
        SequencedRead.start(bridge, exchange, sequenceWaitNs,
            reads -> find(reads, wanted, request.admin()), (found, sequence) -> {
                if (found.page() == null) {
                    throw Problem.notFound(found.contestKnown()
                        ? "The contest has no such partition."
                        : "There is no such contest.").toException();
                }
                answer(exchange, wanted, found);
            });
    }

    private static Found find(EngineReads reads, BoardRequest wanted, boolean admin) {
        final BoardPage page = reads.board(wanted);
        if (page == null) {
            return new Found(null, true, reads.contest(wanted.contest()) != null);
        }
        // providers and games are not personal, and operators see players as they are
        final ContestInfo info = admin ? null : reads.contest(wanted.contest());
        return new Found(page, info == null
            || info.definition().board().entity() == Entity.PLAYER, true);
    }

    private static BoardRequest wanted(Request request) {
        final boolean page = request.query("after_pos") != null;
        final boolean listed = request.query("users") != null;
        final String me = request.query("me");
        if (page && listed) {
            throw Problem.badParameter("users", "Both users and after_pos answer in top.")
                .toException();
        }
        if (!page && request.query("limit") != null) {
            throw Problem.badParameter("limit", "Goes with after_pos.").toException();
        }
        if (me == null && request.query("around") != null) {
            throw Problem.badParameter("around", "Goes with me.").toException();
        }
        if (me != null && !Ids.isPlayer(me)) {
            throw Problem.badParameter("me", Ids.PLAYER_RULE).toException();
        }
        final int top = (int) request.number("top", 0, BoardRequest.MAX_ROWS, DEFAULT_ROWS);
        return new BoardRequest(request.contest("id"), partition(request),
            // both answer in top themselves, so a top beside them says nothing
            page || listed ? 0 : top,
            me == null ? "" : me, (int) request.number("around", 0, MAX_AROUND, 0),
            listed ? users(request.query("users")) : List.of(),
            request.number("after_pos", 0, Long.MAX_VALUE, -1),
            (int) request.number("limit", 1, BoardRequest.MAX_ROWS, page ? DEFAULT_ROWS : 0));
    }

    private static String partition(Request request) {
        final String partition = request.query("partition");
        if (partition != null && !Ids.isPlayer(partition)) {
            throw Problem.badParameter("partition", "Must be the value of a partition.")
                .toException();
        }
        return partition == null ? "" : partition;
    }

    private static List<String> users(String text) {
        final List<String> users = Arrays.stream(text.split(",", -1)).distinct().toList();
        if (!users.stream().allMatch(Ids::isPlayer) || users.size() > BoardRequest.MAX_ROWS) {
            throw Problem.badParameter("users", "Must be ids of players, separated by commas.")
                .toException();
        }
        return users;
    }

    private static void answer(Exchange exchange, BoardRequest wanted, Found found) {
        final Request request = exchange.request();
        final BoardJson json =
            new BoardJson(found.page(), wanted, request.admin() || !found.players());
        final boolean personal =
            request.admin() || !wanted.me().isEmpty() || !wanted.users().isEmpty();
        if (personal) {
            exchange.answer(new Answer(200, Answer.JSON, json.bytes(),
                Map.of("Cache-Control", PRIVATE)));
            return;
        }
        final Map<String, String> headers =
            Map.of("Cache-Control", PUBLIC, "ETag", json.etag());
        final boolean same = matches(request.headers().get("If-None-Match"), json.etag());
        exchange.answer(same ? new Answer(NOT_MODIFIED, Answer.JSON, new byte[0], headers)
            : new Answer(200, Answer.JSON, json.bytes(), headers));
    }

    private static boolean matches(String ifNoneMatch, String etag) {
        if (ifNoneMatch == null) {
            return false;
        }
        return Arrays.stream(ifNoneMatch.split(",")).map(String::trim)
            .anyMatch(tag -> "*".equals(tag) || weak(tag).equals(weak(etag)));
    }

    private static String weak(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }
}
