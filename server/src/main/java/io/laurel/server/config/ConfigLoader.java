package io.laurel.server.config;

import io.laurel.engine.pipeline.AckMode;
import io.laurel.engine.pipeline.Threading;
import io.laurel.engine.pipeline.WaitMode;
import io.laurel.gateway.http.RequestKeys.Role;
import io.laurel.journal.checkpoint.SigningKey;
import io.laurel.replay.FileErrors;
import io.laurel.server.config.LaurelConfig.CheckpointPart;
import io.laurel.server.config.LaurelConfig.CoresPart;
import io.laurel.server.config.LaurelConfig.IntakePart;
import io.laurel.server.config.LaurelConfig.JournalPart;
import io.laurel.server.config.LaurelConfig.Key;
import io.laurel.server.config.LaurelConfig.LimitsPart;
import io.laurel.server.config.LaurelConfig.Listener;
import io.laurel.server.config.LaurelConfig.MemoryPart;
import io.laurel.server.config.LaurelConfig.SnapshotPart;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Makes a {@link LaurelConfig} of defaults, a file and flags. */
public final class ConfigLoader {
    private static final String DEFAULTS = "/laurel-defaults.yaml";
    private static final long MIN_SEGMENT_BYTES = 1L << 20;
    private static final long MAX_SEGMENT_BYTES = 1L << 30;
    private static final long MIN_MEMORY_BYTES = 16L << 20;
    private static final long MIN_SNAPSHOT_NS = Units.durationNs("100ms");
    private static final long MAX_SNAPSHOTS = 100;
    private static final long MAX_WINDOW_NS = Units.durationNs("7d");

    private final ConfigValues values;

    private ConfigLoader(ConfigValues values) {
        this.values = values;
    }

    /**
     * Loads and judges.
     *
     * @param file null = defaults and flags alone
     * @param flags goes before the file
     * @param ports by listener ({@code tcp}, {@code http}, {@code admin}); goes before flags
     * @param effective takes one line per key, secrets left out
     * @throws ConfigException where anything is not as it must be
     */
    public static LaurelConfig load(Path file, ConfigTree flags, Map<String, String> ports,
        Consumer<String> effective) {
        final List<ConfigTree> layers = new ArrayList<>();
        if (file != null) {
            try {
                layers.add(ConfigTree.parse(file.toString(), Files.readString(file)));
            } catch (IOException e) {
                throw new ConfigException("configuration " + file + " cannot be read: "
                    + FileErrors.reason(e));
            }
        }
        layers.add(flags);
        final ConfigValues values = new ConfigValues(defaults(), layers);
        ports.forEach((part, port) -> values.replacePort(part + ".bind", port, "--" + part));
        final LaurelConfig config = new ConfigLoader(values).config();
        // of a secret only the name of its file is in the tree
        values.all().forEach((key, value) -> effective.accept(key + "=" + value.text()));
        return config;
    }

