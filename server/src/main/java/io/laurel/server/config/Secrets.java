package io.laurel.server.config;

import io.laurel.replay.FileErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Set;

/** Reads secrets; their content stands in no message. */
public final class Secrets {
    /** Shortest secret that is taken, in bytes. */
    public static final int MIN_BYTES = 32;
    private static final int MAX_BYTES = 4_096;

    private Secrets() {
    }

    /**
     * Refuses a file that everybody may read or change.
     *
     * @param what it is, for the message
     * @throws ConfigException where they may, or where that cannot be told
     */
    public static void requirePrivate(Path file, String what) {
        try {
            if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
                final Set<PosixFilePermission> allowed = Files.getPosixFilePermissions(file);
                if (allowed.contains(PosixFilePermission.OTHERS_READ)
                    || allowed.contains(PosixFilePermission.OTHERS_WRITE)) {
                    throw new ConfigException(what + " " + file
                        + " is open to everybody; chmod 0400 it");
                }
            }
        } catch (IOException e) {
            throw new ConfigException(what + " " + file + " cannot be read: "
                + FileErrors.reason(e));
        }
    }

    /**
     * Returns the content of a secret file: text without the line end that an editor leaves at its
     * end, anything else as it is.
     *
     * @throws ConfigException where it cannot be read, others may read it, or it is too short
     */
    public static byte[] read(Path file) {
        try {
            requirePrivate(file, "secret file");
            if (Files.size(file) > MAX_BYTES) {
                throw new ConfigException("secret file " + file + " is longer than " + MAX_BYTES
                    + " bytes");
            }
            final byte[] bytes = Files.readAllBytes(file);
            final int length = lengthWithoutLineEnd(bytes);
            if (length < MIN_BYTES) {
                throw new ConfigException("secret file " + file + " holds " + length
                    + " bytes, fewer than " + MIN_BYTES);
            }
            return Arrays.copyOf(bytes, length);
        } catch (IOException e) {
            throw new ConfigException("secret file " + file + " cannot be read: "
                + FileErrors.reason(e));
        }
    }

    // of random bytes, one file in 256 ends in what would be a line end in a text
    private static int lengthWithoutLineEnd(byte[] bytes) {
        int length = bytes.length;
        while (length > 0 && (bytes[length - 1] == '\n' || bytes[length - 1] == '\r')) {
            length--;
        }
        for (int i = 0; i < length; i++) {
            if (bytes[i] < ' ' || bytes[i] > '~') {
                return bytes.length;
            }
        }
        return length;
    }
}
