package io.laurel.replay.proof;

import io.laurel.gateway.json.Decimals;
import io.laurel.gateway.json.JsonWriter;
import io.laurel.journal.checkpoint.Fact.ContestResult;
import io.laurel.journal.checkpoint.Fact.FinalEntry;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Proofs as JSON: one flat object whose {@code proof} names kind and version. Hashes of trees and
 * the salt are base64, hashes that other answers show too are hex. {@code score} is for people,
 * and must come to {@code score_units}, which is what is proven.
 */
public final class ProofFile {
    private static final String RANK = "laurel-final-rank-1";
    private static final String EXTENSION = "laurel-extension-1";
    private static final JsonFactory FACTORY = new JsonFactory();

    private final Map<String, Object> fields = new LinkedHashMap<>();

    private ProofFile() {
    }

    /** Writes a proof of a rank. */
    public static String text(RankProof proof) {
        final ContestResult result = proof.result();
        final FinalEntry entry = proof.entry();
        final JsonWriter json = new JsonWriter().object().field("proof", RANK)
            .field("contest", entry.contest()).field("user", entry.user())
            .field("rank", entry.rank())
            .decimal("score", Decimals.score(entry.score(), result.scoreScale()))
            .field("score_units", entry.score()).field("multiplier_e4", entry.multiplierE4())
            .field("rounds", entry.rounds()).field("finish_ts", entry.finishTs())
            .field("salt", base64(entry.salt())).field("score_scale", result.scoreScale())
            .field("entries", result.entries()).field("settled_sequence", result.sequence())
            .field("rules_version", result.rulesVersion())
            .field("rules_hash", HexFormat.of().formatHex(result.rulesHash()))
            .field("board_hash", HexFormat.of().formatHex(result.boardHash()))
            .field("facts", proof.factsSize()).field("result_index", proof.resultIndex());
        json.strings("result_path", base64(proof.resultPath()));
        json.strings("entry_path", base64(proof.entryPath()));
        return end(json);
    }

    /** Writes a proof of an extension. */
    public static String text(ExtensionProof proof) {
        final JsonWriter json = new JsonWriter().object().field("proof", EXTENSION);
        json.strings("blocks_path", base64(proof.blocksPath()));
        json.strings("facts_path", base64(proof.factsPath()));
        return end(json);
    }

    private static String end(JsonWriter json) {
        return new String(json.endObject().bytes(), StandardCharsets.UTF_8);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static List<String> base64(List<byte[]> hashes) {
        return hashes.stream().map(ProofFile::base64).toList();
    }

    /**
     * Reads a proof.
     *
     * @throws IllegalArgumentException where it is none
     */
    public static ProofFile parse(String text) {
        final ProofFile file = new ProofFile();
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("a proof is a JSON object");
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                final String name = parser.currentName();
                parser.nextToken();
                if (file.fields.put(name, value(parser)) != null) {
                    throw new IllegalArgumentException("field " + name + " stands twice");
                }
            }
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
        }
        return file;
    }

    private static Object value(JsonParser parser) {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
            case START_ARRAY -> {
                final List<String> list = new ArrayList<>();
                while (parser.nextToken() == JsonToken.VALUE_STRING) {
                    list.add(parser.getString());
                }
                yield list;
            }
            default -> throw new IllegalArgumentException("a proof holds texts and numbers");
        };
    }

    /** Returns whether this is the proof of a rank. */
    public boolean isRank() {
        return RANK.equals(fields.get("proof"));
    }

    /** Returns whether this is the proof of an extension. */
    public boolean isExtension() {
        return EXTENSION.equals(fields.get("proof"));
    }

    /** Returns the proof of a rank. */
    public RankProof rank() {
        final ContestResult result = new ContestResult(text("contest"),
            number("settled_sequence"), number("rules_version"), hex("rules_hash"),
            (int) number("score_scale"), number("entries"), hex("board_hash"));
        final FinalEntry entry = new FinalEntry(Base64.getDecoder().decode(text("salt")),
            text("contest"), number("rank"), text("user"), number("score_units"),
            number("multiplier_e4"), number("rounds"), number("finish_ts"));
        return new RankProof(result, entry, number("facts"), number("result_index"),
            path("result_path"), path("entry_path"));
    }

    /** Returns where what people read says something else than what is proven. */
    public List<String> contradictions() {
        final BigDecimal proven =
            BigDecimal.valueOf(number("score_units"), (int) number("score_scale"));
        return new BigDecimal(field("score", Number.class).toString()).compareTo(proven) == 0
            ? List.of() : List.of("score is not what score_units says");
    }

    /** Returns the proof of an extension. */
    public ExtensionProof extension() {
        return new ExtensionProof(path("blocks_path"), path("facts_path"));
    }

    private <T> T field(String name, Class<T> type) {
        final Object value = fields.get(name);
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException("field " + name + " is missing or not as it must"
                + " be");
        }
        return type.cast(value);
    }

    private String text(String name) {
        return field(name, String.class);
    }

    private long number(String name) {
        return field(name, Long.class);
    }

    private byte[] hex(String name) {
        return HexFormat.of().parseHex(text(name));
    }

    private List<byte[]> path(String name) {
        final List<byte[]> path = new ArrayList<>();
        for (final Object hash : field(name, List.class)) {
            path.add(Base64.getDecoder().decode(hash.toString()));
        }
        return path;
    }
}
