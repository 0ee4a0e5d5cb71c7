package io.laurel.replay;

import io.laurel.engine.ResultCode;
import io.laurel.engine.rules.ContestDefinition;
import io.laurel.engine.rules.ContestDefinitionCodec;
import io.laurel.engine.rules.FxTableCodec;
import io.laurel.gateway.json.JsonWriter;
import io.laurel.protocol.storage.AdvanceTimeDecoder;
import io.laurel.protocol.storage.ContestActionDecoder;
import io.laurel.protocol.storage.ErasePlayerDecoder;
import io.laurel.protocol.storage.EventCommandDecoder;
import io.laurel.protocol.storage.EventRefusedDecoder;
import io.laurel.protocol.storage.ExtendScheduleDecoder;
import io.laurel.protocol.storage.GenesisDecoder;
import io.laurel.protocol.storage.OpenSessionDecoder;
import io.laurel.protocol.storage.PlayerActionDecoder;
import io.laurel.protocol.storage.PlayerProfileDecoder;
import io.laurel.protocol.storage.PublishContestDecoder;
import io.laurel.protocol.storage.PublishFxDecoder;
import io.laurel.protocol.storage.RebuildEntryDecoder;
import io.laurel.protocol.storage.RegisterSourceDecoder;
import io.laurel.protocol.storage.ResolveRollbackDecoder;
import io.laurel.protocol.storage.SetLimitsDecoder;
import io.laurel.protocol.storage.SkipCommandDecoder;
import io.laurel.protocol.storage.TakeSnapshotDecoder;
import io.laurel.protocol.storage.TickDecoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The commands of the log by name and field, as people and scripts read them. */
public final class CommandFields {
    private static final Pattern PLAIN = Pattern.compile("[^\\s\\p{Cntrl}\"\\\\]+");

    private CommandFields() {
    }

    /** Returns one line of text: sequence, time, command, then its fields as {@code name=value}. */
    static String text(Map<String, Object> fields) {
        final String rest = fields.entrySet().stream().skip(3)
            .map(field -> field.getKey() + "=" + plain(field.getValue().toString()))
            .collect(Collectors.joining(" "));
        return fields.get("sequence") + " " + fields.get("time") + " " + fields.get("command")
            + (rest.isEmpty() ? "" : " " + rest);
    }

    /** Returns a value that cannot be taken for the next field, or for another line. */
    public static String plain(String value) {
        if (PLAIN.matcher(value).matches()) {
            return value;
        }
        final String list = new String(new JsonWriter().array().value(value).endArray().bytes(),
            StandardCharsets.UTF_8);
        return list.substring(1, list.length() - 1);
    }

    /** Returns one line of JSON. */
    static String json(Map<String, Object> fields) {
        final JsonWriter writer = new JsonWriter().object();
        fields.forEach((name, value) -> {
            if (value instanceof Long number) {
                writer.field(name, number);
            } else if (value instanceof Boolean truth) {
                writer.field(name, truth);
            } else {
                writer.field(name, value.toString());
            }
        });
        return new String(writer.endObject().bytes(), StandardCharsets.UTF_8);
    }

