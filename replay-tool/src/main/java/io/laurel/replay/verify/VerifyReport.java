package io.laurel.replay.verify;

import io.laurel.gateway.json.JsonWriter;
import io.laurel.journal.EpochEnd;
import io.laurel.journal.JournalScan;
import io.laurel.journal.JournalTail;
import io.laurel.journal.LogStart;
import io.laurel.journal.checkpoint.CheckpointReport;
import io.laurel.replay.LogTimes;
import io.laurel.replay.ReplayedLog;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a verification came to, as text and as JSON. */
final class VerifyReport {
    private final LogStart pruned;
    private final SnapshotAudit snapshots;
    private final CheckpointAudit checkpoints;
    private final List<Finding> findings = new ArrayList<>();
    private JournalScan scan;
    private long begunFrom;
    private long verifiedTo;
    private long timeNs;
    private String stateRoot;

    /**
     * Begins with nothing found.
     *
     * @param pruned where the log begins; null = at sequence 1
     * @param checkpoints null where there are none to hold the log against
     */
    VerifyReport(LogStart pruned, SnapshotAudit snapshots, CheckpointAudit checkpoints) {
        this.pruned = pruned;
        this.snapshots = snapshots;
        this.checkpoints = checkpoints;
    }

    void replayed(ReplayedLog log) {
        take(log.facts().scan());
        begunFrom = log.snapshot() == null ? 0 : log.snapshot().sequence();
        verifiedTo = log.facts().lastSequence();
        if (log.engine().sequence() <= verifiedTo) {
            verifiedTo = log.engine().sequence();
            timeNs = log.engine().timeNs();
            stateRoot = log.report().stateRoot();
        }
    }

    /** Only the chain could be looked at. */
    void scanned(JournalScan found) {
        take(found);
        verifiedTo = found.lastSequence();
    }

    private void take(JournalScan found) {
        scan = found;
        if (found != null && found.tail().oldBlocks() > 0) {
            findings.add(new Finding("journal", found.tail().file(), found.tail().position(),
                found.lastSequence(), "behind the end of the log are " + found.tail().oldBlocks()
                    + " whole blocks that it has before: no crash leaves such"));
        }
    }

    /** The replay ended before the log did. */
    void replayedTo(long sequence) {
        verifiedTo = sequence;
    }

    void add(Finding finding) {
        findings.add(finding);
    }

    /** Adds what is not one of the places that are known already. */
    void addElsewhere(Finding finding) {
        if (findings.stream().noneMatch(finding::isAtPlaceOf)) {
            findings.add(finding);
        }
    }

    /** Returns the last sequence that was verified and replayed. */
    long verifiedTo() {
        return verifiedTo;
    }

    boolean hasWholeLog() {
        return scan != null;
    }

    boolean isClean() {
        return findings().isEmpty();
    }

    private boolean isCleanlyStopped() {
        return scan.openEpochSegments().isEmpty();
    }

    private List<Finding> findings() {
        final List<Finding> all = new ArrayList<>(findings);
        all.addAll(snapshots.findings());
        if (checkpoints != null) {
            all.addAll(checkpoints.findings());
        }
        return all;
    }

    List<String> lines() {
        final List<String> lines = new ArrayList<>();
        if (scan != null) {
            lines.add("journal     " + scan.segments() + " files, " + scan.blocks() + " blocks, "
                + scan.records() + " records, " + scan.epochs().size() + " epochs");
            lines.add("chain       " + scan.lastHash() + " is the hash of the last block");
            lines.add("durable     " + (isCleanlyStopped() ? "all of it, by an orderly stop"
                : "up to sequence " + scan.durableMark() + ", by the marks in the log"));
            lines.add("tail        " + tail(scan.tail()));
        }
        if (stateRoot != null) {
            lines.add("time        " + LogTimes.text(timeNs));
            lines.add("state_root  " + stateRoot);
        }
        if (pruned != null) {
            lines.add("pruned      " + pruned());
        }
        lines.add("snapshots   " + (snapshots.checked().isEmpty() ? "none"
            : snapshots.checked().stream()
                .map(checked -> checked.sequence() + " " + checked.verdict())
                .collect(Collectors.joining(", "))));
        lines.add("checkpoints " + signed());
        findings().forEach(finding -> lines.add(finding.text()));
        lines.add(summary());
        return lines;
    }

    private String pruned() {
        return "the log begins with sequence " + firstSequence() + (begunFrom == 0 ? ""
            : "; replayed from snapshot " + begunFrom + " on, which " + (isBeginSigned()
                ? "is as a checkpoint names it" : "no checkpoint vouches for"));
    }

