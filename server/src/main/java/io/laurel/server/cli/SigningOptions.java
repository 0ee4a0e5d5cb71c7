package io.laurel.server.cli;

import io.laurel.gateway.http.RequestKeys;
import io.laurel.replay.CommandFailure;
import io.laurel.replay.ExitCode;
import io.laurel.server.config.ConfigException;
import io.laurel.server.config.Secrets;
import java.nio.file.Path;
import java.util.Set;
import picocli.CommandLine.Option;

/** Options of every command that may speak with a key. */
final class SigningOptions {
    @Option(names = "--key", paramLabel = "ID", description = "Key to sign with.")
    private String keyId;

    @Option(names = "--secret-file", paramLabel = "FILE",
        description = "File that holds the secret of the key.")
    private Path secretFile;

    /** Returns the id of the key; null = none. */
    String keyId() {
        if ((keyId == null) != (secretFile == null)) {
            throw new CommandFailure(ExitCode.USAGE, "--key and --secret-file go together");
        }
        return keyId;
    }

    /** Returns the secret of the key; null = none. */
    byte[] secret() {
        if (keyId() == null) {
            return null;
        }
        try {
            return Secrets.read(secretFile);
        } catch (ConfigException e) {
            throw new CommandFailure(ExitCode.USAGE, e.getMessage());
        }
    }

    /** Returns the key for requests over HTTP; null = none. */
    RequestKeys.Key requestKey() {
        return keyId() == null ? null
            : new RequestKeys.Key(keyId, secret(), Set.of(), Set.of());
    }
}
