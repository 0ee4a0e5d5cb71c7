package io.laurel.server.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The layers put together, read by type; every error names key, place and what would be right. */
final class ConfigValues {
    private static final List<String> KEY_FIELDS = List.of("keys.*.id", "keys.*.secret_file",
        "keys.*.roles", "keys.*.brands");

    private final Map<String, ConfigTree.Value> values;

    /**
     * Puts layers on top of the defaults.
     *
     * @throws ConfigException where a layer has a key that the defaults do not have
     */
    ConfigValues(ConfigTree defaults, List<ConfigTree> layers) {
        values = new LinkedHashMap<>(defaults.values());
        final List<String> known = new ArrayList<>(KEY_FIELDS);
        values.keySet().forEach(key -> known.add(plain(key)));
        for (final ConfigTree layer : layers) {
            layer.values().forEach((key, value) -> {
                final String plain = plain(key);
                if (!known.contains(plain)) {
                    throw new ConfigException(value.place() + ": unknown key " + key
                        + "; the nearest known one is " + KeyNames.nearest(plain, known),
                        value.flag());
                }
            });
            replace(layer);
        }
    }

    /** A list takes the place of the whole one below it, however many entries either has. */
    private void replace(ConfigTree layer) {
        layer.values().keySet().forEach(key -> {
            final String list = key.replaceAll("\\.[0-9]+(\\..*)?$", "");
            values.keySet().removeIf(other -> other.equals(list)
                || other.startsWith(list + ".") && other.substring(list.length())
                    .matches("\\.[0-9]+(\\..*)?"));
        });
        values.putAll(layer.values());
    }

    private static String plain(String key) {
        return key.replaceAll("\\.[0-9]+\\.", ".*.").replaceAll("\\.[0-9]+$", "");
    }

    /** Keeps the host of an address, and takes another port from the command line. */
    void replacePort(String key, String port, String place) {
        final ConfigTree.Value value = values.get(key);
        final String text = text(key);
        final String host = text.substring(0, Math.max(0, text.lastIndexOf(':')));
        try {
            values.put(key, new ConfigTree.Value(host + ":" + port(port), value.place(),
                value.flag()));
        } catch (IllegalArgumentException e) {
            throw new ConfigException(place + ": " + key + ": " + e.getMessage(), true);
        }
    }

    Map<String, ConfigTree.Value> all() {
        return values;
    }

    String text(String key) {
        return read(key, Function.identity());
    }

    long durationNs(String key) {
        return read(key, Units::durationNs);
    }

    long sizeBytes(String key) {
        return read(key, Units::sizeBytes);
    }

    long count(String key) {
        return read(key, Units::count);
    }

    boolean flag(String key) {
        return oneOf(key, "false", "true").equals("true");
    }

    String oneOf(String key, String... allowed) {
        return read(key, text -> {
            if (!Arrays.asList(allowed).contains(text)) {
                throw new IllegalArgumentException("'" + text + "' is none of "
                    + String.join(", ", allowed));
            }
            return text;
        });
    }

    <E extends Enum<E>> E constant(String key, Class<E> type) {
        return read(key, text -> constantOf(text, type));
    }

    /** Reads {@code host:port} or {@code [ipv6]:port}. */
    InetSocketAddress address(String key) {
        return read(key, text -> {
            final int colon = text.lastIndexOf(':');
            final String host = colon < 0 ? "" : text.substring(0, colon);
            if (host.isEmpty()) {
                throw new IllegalArgumentException("'" + text
                    + "' is not an address such as 127.0.0.1:9400");
            }
            try {
                return new InetSocketAddress(InetAddress.getByName(host),
                    port(text.substring(colon + 1)));
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException("no address is known for host " + host, e);
            }
        });
    }

    /** Returns the texts of a list, or of one value that stands in its place. */
    List<String> list(String key) {
        final List<String> list = new ArrayList<>();
        for (int i = 0; values.containsKey(key + "." + i); i++) {
            list.add(values.get(key + "." + i).text());
        }
        if (list.isEmpty() && values.containsKey(key) && !values.get(key).text().isEmpty()) {
            list.add(values.get(key).text());
        }
        return list;
    }

    <E extends Enum<E>> List<E> constants(String key, Class<E> type) {
        return list(key).stream().map(text -> {
            try {
                return constantOf(text, type);
            } catch (IllegalArgumentException e) {
                throw error(key, e.getMessage());
            }
        }).collect(Collectors.toList());
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    /** Returns an error at the place of a key. */
    ConfigException error(String key, String message) {
        ConfigTree.Value value = values.get(key);
        if (value == null) {
            value = values.get(key + ".0");
        }
        return new ConfigException((value == null ? "" : value.place() + ": ") + key + ": "
            + message, value != null && value.flag());
    }

    static int port(String text) {
        final int port = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : -1;
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("'" + text + "' is no port from 0 to 65535");
        }
        return port;
    }

    private static <E extends Enum<E>> E constantOf(String text, Class<E> type) {
        for (final E constant : type.getEnumConstants()) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(text)) {
                return constant;
            }
        }
        throw new IllegalArgumentException("'" + text + "' is none of "
            + Arrays.stream(type.getEnumConstants()).map(c -> c.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", ")));
    }

    private <T> T read(String key, Function<String, T> parser) {
        final ConfigTree.Value value = values.get(key);
        if (value == null) {
            throw error(key, values.containsKey(key + ".0") ? "one value is wanted, not a list"
                : "is missing");
        }
        try {
            return parser.apply(value.text());
        } catch (IllegalArgumentException e) {
            throw error(key, e.getMessage());
        }
    }
}
