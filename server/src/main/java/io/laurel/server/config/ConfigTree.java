package io.laurel.server.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * One layer of configuration, flat: {@code tcp.bind} to its text and the place where it stands. The
 * entries of a list are numbered from 0 on: {@code keys.0.id}.
 */
public final class ConfigTree {
    private static final int MAX_CHARS = 256 * 1024;
    private static final int MAX_DEPTH = 20;

    private final Map<String, Value> values = new LinkedHashMap<>();
    private final String name;

    private ConfigTree(String name) {
        this.name = name;
    }

    /**
     * A text and where it stands.
     *
     * @param text as written, without quotes
     * @param place such as {@code laurel.yaml line 3}
     * @param flag whether it stands on the command line
     */
    public record Value(String text, String place, boolean flag) {
    }

    /**
     * Reads a YAML document.
     *
     * @param name of the file, for messages
     * @param text its content
     * @throws ConfigException where it is no YAML mapping; names line and column
     */
    public static ConfigTree parse(String name, String text) {
        if (text.length() > MAX_CHARS) {
            throw new ConfigException(name + ": longer than 256 KiB");
        }
        final LoadSettings settings = LoadSettings.builder().setLabel(name).setUseMarks(true)
            .setAllowDuplicateKeys(false).setMaxAliasesForCollections(0)
            .setCodePointLimit(MAX_CHARS).build();
        final ConfigTree tree = new ConfigTree(name);
        try {
            for (final Event event : new Parse(settings).parseString(text)) {
                tree.refuseTagsAndAnchors(event);
            }
            new Compose(settings).composeString(text).ifPresent(root -> {
                if (!(root instanceof MappingNode mapping)) {
                    throw new ConfigException(tree.place(root) + ": keys with values are wanted");
                }
                tree.add("", mapping, 0);
            });
        } catch (MarkedYamlEngineException e) {
            final String at = e.getProblemMark().map(mark -> " line " + (mark.getLine() + 1)
                + " column " + (mark.getColumn() + 1)).orElse("");
            throw new ConfigException(name + at + ": " + e.getProblem());
        } catch (YamlEngineException e) {
            throw new ConfigException(name + ": " + e.getMessage().lines().findFirst().orElse(""));
        }
        return tree;
    }

    /** A value stands where it is written, and is the text that stands there. */
    private void refuseTagsAndAnchors(Event event) {
        final boolean tagged = event instanceof ScalarEvent scalar && scalar.getTag().isPresent()
            || event instanceof CollectionStartEvent begin && begin.getTag().isPresent();
        final boolean anchored = event instanceof AliasEvent
            || event instanceof NodeEvent node && node.getAnchor().isPresent();
        if (tagged || anchored) {
            throw new ConfigException(name + event.getStartMark().map(mark -> " line "
                + (mark.getLine() + 1) + " column " + (mark.getColumn() + 1)).orElse("")
                + (tagged ? ": a tag is not allowed" : ": anchors and aliases are not allowed"));
        }
    }

    /** Returns an empty layer, to be filled by {@link #put}. */
    public static ConfigTree empty() {
        return new ConfigTree("");
    }

    /** Sets a value that a flag gives. */
    public void put(String key, String text, String place) {
        values.put(key, new Value(text, place, true));
    }

    /** Returns all values by key, in the order in which they stand. */
    public Map<String, Value> values() {
        return values;
    }

    private void add(String prefix, Node node, int depth) {
        if (depth > MAX_DEPTH) {
            throw new ConfigException(place(node) + ": nested deeper than " + MAX_DEPTH);
        }
        if (node instanceof ScalarNode scalar) {
            values.put(prefix, new Value(scalar.getValue(), place(node), false));
        } else if (node instanceof SequenceNode sequence) {
            final List<Node> entries = new ArrayList<>(sequence.getValue());
            if (entries.isEmpty()) {
                values.put(prefix, new Value("", place(node), false));
            }
            for (int i = 0; i < entries.size(); i++) {
                add(prefix + "." + i, entries.get(i), depth + 1);
            }
        } else if (node instanceof MappingNode mapping) {
            for (final NodeTuple tuple : mapping.getValue()) {
                if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                    throw new ConfigException(place(tuple.getKeyNode()) + ": a key is a word");
                }
                final String path = prefix.isEmpty() ? key.getValue()
                    : prefix + "." + key.getValue();
                if (values.containsKey(path)) {
                    throw new ConfigException(place(key) + ": key " + path + " stands twice");
                }
                add(path, tuple.getValueNode(), depth + 1);
            }
        }
    }

    private String place(Node node) {
        return name + " line " + node.getStartMark().map(Mark::getLine).map(line -> line + 1)
            .orElse(0);
    }
}