    /** Returns sequence, time and name of a command, and what it holds. */
    public static Map<String, Object> of(long sequence, long timeNs, int templateId, int version,
        int blockLength, DirectBuffer buffer, int offset) {
        final Map<String, Object> to = new LinkedHashMap<>();
        to.put("sequence", sequence);
        to.put("time", LogTimes.text(timeNs));
        switch (templateId) {
            case TickDecoder.TEMPLATE_ID -> to.put("command", "Tick");
            case AdvanceTimeDecoder.TEMPLATE_ID -> {
                final AdvanceTimeDecoder from =
                    new AdvanceTimeDecoder().wrap(buffer, offset, blockLength, version);
                to.put("command", "AdvanceTime");
                to.put("to", LogTimes.text(from.toNs()));
                by(to, from.actor(), from.reason());
            }
            case RegisterSourceDecoder.TEMPLATE_ID -> {
                to.put("command", "RegisterSource");
                to.put("name", new RegisterSourceDecoder().wrap(buffer, offset, blockLength,
                    version).name());
            }
            case SkipCommandDecoder.TEMPLATE_ID -> {
                final SkipCommandDecoder from =
                    new SkipCommandDecoder().wrap(buffer, offset, blockLength, version);
                to.put("command", "SkipCommand");
                to.put("skipped", from.skippedSequence());
                by(to, from.actor(), from.reason());
            }
            case OpenSessionDecoder.TEMPLATE_ID -> open(to,
                new OpenSessionDecoder().wrap(buffer, offset, blockLength, version));
            case EventCommandDecoder.TEMPLATE_ID -> EventFields.put(to,
                new EventCommandDecoder().wrap(buffer, offset, blockLength, version), buffer);
            case EventRefusedDecoder.TEMPLATE_ID -> refused(to,
                new EventRefusedDecoder().wrap(buffer, offset, blockLength, version));
            case GenesisDecoder.TEMPLATE_ID -> genesis(to,
                new GenesisDecoder().wrap(buffer, offset, blockLength, version));
            case SetLimitsDecoder.TEMPLATE_ID -> limits(to,
                new SetLimitsDecoder().wrap(buffer, offset, blockLength, version));
            default -> document(to, templateId, version, blockLength, buffer, offset);
        }
        return to;
    }

    /** The commands that operators make. */
    private static void document(Map<String, Object> to, int templateId, int version,
        int blockLength, DirectBuffer buffer, int offset) {
        switch (templateId) {
            case PublishContestDecoder.TEMPLATE_ID -> contest(to,
                new PublishContestDecoder().wrap(buffer, offset, blockLength, version));
            case PublishFxDecoder.TEMPLATE_ID -> fx(to,
                new PublishFxDecoder().wrap(buffer, offset, blockLength, version));
            case ExtendScheduleDecoder.TEMPLATE_ID -> {
                final ExtendScheduleDecoder from =
                    new ExtendScheduleDecoder().wrap(buffer, offset, blockLength, version);
                to.put("command", "ExtendSchedule");
                to.put("contest", from.contest());
                to.put("starts", starts(from));
            }
            case TakeSnapshotDecoder.TEMPLATE_ID -> {
                final TakeSnapshotDecoder from =
                    new TakeSnapshotDecoder().wrap(buffer, offset, blockLength, version);
                to.put("command", "TakeSnapshot");
                by(to, from.actor(), from.reason());
            }
            case ContestActionDecoder.TEMPLATE_ID -> {
                final ContestActionDecoder from =
                    new ContestActionDecoder().wrap(buffer, offset, blockLength, version);
                to.put("command", "ContestAction");
                to.put("operation", from.operation());
                to.put("contest", from.contest());
                by(to, from.actor(), from.reason());
            }
            case PlayerActionDecoder.TEMPLATE_ID -> {
                final PlayerActionDecoder from =
                    new PlayerActionDecoder().wrap(buffer, offset, blockLength, version);
                to.put("command", "PlayerAction");
                to.put("operation", from.operation());
                to.put("contest", from.contest());
                to.put("user", from.user());
                by(to, from.actor(), from.reason());
            }
            case PlayerProfileDecoder.TEMPLATE_ID -> profile(to,
                new PlayerProfileDecoder().wrap(buffer, offset, blockLength, version));
            case ErasePlayerDecoder.TEMPLATE_ID -> {
                final ErasePlayerDecoder from =
                    new ErasePlayerDecoder().wrap(buffer, offset, blockLength, version);
                to.put("command", "ErasePlayer");
                to.put("user", from.user());
                by(to, from.actor(), from.reason());
            }
            case ResolveRollbackDecoder.TEMPLATE_ID -> {
                final ResolveRollbackDecoder from =
                    new ResolveRollbackDecoder().wrap(buffer, offset, blockLength, version);
                to.put("command", "ResolveRollback");
                to.put("rollback", from.rollbackSequence());
                to.put("closed_by", from.closingSequence());
                to.put("user", from.user());
            }
            case RebuildEntryDecoder.TEMPLATE_ID -> {
                final RebuildEntryDecoder from =
                    new RebuildEntryDecoder().wrap(buffer, offset, blockLength, version);
                to.put("command", "RebuildEntry");
                to.put("read_to", from.readToSequence());
                to.put("contest", from.contest());
                to.put("entity", from.entity());
            }
            default -> to.put("command", "template " + templateId);
        }
    }

