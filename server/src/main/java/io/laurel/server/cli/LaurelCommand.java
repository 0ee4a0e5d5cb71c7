package io.laurel.server.cli;

import io.laurel.replay.ReplayTool;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/** The root of the command line: what all commands have in common, and which ones there are. */
@Command(name = "laurel", description = "A tournament engine: one log, one writer, standings that"
    + " can be proven.", mixinStandardHelpOptions = true, scope = ScopeType.INHERIT,
    versionProvider = LaurelVersion.class, exitCodeOnInvalidInput = 64, sortOptions = false,
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n", exitCodeList = {"0:done",
        "1:the check found something", "64:wrong options or arguments",
        "65:a document that cannot be taken", "69:the node does not answer",
        "70:the journal, or another file, could not be written",
        "71:a command could not be applied",
        "75:the data directory is in use", "78:journal or configuration corrupt or unreadable",
        "79:data written by a newer version"},
    footer = {"", "laurel bench measures this machine; see laurel bench --help."},
    subcommands = {DemoCommand.class, ServerCommand.class, ApplyCommand.class, SendCommand.class,
        BoardCommand.class, TimeCommand.class, KeyCommand.class, ReplayTool.class})
final class LaurelCommand {
}
