package dev.steward.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The files that {@code steward init} writes: commented YAML that loads as it is. */
public final class Templates {
    private Templates() {}

    /** The smallest file that does something, with the commonest keys as comments. */
    public static String starter() {
        return resource("starter.yaml");
    }

    /** The reference deployment, as far as this version of Steward has its parts. */
    public static String reference() {
        return resource("reference.yaml");
    }

    /**
     * An agent for each line {@code name: command} of a Procfile, run in the Procfile's folder.
     *
     * @throws ConfigException with everything that is wrong in it
     */
    public static String fromProcfile(Path procfile) throws ConfigException {
        return Procfile.read(procfile).toYaml();
    }

    private static String resource(String name) {
        try (var in = Templates.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing in the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
