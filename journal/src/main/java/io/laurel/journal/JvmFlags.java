package io.laurel.journal;

import java.io.IOException;

/**
 * What Chronicle Queue needs of the JVM. Without it the queue falls back to reading only, or fails
 * in the middle of something, with a message that names neither the cause nor the cure.
 */
final class JvmFlags {
    private JvmFlags() {
    }

    /** Refuses a JVM that was started without the flags. */
    static void check() throws IOException {
        Module base = Object.class.getModule();
        Module own = JvmFlags.class.getModule();
        for (String name : new String[] {"jdk.internal.ref", "sun.nio.ch"}) {
            if (!base.isExported(name, own)) {
                throw missing("--add-exports=java.base/" + name + "=ALL-UNNAMED");
            }
        }
        if (!base.isOpen("java.lang.reflect", own)) {
            throw missing("--add-opens=java.base/java.lang.reflect=ALL-UNNAMED");
        }
    }

    private static IOException missing(String flag) {
        return new IOException("the journal cannot be written: start the JVM with " + flag);
    }
}
