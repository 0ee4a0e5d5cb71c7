package io.laurel.replay;

import io.laurel.replay.diff.DiffCommand;
import io.laurel.replay.export.ExportCommand;
import io.laurel.replay.simulate.SimulateCommand;
import io.laurel.replay.verify.VerifyCommand;
import picocli.CommandLine.Command;

/** The auditor's commands. */
@Command(name = "replay", description = "Rebuild what happened from a journal.",
    synopsisSubcommandLabel = "COMMAND", subcommands = {VerifyCommand.class, StateCommand.class,
        BoardCommand.class, ExplainCommand.class, DumpCommand.class, DiffCommand.class,
        ExportCommand.class, SimulateCommand.class, ProveCommand.class, ProveExtensionCommand.class,
        CheckProofCommand.class})
public final class ReplayTool {
}
