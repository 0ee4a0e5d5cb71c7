package io.laurel.replay.simulate;

import io.laurel.engine.rules.Document;
import io.laurel.engine.rules.Document.ContestDocument;
import io.laurel.engine.rules.Document.FxDocument;
import io.laurel.engine.rules.DocumentException;
import io.laurel.engine.rules.Documents;
import io.laurel.engine.rules.FxTable;
import io.laurel.replay.CommandFailure;
import io.laurel.replay.ExitCode;
import io.laurel.replay.FileErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What stands in the files: candidates, and tables of rates that hold instead of the log's.
 *
 * @param candidates one at least, in the order of files and documents
 * @param tables by which candidates convert
 */
record CandidateFiles(List<Candidate> candidates, List<FxTable> tables) {
    /** A schedule is not resolved here: of a recurring candidate one instance is simulated. */
    private static final long NO_NOW = 0;

    /**
     * Reads the files.
     *
     * @param target of all candidates; null = each one's own id
     * @throws CommandFailure where a document cannot be taken
     */
    static CandidateFiles read(List<Path> files, String target) {
        final List<Candidate> candidates = new ArrayList<>();
        final List<FxTable> tables = new ArrayList<>();
        final Set<String> names = new HashSet<>();
        for (final Path file : files) {
            for (final Document document : documents(file)) {
                if (document instanceof FxDocument fx) {
                    tables.add(fx.table());
                } else if (document instanceof ContestDocument contest) {
                    candidates.add(new Candidate(name(file, names),
                        target == null ? contest.id() : target, contest.definition()));
                } else {
                    throw new CommandFailure(ExitCode.BAD_DOCUMENT, file + ": a "
                        + document.kind().token() + " cannot be simulated");
                }
            }
        }
        if (candidates.isEmpty()) {
            throw new CommandFailure(ExitCode.BAD_DOCUMENT, "no contest to simulate in "
                + String.join(", ", files.stream().map(Path::toString).toList()));
        }
        return new CandidateFiles(candidates, tables);
    }

    private static List<Document> documents(Path file) {
        try {
            return Documents.parse(Files.readAllBytes(file), NO_NOW);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.BAD_DOCUMENT, file + ": " + FileErrors.reason(e),
                e);
        } catch (DocumentException e) {
            throw new CommandFailure(ExitCode.BAD_DOCUMENT, file + ": "
                + (e.line() > 0 ? "line " + e.line() + " column " + e.column() + ": " : "")
                + e.getMessage(), e);
        }
    }

    /** The file's name without its ending; of equal names the later ones get a number. */
    private static String name(Path file, Set<String> taken) {
        final String full = file.getFileName().toString();
        final int dot = full.lastIndexOf('.');
        final String base = dot > 0 ? full.substring(0, dot) : full;
        String name = base;
        for (int number = 2; name.equals(Run.ORIGINAL) || !taken.add(name); number++) {
            name = base + "#" + number;
        }
        return name;
    }
}
