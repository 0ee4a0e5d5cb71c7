package io.laurel.server.cli;

import io.laurel.replay.CommandFailure;
import io.laurel.replay.ExitCode;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Cuts a file into its documents and finds out which kind each one is. */
final class Documents {
    private static final int MAX_CHARS = 256 * 1024;

    private Documents() {
    }

    /** Kinds of documents, each with its part of the route. */
    enum Kind {
        CONTEST("contests"), MISSION("missions"), PLAYER("players"), FX("fx");

        private final String route;

        Kind(String route) {
            this.route = route;
        }

        /** Returns the part of the route under {@code /v1/admin/}. */
        String route() {
            return route;
        }
    }

    /**
     * One document.
     *
     * @param kind of it
     * @param id as it says itself
     * @param text of it
     * @param linesBefore lines of the file before its first one
     */
    record Document(Kind kind, String id, String text, int linesBefore) {
        String contentType() {
            return text.stripLeading().startsWith("{") ? "application/json" : "application/yaml";
        }
    }

    /**
     * Returns the documents of a file, empty ones left out.
     *
     * @param name of the file, for messages
     * @param content of the file
     * @throws CommandFailure BAD_DOCUMENT with line and column
     */
    static List<Document> split(String name, String content) {
        final List<Document> documents = new ArrayList<>();
        final StringBuilder text = new StringBuilder();
        int start = 0;
        int number = 0;
        for (final String line : content.lines().toList()) {
            if (line.equals("---") || line.startsWith("--- ") || line.startsWith("---\t")) {
                add(documents, name, text, start);
                start = number;
                // what follows on the same line belongs to the document, in its column
                text.append("   ").append(line.substring(3)).append('\n');
            } else {
                text.append(line).append('\n');
            }
            number++;
        }
        add(documents, name, text, start);
        if (documents.isEmpty()) {
            throw new CommandFailure(ExitCode.BAD_DOCUMENT, name + ": no document in it");
        }
        return documents;
    }

    private static void add(List<Document> documents, String name, StringBuilder text,
        int linesBefore) {
        final String document = text.toString();
        text.setLength(0);
        if (document.lines().allMatch(line -> line.strip().matches("(#.*)?"))) {
            return;
        }
        final Node root = compose(name, document, linesBefore);
        final int line = linesBefore + 1 + (root == null ? 0
            : root.getStartMark().map(Mark::getLine).orElse(0));
        if (!(root instanceof MappingNode mapping)) {
            throw new CommandFailure(ExitCode.BAD_DOCUMENT, name + ": line " + line
                + ": a document has keys with values");
        }
        final String missionId = value(mapping, "mission_id");
        final String id = missionId == null ? value(mapping, "id") : missionId;
        if (id == null) {
            throw new CommandFailure(ExitCode.BAD_DOCUMENT, name + ": line " + line
                + ": id: is missing");
        }
        documents.add(new Document(kind(mapping, missionId), id, document, linesBefore));
    }

    private static Kind kind(MappingNode mapping, String missionId) {
        final String kind = value(mapping, "kind");
        if (missionId != null) {
            return Kind.MISSION;
        }
        if ("player".equals(kind)) {
            return Kind.PLAYER;
        }
        return "fx".equals(kind) ? Kind.FX : Kind.CONTEST;
    }

    private static Node compose(String name, String document, int linesBefore) {
        final LoadSettings settings = LoadSettings.builder().setUseMarks(true)
            .setMaxAliasesForCollections(0).setCodePointLimit(MAX_CHARS).build();
        try {
            return new Compose(settings).composeString(document).orElse(null);
        } catch (MarkedYamlEngineException e) {
            final String at = e.getProblemMark().map(mark -> ": line "
                + (linesBefore + mark.getLine() + 1) + " column " + (mark.getColumn() + 1))
                .orElse("");
            throw new CommandFailure(ExitCode.BAD_DOCUMENT, name + at + ": " + e.getProblem(), e);
        } catch (YamlEngineException e) {
            throw new CommandFailure(ExitCode.BAD_DOCUMENT, name + ": " + e.getMessage(), e);
        }
    }

    private static String value(MappingNode mapping, String key) {
        for (final NodeTuple tuple : mapping.getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode name && name.getValue().equals(key)
                && tuple.getValueNode() instanceof ScalarNode value) {
                return value.getValue();
            }
        }
        return null;
    }
}
