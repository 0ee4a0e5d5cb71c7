package io.laurel.server;

import io.laurel.engine.rules.ContestDefinition;
import io.laurel.engine.rules.ContestDefinition.BoardType;
import io.laurel.engine.rules.ContestDefinitionCodec;
import io.laurel.engine.rules.Document.ContestDocument;
import io.laurel.engine.rules.Document.FxDocument;
import io.laurel.engine.rules.Document.PlayerDocument;
import io.laurel.engine.rules.DocumentKind;
import io.laurel.engine.rules.Documents;
import io.laurel.engine.rules.FxTableCodec;
import io.laurel.gateway.http.DocumentParser;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Parses what operators publish and brings it into the form of the log. */
final class NodeDocuments implements DocumentParser {
    @Override
    public Document parse(Kind kind, String id, String text, long logTimeNs) {
        final io.laurel.engine.rules.Document document = Documents.parseOne(
            text.getBytes(StandardCharsets.UTF_8), DocumentKind.valueOf(kind.name()), id,
            logTimeNs);
        if (document instanceof ContestDocument contest) {
            final ContestDefinition rules = contest.definition();
            final BoardType type = rules.board().type();
            return new Document(contest.id(), ContestDefinitionCodec.encode(rules),
                HexFormat.of().formatHex(ContestDefinitionCodec.rulesHash(rules)), null,
                rules.fxTable() == null ? "" : rules.fxTable(),
                type == BoardType.ELO || type == BoardType.GLICKO2);
        }
        if (document instanceof FxDocument fx) {
            return new Document(fx.id(), FxTableCodec.encode(fx.table()),
                HexFormat.of().formatHex(FxTableCodec.hash(fx.table())));
        }
        return new Document(((PlayerDocument) document).definition());
    }
}
