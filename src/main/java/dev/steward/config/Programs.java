package dev.steward.config;

import java.nio.file.Path;
import java.util.Map;

/**
 * Finds the file that a command names, as {@code execvp(3)} would, and says why it could not be run. Reads the file system,
 * changes nothing; any thread.
 *
 * @param launcher what {@code steward} alone means
 */
public record Programs(Path launcher) {
    /** Where programs are sought if an environment has no {@code PATH}. */
    public static final String DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin";

    /** What became of a search. */
    public sealed interface Lookup {
        /** This absolute file can be executed. */
        record Found(Path file) implements Lookup {}

        /** It cannot be run; the reason is for people. */
        record NotFound(String reason) implements Lookup {}
    }

    /**
     * Looks a program up. A name without a slash is sought in {@code PATH}; a relative one with a slash, and a relative or
     * empty entry of {@code PATH}, is meant relative to the directory.
     *
     * @param directory the agent's working directory, absolute
     * @param environment the agent's own
     */
    public Lookup find(String program, Path directory, Map<String, String> environment) {
        return new ProgramSearch(launcher, directory, environment, Mask.NONE).find(program);
    }

    /**
     * Looks an agent's program up in the same way. If its name or its {@code PATH} came of references, a reason has these in
     * place, and never what they stand for.
     *
     * @param program what the first item of the agent's command came to
     * @param environment the agent's own
     */
    public Lookup find(String program, AgentConfig agent, Map<String, String> environment) {
        return new ProgramSearch(launcher, agent.directory(), environment, Mask.of(agent)).find(program);
    }

    /**
     * The name of an agent's program for people: the file that is executed, or what the configuration says if the file was
     * found by references.
     */
    public static String shown(AgentConfig agent, String file) {
        return switch (agent.command()) {
            case Command.Exec(var argv)
            when !Mask.of(agent).equals(Mask.NONE) -> argv.getFirst().template();
            case Command.Exec _, Command.Shell _ -> file;
        };
    }
}
