package io.laurel.server.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: the version that the build wrote down. */
final class LaurelVersion implements IVersionProvider {
    private static final String FILE = "/laurel-version.properties";

    @Override
    public String[] getVersion() throws IOException {
        final Properties properties = new Properties();
        try (InputStream in = LaurelVersion.class.getResourceAsStream(FILE)) {
            properties.load(in);
        }
        return new String[] {"laurel " + properties.getProperty("version")};
    }
}
