package io.laurel.engine.rules;

import io.laurel.engine.rules.YamlNode.Kind;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Bytes to trees of {@link YamlNode}, one per document. YAML 1.2, and so JSON too; no tags, no
 * anchors, no aliases, no duplicate keys, 256 KiB and 20 levels at most. Built from events, not
 * from the library's nodes: those have forgotten which tags stood in the text.
 */
final class YamlReader {
    static final int MAX_BYTES = 256 * 1024;
    static final int MAX_DEPTH = 20;

    /** A document and the code points of the source that it spans. */
    record Tree(YamlNode root, int firstIndex, int endIndex) {
    }

    private final String source;
    private final int[] codePoints;
    private Iterator<Event> events;

    private YamlReader(String source) {
        this.source = source;
        this.codePoints = source.codePoints().toArray();
    }

    /** Reads all documents; those without content are left out. */
    static List<Tree> read(String source) {
        final YamlReader reader = new YamlReader(source);
        try {
            return reader.documents();
        } catch (final ReaderException error) {
            throw reader.at(error.getPosition(), "a character that YAML does not allow: U+"
                + String.format(Locale.ROOT, "%04X", error.getCodePoint()));
        } catch (final MarkedYamlEngineException error) {
            final Optional<Mark> mark = error.getProblemMark().or(error::getContextMark);
            throw new DocumentException("not YAML: " + error.getProblem(), "",
                mark.map(Mark::getLine).orElse(-1) + 1, mark.map(Mark::getColumn).orElse(-1) + 1);
        } catch (final YamlEngineException error) {
            throw new DocumentException("not YAML: " + error.getMessage(), "", 0, 0);
        }
    }

    /** Decodes UTF-8 strictly; a byte order mark at the beginning is dropped. */
    static String decode(byte[] utf8) {
        if (utf8.length > MAX_BYTES) {
            throw new DocumentException("a document has at most " + MAX_BYTES + " bytes, not "
                + utf8.length, "", 0, 0);
        }
        final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        final CharBuffer characters = CharBuffer.allocate(utf8.length);
        final CoderResult result = decoder.decode(ByteBuffer.wrap(utf8), characters, true);
        final String text = characters.flip().toString();
        if (result.isError()) {
            throw new YamlReader(text).at(text.codePointCount(0, text.length()), "not UTF-8");
        }
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    private List<Tree> documents() {
        final LoadSettings settings = LoadSettings.builder().setUseMarks(true)
            .setCodePointLimit(MAX_BYTES).build();
        events = new Parse(settings).parseString(source).iterator();
        final List<YamlNode> roots = new ArrayList<>();
        final List<Integer> starts = new ArrayList<>();
        while (events.hasNext()) {
            final Event event = events.next();
            if (event.getEventId() == Event.ID.DocumentStart) {
                // the first takes the comments above it along
                starts.add(starts.isEmpty() ? 0 : mark(event).getIndex());
                roots.add(node(events.next(), 1));
            }
        }
        starts.add(codePoints.length);
        final List<Tree> trees = new ArrayList<>();
        for (int index = 0; index < roots.size(); index++) {
            if (!roots.get(index).isNull()) {
                trees.add(new Tree(roots.get(index), starts.get(index), starts.get(index + 1)));
            }
        }
        return trees;
    }

    private YamlNode node(Event event, int depth) {
        if (event instanceof AliasEvent) {
            throw error(event, "aliases are not allowed");
        }
        if (event instanceof NodeEvent anchored && anchored.getAnchor().isPresent()) {
            throw error(event, "anchors are not allowed");
        }
        if (event instanceof ScalarEvent scalar) {
            return scalar(scalar);
        }
        if (!(event instanceof CollectionStartEvent collection)) {
            throw error(event, "expected a value");
        }
        if (collection.getTag().isPresent()) {
            throw error(event, "tags are not allowed");
        }
        if (depth > MAX_DEPTH) {
            throw error(event, "a document is at most " + MAX_DEPTH + " levels deep");
        }
        return event.getEventId() == Event.ID.MappingStart ? map(event, depth) : list(event, depth);
    }

    private YamlNode scalar(ScalarEvent event) {
        if (event.getTag().isPresent()) {
            throw error(event, "tags are not allowed");
        }
        final Mark mark = mark(event);
        final String text = event.getValue();
        final int offset = event.isPlain() ? 0 : 1;
        final int[] characters = text.codePoints().toArray();
        final int first = mark.getIndex() + offset;
        boolean asWritten = first + characters.length <= codePoints.length;
        for (int index = 0; asWritten && index < characters.length; index++) {
            asWritten = characters[index] == codePoints[first + index];
        }
        return new YamlNode(event.isPlain() ? Kind.PLAIN : Kind.TEXT, mark.getLine() + 1,
            mark.getColumn() + 1, text, asWritten ? mark.getColumn() + 1 + offset : 0);
    }

    private YamlNode list(Event start, int depth) {
        final YamlNode list = collection(Kind.LIST, start);
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd;
            event = events.next()) {
            list.items.add(node(event, depth + 1));
        }
        return list;
    }

    private YamlNode map(Event start, int depth) {
        final YamlNode map = collection(Kind.MAP, start);
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd;
            event = events.next()) {
            final YamlNode key = node(event, depth + 1);
            if (!key.isScalar()) {
                throw error(event, "a key must be text");
            }
            final YamlNode value = node(events.next(), depth + 1);
            if (map.values.put(key.text, value) != null) {
                throw new DocumentException("duplicate key '" + Field.clip(key.text) + "'",
                    key.text, key.line, key.column);
            }
            map.keys.add(key);
        }
        return map;
    }

    private static YamlNode collection(Kind kind, Event start) {
        final Mark mark = mark(start);
        return new YamlNode(kind, mark.getLine() + 1, mark.getColumn() + 1, null, 0);
    }

    private static Mark mark(Event event) {
        return event.getStartMark().orElseThrow(
            () -> new IllegalStateException("marks are switched on"));
    }

    private static DocumentException error(Event event, String message) {
        final Mark mark = mark(event);
        return new DocumentException(message, "", mark.getLine() + 1, mark.getColumn() + 1);
    }

    /** An error at a position that the library counts in code points. */
    private DocumentException at(int position, String message) {
        int line = 1;
        int column = 1;
        for (int index = 0; index < Math.min(position, codePoints.length); index++) {
            column = codePoints[index] == '\n' ? 1 : column + 1;
            line = codePoints[index] == '\n' ? line + 1 : line;
        }
        return new DocumentException(message, "", line, column);
    }
}