    private long firstSequence() {
        return pruned == null ? 1 : pruned.sequence() + 1;
    }

    private boolean isBeginSigned() {
        return checkpoints != null && checkpoints.namesStateAtBegin();
    }

    private String signed() {
        if (checkpoints == null) {
            return "not asked for: what was rewritten as a whole would not be found";
        }
        final CheckpointReport report = checkpoints.report();
        return report.matching() + " of " + report.checkpoints() + " match"
            + (report.earlier() == 0 ? ""
                : ", " + report.earlier() + " from before the log begins could not be checked")
            + (report.coveredSequence() == 0 ? "; nothing is signed"
                : "; signed up to sequence " + report.coveredSequence())
            + (report.uncoveredBlocks() == 0 ? ""
                : ", " + report.uncoveredBlocks() + " blocks behind are not")
            + "; " + report.coveredFacts() + " results and places signed"
            + (report.uncoveredFacts() == 0 ? "" : ", " + report.uncoveredFacts() + " not")
            + (checkpoints.otherLayouts() == 0 ? "" : "; " + checkpoints.otherLayouts()
                + " states of another layout compared by their contests alone");
    }

    private static String tail(JournalTail tail) {
        return tail.tornBytes() == 0 ? "nothing torn"
            : tail.tornBytes() + " bytes behind offset " + tail.position() + " of " + tail.file()
                + " were never completed or acknowledged";
    }

    private String summary() {
        final long first = firstSequence();
        final String verified = verifiedTo < first ? "verified    nothing"
            : "verified    sequences " + first + " to " + verifiedTo;
        final String missing = first == 1 ? ""
            : "; 1 to " + (first - 1) + " were pruned and could not be verified";
        if (isClean()) {
            return verified + ", nothing wrong" + missing;
        }
        final int count = findings().size();
        return verified + ", " + count + (count == 1 ? " finding" : " findings")
            + (hasWholeLog() ? "" : "; from sequence " + Math.max(first, verifiedTo + 1)
                + " on nothing is verified") + missing;
    }

    String json() {
        final JsonWriter to = new JsonWriter().object().field("ok", isClean())
            .field("verified_to", verifiedTo);
        if (stateRoot != null) {
            to.field("time", LogTimes.text(timeNs)).field("state_root", stateRoot);
        }
        if (pruned != null) {
            to.object("pruned").field("first_sequence", firstSequence());
            if (begunFrom > 0) {
                to.field("begun_from_snapshot", begunFrom)
                    .field("snapshot_signed", isBeginSigned());
            }
            if (checkpoints != null) {
                to.field("checkpoints_before", checkpoints.report().earlier());
            }
            to.endObject();
        }
        if (scan != null) {
            journal(to.object("journal"));
            to.endObject();
        }
        to.array("snapshots");
        snapshots.checked().forEach(checked -> to.object()
            .field("file", checked.file().toString()).field("sequence", checked.sequence())
            .fieldIfAny("state_root", checked.root()).field("verdict", checked.verdict())
            .endObject());
        to.endArray();
        if (checkpoints != null) {
            final CheckpointReport report = checkpoints.report();
            to.object("checkpoints").field("believed", report.checkpoints())
                .field("matching", report.matching())
                .field("covered_sequence", report.coveredSequence())
                .field("uncovered_blocks", report.uncoveredBlocks())
                .field("covered_facts", report.coveredFacts())
                .field("uncovered_facts", report.uncoveredFacts()).endObject();
        }
        to.array("findings");
        findings().forEach(finding -> finding.json(to));
        return new String(to.endArray().endObject().bytes(), StandardCharsets.UTF_8);
    }

    private void journal(JsonWriter to) {
        to.field("files", scan.segments()).field("blocks", scan.blocks())
            .field("records", scan.records()).field("last_block_hash", scan.lastHash())
            .field("durable_mark", scan.durableMark())
            .field("orderly_stop", isCleanlyStopped());
        to.object("tail").field("file", scan.tail().file())
            .field("offset", scan.tail().position()).field("torn_bytes", scan.tail().tornBytes())
            .field("torn_blocks", scan.tail().tornBlocks())
            .fieldIfAny("reason", scan.tail().reason()).endObject();
        to.array("epochs");
        for (final EpochEnd epoch : scan.epochs()) {
            to.object().field("epoch", epoch.epoch()).field("last_sequence", epoch.lastSequence())
                .field("torn_bytes", epoch.tornBytes()).endObject();
        }
        to.endArray();
    }
}
