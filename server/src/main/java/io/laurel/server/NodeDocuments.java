package io.laurel.server;

import io.laurel.engine.command.CommandWriter;
import io.laurel.engine.rules.ContestDefinition;
import io.laurel.engine.rules.ContestDefinition.BoardType;
import io.laurel.engine.rules.ContestDefinitionCodec;
import io.laurel.engine.rules.Document.ContestDocument;
import io.laurel.engine.rules.Document.FxDocument;
import io.laurel.engine.rules.Document.PlayerDocument;
import io.laurel.engine.rules.DocumentKind;
import io.laurel.engine.rules.Documents;
import io.laurel.engine.rules.FxTableCodec;
import io.laurel.engine.rules.PlayerDefinition;
import io.laurel.gateway.http.DocumentParser;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
        final PlayerDefinition player = ((PlayerDocument) document).definition();
        return new Document(player, HexFormat.of().formatHex(hash(player)));
    }

    /** SHA-256 of what the log holds of a player, without who wrote it and why. */
    private static byte[] hash(PlayerDefinition player) {
        final CommandWriter profile = new CommandWriter().playerProfile(player, "", "");
        final byte[] bytes = new byte[profile.length()];
        profile.buffer().getBytes(0, bytes);
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
