package io.laurel.replay;

import picocli.CommandLine.Command;

/** The auditor's commands. */
@Command(name = "replay", description = "Rebuild what happened from a journal.",
    synopsisSubcommandLabel = "COMMAND", subcommands = {VerifyCommand.class, StateCommand.class,
        BoardCommand.class, DumpCommand.class, DiffCommand.class, ExportCommand.class})
public final class ReplayTool {
}