    private static String starts(ExtendScheduleDecoder from) {
        final byte[] bytes = new byte[from.startsLength()];
        from.getStarts(bytes, 0, bytes.length);
        final LongBuffer starts =
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer();
        return LongStream.generate(starts::get).limit(starts.remaining())
            .mapToObj(LogTimes::text).collect(Collectors.joining(","));
    }

    private static void open(Map<String, Object> to, OpenSessionDecoder from) {
        to.put("command", "OpenSession");
        to.put("session", Long.toUnsignedString(from.sessionId()));
        to.put("version", Long.toUnsignedString(from.sessionVerId()));
        to.put("source", (long) from.source());
    }

    private static void refused(Map<String, Object> to, EventRefusedDecoder from) {
        to.put("command", "EventRefused");
        if (from.sessionId() != 0) {
            to.put("session", Long.toUnsignedString(from.sessionId()));
            to.put("session_version", Long.toUnsignedString(from.sessionVerId()));
            to.put("seq_no", from.seqNo());
        }
        to.put("content_hash", from.contentHash());
        to.put("source", (long) from.source());
        to.put("code", ResultCode.of(from.code()).token());
    }

    private static void genesis(Map<String, Object> to, GenesisDecoder from) {
        to.put("command", "Genesis");
        to.put("clock", from.clockMode());
        to.put("max_lateness_ns", from.maxLatenessNs());
        to.put("max_skew_ns", from.maxSkewNs());
        to.put("players", from.maxPlayers());
        to.put("contests", from.maxContests());
        to.put("memory_bytes", from.memoryBytes());
        to.put("behaviour_version", from.behaviourVersion());
        to.put("hash_seed", from.hashSeed());
    }

    private static void limits(Map<String, Object> to, SetLimitsDecoder from) {
        to.put("command", "SetLimits");
        to.put("max_lateness_ns", from.maxLatenessNs());
        to.put("max_skew_ns", from.maxSkewNs());
        to.put("players", from.maxPlayers());
        to.put("contests", from.maxContests());
        to.put("memory_bytes", from.memoryBytes());
        to.put("behaviour_version", from.behaviourVersion());
        by(to, from.actor(), from.reason());
    }

    private static void contest(Map<String, Object> to, PublishContestDecoder from) {
        to.put("command", "PublishContest");
        final String actor = from.actor();
        final byte[] canonical = new byte[from.definitionLength()];
        from.getDefinition(canonical, 0, canonical.length);
        final ContestDefinition contest =
            ContestDefinitionCodec.decode(new UnsafeBuffer(canonical), 0, canonical.length);
        to.put("contest", contest.id());
        to.put("rules_hash",
            HexFormat.of().formatHex(ContestDefinitionCodec.rulesHash(contest)));
        by(to, actor, from.reason());
    }

    private static void fx(Map<String, Object> to, PublishFxDecoder from) {
        to.put("command", "PublishFx");
        final String actor = from.actor();
        final byte[] canonical = new byte[from.tableLength()];
        from.getTable(canonical, 0, canonical.length);
        to.put("fx", FxTableCodec.decode(new UnsafeBuffer(canonical), 0, canonical.length).id());
        by(to, actor, from.reason());
    }

    private static void profile(Map<String, Object> to, PlayerProfileDecoder from) {
        to.put("command", "PlayerProfile");
        to.put("user", from.user());
        to.put("alias", from.alias());
        to.put("locale", from.locale());
        to.put("segments", from.segments());
        by(to, from.actor(), from.reason());
        to.put("kyc", from.flags().kyc());
        to.put("blocked", from.flags().blocked());
        if (from.selfExcludedUntilNs() != 0) {
            to.put("self_excluded_until", LogTimes.text(from.selfExcludedUntilNs()));
        }
        if (from.birthDay() != Integer.MIN_VALUE) {
            to.put("birth_date", LocalDate.ofEpochDay(from.birthDay()));
        }
    }

    private static void by(Map<String, Object> to, String actor, String reason) {
        to.put("actor", actor);
        to.put("reason", reason);
    }
}