    private static ConfigTree defaults() {
        try (InputStream in = ConfigLoader.class.getResourceAsStream(DEFAULTS)) {
            return ConfigTree.parse(DEFAULTS.substring(1),
                new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private LaurelConfig config() {
        final List<Key> keys = keys();
        final boolean insecure = values.flag("insecure");
        return new LaurelConfig(data(), values.oneOf("clock", "system", "event").equals("event"),
            values.constant("threading", Threading.class),
            values.constant("wait", WaitMode.class), journal(), snapshot(), checkpoint(), intake(),
            limits(), memory(), cores(), listener("tcp", keys, insecure),
            listener("http", keys, insecure),
            listener("admin", keys, insecure), keys);
    }

    private Path data() {
        final String text = values.text("data");
        if (text.isEmpty()) {
            throw values.error("data", "a directory is wanted");
        }
        return Path.of(text);
    }

    private JournalPart journal() {
        final long segment = values.sizeBytes("journal.segment");
        if (segment < MIN_SEGMENT_BYTES || segment > MAX_SEGMENT_BYTES
            || segment % MIN_SEGMENT_BYTES != 0) {
            throw values.error("journal.segment", "must be whole MiB, from 1MiB to 1GiB");
        }
        return new JournalPart(values.constant("journal.ack", AckMode.class),
            segment, values.sizeBytes("journal.low_space"), values.flag("journal.prune"));
    }

    private SnapshotPart snapshot() {
        final long everyNs = values.durationNs("snapshot.every");
        if (everyNs < MIN_SNAPSHOT_NS) {
            throw values.error("snapshot.every", "must be 100ms or more");
        }
        final long keep = values.count("snapshot.keep");
        if (keep < 1 || keep > MAX_SNAPSHOTS) {
            throw values.error("snapshot.keep", "must be from 1 to " + MAX_SNAPSHOTS);
        }
        return new SnapshotPart(everyNs, (int) keep);
    }

    private CheckpointPart checkpoint() {
        final long everyNs = values.durationNs("checkpoint.every");
        if (everyNs < MIN_SNAPSHOT_NS) {
            throw values.error("checkpoint.every", "must be 100ms or more");
        }
        final String directory = values.text("checkpoint.dir");
        return new CheckpointPart(everyNs, directory.isEmpty() ? null : Path.of(directory),
            checkpointKey());
    }

    private SigningKey checkpointKey() {
        final String file = values.text("checkpoint.key_file");
        if (file.isEmpty()) {
            return null;
        }
        try {
            Secrets.requirePrivate(Path.of(file), "key file");
            return SigningKey.read(Path.of(file));
        } catch (ConfigException e) {
            throw values.error("checkpoint.key_file", e.getMessage());
        } catch (IOException e) {
            throw values.error("checkpoint.key_file", FileErrors.reason(e));
        }
    }

    private IntakePart intake() {
        return new IntakePart(window("intake.max_lateness"), window("intake.max_skew"));
    }

    private long window(String key) {
        final long durationNs = values.durationNs(key);
        if (durationNs > MAX_WINDOW_NS) {
            throw values.error(key, "must be 7d at most: event ids are remembered that long");
        }
        return durationNs;
    }

    private LimitsPart limits() {
        final long memory = values.sizeBytes("limits.memory");
        if (memory < MIN_MEMORY_BYTES) {
            throw values.error("limits.memory", "must be 16MiB or more");
        }
        return new LimitsPart(positive("limits.players"), positive("limits.contests"), memory);
    }

    private CoresPart cores() {
        final String engine = values.text("cores.engine");
        if (engine.isEmpty()) {
            return new CoresPart(CoresPart.ANY);
        }
        if (engine.equals("auto")) {
            return new CoresPart(CoresPart.AUTO);
        }
        if (!engine.matches("[0-9]{1,4}")) {
            throw values.error("cores.engine", "'" + engine
                + "' is not the number of a core, nor auto");
        }
        return new CoresPart(Integer.parseInt(engine));
    }

    private MemoryPart memory() {
        final long mapped = values.sizeBytes("memory.mapped");
        if (mapped > values.sizeBytes("limits.memory")) {
            throw values.error("memory.mapped", "must not be more than limits.memory");
        }
        return new MemoryPart(mapped,
            values.oneOf("memory.huge_pages", "transparent", "reserved").equals("reserved"));
    }

    private long positive(String key) {
        final long count = values.count(key);
        if (count < 1) {
            throw values.error(key, "must be 1 or more");
        }
        return count;
    }

    private Listener listener(String part, List<Key> keys, boolean insecure) {
        final InetSocketAddress address = values.address(part + ".bind");
        final SslContext tls = new TlsValues(values, part + ".tls").context();
        if (!address.getAddress().isLoopbackAddress()) {
            if (keys.isEmpty()) {
                throw values.error(part + ".bind",
                    "other machines can reach this address: keys are needed");
            }
            if (tls == null && !insecure) {
                throw values.error(part + ".bind", "other machines can reach this address: "
                    + part + ".tls is needed, or insecure: true must be written out");
            }
        }
        return new Listener(address, tls);
    }

    private List<Key> keys() {
        final List<Key> keys = new ArrayList<>();
        final Set<String> ids = new HashSet<>();
        values.all().forEach((key, value) -> {
            if (key.matches("keys(\\.[0-9]+)?") && !value.text().isEmpty()) {
                throw values.error(key, "a list of keys with id, secret_file and roles is wanted");
            }
        });
        final Set<String> prefixes = values.all().keySet().stream()
            .filter(key -> key.matches("keys\\.[0-9]+\\..*"))
            .map(key -> key.substring(0, key.indexOf('.', 5)))
            .collect(Collectors.toCollection(LinkedHashSet::new));
        for (final String prefix : prefixes) {
            final String id = values.text(prefix + ".id");
            if (!id.matches("[a-z0-9_.-]{1,32}")) {
                throw values.error(prefix + ".id", "1 to 32 characters of [a-z0-9_.-] are wanted");
            }
            if (id.equals("local") || !ids.add(id)) {
                throw values.error(prefix + ".id", "'" + id + "' is taken");
            }
            if (!values.has(prefix + ".secret_file")) {
                throw values.error(prefix + ".id", "secret_file is missing");
            }
            final byte[] secret;
            try {
                secret = Secrets.read(Path.of(values.text(prefix + ".secret_file")));
            } catch (ConfigException e) {
                throw values.error(prefix + ".secret_file", e.getMessage());
            }
            final EnumSet<Role> roles = EnumSet.noneOf(Role.class);
            roles.addAll(values.constants(prefix + ".roles", Role.class));
            if (roles.isEmpty()) {
                throw values.error(prefix + ".id", "roles are missing: send, admin");
            }
            keys.add(new Key(id, secret, roles, values.list(prefix + ".brands")));
        }
        return keys;
    }
}
