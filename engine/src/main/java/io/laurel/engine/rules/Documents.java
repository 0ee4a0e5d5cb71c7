package io.laurel.engine.rules;

import io.laurel.engine.rules.Document.ContestDocument;
import io.laurel.engine.rules.Document.FxDocument;
import io.laurel.engine.rules.Document.MissionDocument;
import io.laurel.engine.rules.Document.PlayerDocument;
import io.laurel.engine.rules.YamlReader.Tree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Reads documents in YAML or JSON: strict about keys, types and limits, and silent about nothing.
 * Each error names the path of the key, line and column. Reads no clock; whoever calls says when
 * now is.
 */
public final class Documents {
    private static final List<String> KIND_NAMES =
        Arrays.stream(DocumentKind.values()).map(DocumentKind::token).toList();
    private static final int MAX_PLAYER_BYTES = 64;

    private Documents() {
    }

    /**
     * One document of several, as it stands in its file.
     *
     * @param kind what it describes
     * @param id of what it describes
     * @param firstLine line of the file where the text begins, from 1 on
     * @param text the part of the file, UTF-8
     */
    public record Part(DocumentKind kind, String id, int firstLine, byte[] text) {
    }

    /**
     * Reads the documents of a file.
     *
     * @param utf8 at most 256 KiB
     * @param nowNs ns since the Unix epoch; from it schedules are resolved
     * @throws DocumentException where there is none, or at the first error
     */
    public static List<Document> parse(byte[] utf8, long nowNs) {
        final List<Document> documents = new ArrayList<>();
        for (final Tree tree : trees(YamlReader.decode(utf8))) {
            documents.add(document(new Field(tree.root(), ""), null, null, nowNs));
        }
        return documents;
    }

    /**
     * Reads a file that must hold one document, for an address that names it already.
     *
     * @param kind expected; it may then be left out in the document; null = as the document says
     * @param expectedId it may then be left out in the document; null = as the document says
     */
    public static Document parseOne(byte[] utf8, DocumentKind kind, String expectedId,
        long nowNs) {
        final List<Tree> trees = trees(YamlReader.decode(utf8));
        if (trees.size() > 1) {
            final YamlNode second = trees.get(1).root();
            throw new DocumentException("one document expected, found " + trees.size(), "",
                second.line, second.column);
        }
        return document(new Field(trees.get(0).root(), ""), kind, expectedId, nowNs);
    }

    /** Reads a file that must hold one document, whose kind it says itself. */
    public static Document parseOne(byte[] utf8, String expectedId, long nowNs) {
        return parseOne(utf8, null, expectedId, nowNs);
    }

    /**
     * Cuts a file into its documents without looking further than kind and id.
     *
     * @throws DocumentException where the file is no YAML, or a document has neither
     */
    public static List<Part> split(byte[] utf8) {
        final String source = YamlReader.decode(utf8);
        final List<Part> parts = new ArrayList<>();
        for (final Tree tree : trees(source)) {
            final Field root = new Field(tree.root(), "");
            final DocumentKind kind = kind(root, null);
            final String key = kind == DocumentKind.MISSION ? "mission_id" : "id";
            final YamlNode id = root.node.values.get(key);
            if (id == null) {
                throw root.error("needs " + key);
            }
            final int first = source.offsetByCodePoints(0, tree.firstIndex());
            final int end = source.offsetByCodePoints(0, tree.endIndex());
            final int line = 1 + (int) source.substring(0, first).chars()
                .filter(character -> character == '\n').count();
            parts.add(new Part(kind, new Field(id, key).text(MAX_PLAYER_BYTES), line,
                source.substring(first, end).getBytes(StandardCharsets.UTF_8)));
        }
        return parts;
    }

    private static List<Tree> trees(String source) {
        final List<Tree> trees = YamlReader.read(source);
        if (trees.isEmpty()) {
            throw new DocumentException("there is no document", "", 1, 1);
        }
        return trees;
    }

    private static Document document(Field root, DocumentKind expected, String expectedId,
        long nowNs) {
        return switch (kind(root, expected)) {
            case CONTEST -> new ContestDocument(ContestReader.read(root, expectedId, nowNs));
            case MISSION -> new MissionDocument(MissionReader.read(root, expectedId));
            case PLAYER -> new PlayerDocument(PlayerReader.read(root, expectedId));
            case FX -> new FxDocument(FxReader.read(root, expectedId));
        };
    }

    private static DocumentKind kind(Field root, DocumentKind expected) {
        if (!root.isMap()) {
            throw root.error("must be a map, found " + root.found());
        }
        final YamlNode named = root.node.values.get("kind");
        if (named != null) {
            final Field field = new Field(named, "kind");
            final DocumentKind kind =
                DocumentKind.values()[KIND_NAMES.indexOf(field.oneOf(KIND_NAMES))];
            if (expected != null && kind != expected) {
                throw field.error("must be " + expected.token() + " here, found '" + kind.token()
                    + "'");
            }
            return kind;
        }
        if (expected != null) {
            return expected;
        }
        return root.node.values.containsKey("mission_id") ? DocumentKind.MISSION
            : DocumentKind.CONTEST;
    }

    /** The id of a document, which the address may name instead. */
    static String id(Fields fields, String key, String expectedId) {
        return id(fields, key, expectedId, Terms::documentId);
    }

    /** The id of a player: any text of 1 to 64 bytes. */
    static String playerId(Fields fields, String expectedId) {
        return id(fields, "id", expectedId, field -> field.text(MAX_PLAYER_BYTES));
    }

    private static String id(Fields fields, String key, String expectedId,
        Function<Field, String> reader) {
        if (fields.get(key) == null && expectedId != null) {
            return reader.apply(fields.instead(key, expectedId));
        }
        final Field field = fields.needed(key);
        final String id = reader.apply(field);
        if (expectedId != null && !id.equals(expectedId)) {
            throw field.error("must be '" + Field.clip(expectedId) + "' as in the address, found '"
                + id + "'");
        }
        return id;
    }
}
