package io.laurel.server.cli;

import io.laurel.journal.DataDirectory;
import io.laurel.journal.checkpoint.KeyRotation;
import io.laurel.journal.checkpoint.SigningKey;
import io.laurel.journal.checkpoint.VerifierKey;
import io.laurel.replay.CommandFailure;
import io.laurel.replay.ExitCode;
import io.laurel.replay.FileErrors;
import io.laurel.server.config.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Keys that sign checkpoints. */
@Command(name = "key", description = "Keys that sign checkpoints (checkpoint.key_file).",
    synopsisSubcommandLabel = "COMMAND", subcommands = {KeyCommand.Generate.class,
        KeyCommand.Public.class, KeyCommand.Rotate.class})
final class KeyCommand {
    private static void print(CommandSpec spec, VerifierKey key) {
        spec.commandLine().getOut().println(key);
        spec.commandLine().getOut().flush();
    }

    private static CommandFailure failure(IOException e) {
        final CommandFailure known = CommandFailure.of(e);
        return known.exitCode() == ExitCode.CORRUPT || known.exitCode() == ExitCode.DATA_IN_USE
            || known.exitCode() == ExitCode.NEWER_DATA ? known
                : new CommandFailure(ExitCode.BAD_DOCUMENT, FileErrors.reason(e), e);
    }

    /** Makes a key. */
    @Command(name = "generate", description = "Make a private key in a new file that only its"
        + " owner may read, and print the public key.")
    static final class Generate implements Callable<Integer> {
        @Parameters(paramLabel = "FILE", description = "New file for the private key.")
        private Path file;

        @Option(names = "--name", paramLabel = "NAME", required = true,
            description = "Name of the log, best a URL without its scheme, such as"
                + " example.com/laurel/node-1.")
        private String name;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            if (!VerifierKey.isName(name)) {
                throw new CommandFailure(ExitCode.USAGE,
                    "a name has no spaces, no + and is not empty: '" + name + "'");
            }
            if (Files.exists(file)) {
                throw new CommandFailure(ExitCode.USAGE, file + " is there already");
            }
            try {
                final SigningKey key = SigningKey.generate(name);
                key.write(file);
                print(spec, key.verifier());
                return ExitCode.DONE.code();
            } catch (IOException e) {
                throw failure(e);
            }
        }
    }

    /** Shows the public key. */
    @Command(name = "public", description = "Print the public key of a private one, as verify and"
        + " check-proof take it: name+id+key.")
    static final class Public implements Callable<Integer> {
        @Parameters(paramLabel = "FILE", description = "File of the private key.")
        private Path file;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            try {
                print(spec, SigningKey.read(file).verifier());
                return ExitCode.DONE.code();
            } catch (IOException e) {
                throw failure(e);
            }
        }
    }

    /** Replaces a key. */
    @Command(name = "rotate", description = "Put a new key in the place of the old one while the"
        + " node is stopped: writes a checkpoint that both have signed, so that whoever trusts"
        + " the old key finds the new one; then the old one is gone. Prints the new public key.")
    static final class Rotate implements Callable<Integer> {
        @Parameters(paramLabel = "FILE", description = "File of the private key; replaced.")
        private Path file;

        @Option(names = "--data", paramLabel = "DIR", required = true,
            description = "Data directory of the node.")
        private Path data;

        @Option(names = "--checkpoints", paramLabel = "DIR",
            description = "Where the node writes checkpoints (default: checkpoints in DIR).")
        private Path checkpoints;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            if (!Files.isDirectory(data)) {
                throw new CommandFailure(ExitCode.USAGE, "no data directory " + data);
            }
            Secrets.requirePrivate(file, "key file");
            try (DataDirectory directory = DataDirectory.open(data)) {
                print(spec, KeyRotation.rotate(file,
                    checkpoints == null ? directory.checkpoints() : checkpoints));
                return ExitCode.DONE.code();
            } catch (IOException e) {
                throw failure(e);
            }
        }
    }
}
