package io.laurel.gateway.http;

import io.laurel.engine.ResultCode;
import io.laurel.engine.command.CommandWriter;
import io.laurel.engine.query.ContestInfo;
import io.laurel.engine.query.EngineReads;
import io.laurel.engine.rules.DocumentException;
import io.laurel.engine.rules.FxTable;
import io.laurel.engine.rules.FxTableCodec;
import io.laurel.gateway.event.Utf8;
import io.laurel.gateway.http.DocumentParser.Document;
import io.laurel.gateway.http.DocumentParser.Kind;
import io.laurel.gateway.json.FlatJson;
import io.laurel.gateway.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;

/** Publishes what operators write. */
final class DocumentRoutes {
    /** Query of a publication. */
    static final Set<String> PARAMETERS = Set.of("dry_run", "reason");

    private final EngineBridge bridge;
    private final DocumentParser parser;

    /** What the engine knows before a document is published. */
    private record Before(long timeNs, long version, String rulesHash) {
    }

    DocumentRoutes(EngineBridge bridge, DocumentParser parser) {
        this.bridge = bridge;
        this.parser = parser;
    }

    /** {@code PUT /v1/admin/missions/{id}}. */
    static void unsupported(Exchange exchange) {
        throw Problem.of(501, ResultCode.UNSUPPORTED.token(),
            "Missions are not part of this version.").toException();
    }

    /** {@code PUT /v1/admin/…/{id}}. */
    void publish(Kind kind, Exchange exchange) {
        final Request request = exchange.request();
        final boolean dryRun = request.truth("dry_run");
        final String reason = reason(request);
        final String id = request.variable("id");
        if (!Utf8.isValid(request.body(), 0, request.body().length)) {
            throw Problem.malformed("The document is not UTF-8.").toException();
        }
        final String text = new String(request.body(), StandardCharsets.UTF_8);
        bridge.read(reads -> before(reads, kind, id), (before, sequence, failure) -> {
            if (failure != null) {
                exchange.fail(failure);
                return;
            }
            exchange.run(() -> {
                final Document document = parse(kind, text, id, before.timeNs());
                whenWhatItNeedsIsThere(exchange, document, () -> {
                    if (dryRun) {
                        answerDryRun(exchange, document, before);
                    } else {
                        send(exchange, kind, document, reason, before);
                    }
                });
            });
        });
    }

    /** So that a dry run refuses what publishing would, and both name the key. */
    private void whenWhatItNeedsIsThere(Exchange exchange, Document document, Runnable then) {
        if (document.isRating()) {
            throw Problem.field(501, ResultCode.UNSUPPORTED.token(), "leaderboard.type",
                "Ratings (elo, glicko2) are not part of this version.").toException();
        }
        if (document.fx().isEmpty()) {
            then.run();
            return;
        }
        bridge.read(reads -> reads.fx(document.fx()) != null, (isThere, at, failure) -> {
            if (failure != null) {
                exchange.fail(failure);
            } else if (isThere) {
                exchange.run(then);
            } else {
                exchange.problem(Problem.field(422, ResultCode.INVALID.token(), "fx",
                    "There is no table of rates of this id; publish it first."));
            }
        });
    }

    private static Before before(EngineReads reads, Kind kind, String id) {
        final long timeNs = reads.status().timeNs();
        return switch (kind) {
            case CONTEST -> {
                final ContestInfo info = reads.contest(id);
                yield info == null ? new Before(timeNs, 0, "")
                    : new Before(timeNs, info.version(), info.rulesHash());
            }
            case FX -> {
                final FxTable table = reads.fx(id);
                yield table == null ? new Before(timeNs, 0, "") : new Before(timeNs,
                    reads.fxVersion(id), HexFormat.of().formatHex(FxTableCodec.hash(table)));
            }
            case PLAYER -> new Before(timeNs, reads.profileVersion(id), "");
            default -> throw new IllegalStateException("kind " + kind);
        };
    }

    private Document parse(Kind kind, String text, String id, long timeNs) {
        final Document document;
        try {
            document = parser.parse(kind, id, text, timeNs);
        } catch (final DocumentException e) {
            final boolean unread = e.field().isEmpty();
            throw new Problem(unread ? 400 : 422,
                unread ? Problem.MALFORMED : ResultCode.INVALID.token(), e.getMessage(),
                e.field(), e.line(), e.column(), 0, Map.of()).toException();
        }
        if (!document.id().equals(id)) {
            throw Problem.field(422, ResultCode.INVALID.token(), "id",
                "The document has another id than the path.").toException();
        }
        return document;
    }

    private static String reason(Request request) {
        final String reason = request.query("reason");
        if (reason != null && reason.length() > FlatJson.MAX_TEXT) {
            throw Problem.badParameter("reason", "Is too long.").toException();
        }
        return reason == null ? "" : reason;
    }

    private void send(Exchange exchange, Kind kind, Document document, String reason,
        Before before) {
        final String actor = exchange.request().caller().name();
        bridge.command(to -> write(to, kind, document, actor, reason),
            (index, sequence, code, value) -> exchange.run(() -> exchange.answer(
                published(document, before, sequence, code, value))), exchange::fail);
    }

    private static Answer published(Document document, Before before, long sequence, int code,
        long value) {
        if (code != ResultCode.ACCEPTED.code()) {
            throw Problem.refused(code, sequence).toException();
        }
        return Answer.json(before.version() == 0 ? 201 : 200,
            answer(document, value).field("sequence", sequence).endObject());
    }

    private static void write(CommandWriter to, Kind kind, Document document, String actor,
        String reason) {
        switch (kind) {
            case CONTEST -> to.publishContest(actor, reason, document.canonical());
            case FX -> to.publishFx(actor, reason, document.canonical());
            case PLAYER -> to.playerProfile(document.player(), actor, reason);
            default -> throw new IllegalStateException("kind " + kind);
        }
    }

    private static void answerDryRun(Exchange exchange, Document document, Before before) {
        final boolean same = before.version() > 0
            && before.rulesHash().equals(document.rulesHash());
        exchange.answer(Answer.json(200, answer(document,
            same ? before.version() : before.version() + 1).field("dry_run", true).endObject()));
    }

    private static JsonWriter answer(Document document, long version) {
        return new JsonWriter().object().field("id", document.id()).field("version", version)
            .field("rules_hash", document.rulesHash());
    }
}
